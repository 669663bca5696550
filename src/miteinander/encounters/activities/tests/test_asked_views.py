"""The organiser's list of a date, and signing people up on behalf, as browsers use them."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from miteinander.community.organisations.tests.factories import OrganisationFactory
from miteinander.encounters.activities.enums import Giving, ParticipationStatus, SignUpWay
from miteinander.encounters.activities.models import ActivityDate, Participation
from miteinander.encounters.activities.tests.factories import (
    ActivityFactory,
    DateFactory,
    ParticipationFactory,
)
from miteinander.encounters.activities.tests.pages import page
from miteinander.encounters.activities.tests.planners import NOW, coordinator, planner_of
from miteinander.foundation.audit.models import AuditEntry
from miteinander.foundation.core import clock

pytestmark = pytest.mark.django_db
Status = ParticipationStatus
STEPS = ("approve_request", "refuse_request", "offer_seat", "accept_behalf", "give_back_behalf")


@pytest.fixture(autouse=True)
def _held_clock() -> Iterator[None]:
    with clock.held_at(NOW):
        yield


def at(name: str, *args: Any) -> str:
    return reverse(f"activities:{name}", args=args)


def planner(date: ActivityDate) -> Client:
    client = Client()
    client.force_login(planner_of(date.activity.organisation))
    return client


def a_date(*, capacity: int = 12, **facts: Any) -> ActivityDate:
    date: ActivityDate = DateFactory.create(
        activity=ActivityFactory.create(**facts), starts_at=NOW + timedelta(days=5),
        capacity=capacity,
    )  # fmt: skip
    return date


def waiting(date: ActivityDate, minutes: int, **facts: Any) -> Participation:
    row: Participation = ParticipationFactory.create(
        date=date, status=Status.WAITING, waiting_since=NOW + timedelta(minutes=minutes), **facts
    )
    return row


def test_strangers_neither_see_the_list_nor_answer_anybody() -> None:
    row = ParticipationFactory.create(date=a_date(), status=Status.REQUESTED)
    stranger = Client()
    stranger.force_login(planner_of(OrganisationFactory.create()))

    for name in ("asked", "sign_up_behalf"):
        assert stranger.get(at(name, row.date_id)).status_code == 404
        assert Client().get(at(name, row.date_id)).status_code == 302
    typed = {"name": "Ali", "language": "de", "has_consent": "on"}
    assert stranger.post(at("sign_up_behalf", row.date_id), typed).status_code == 404
    for name in STEPS:
        assert stranger.post(at(name, row.pk)).status_code == 404

    assert list(Participation.objects.values_list("status", flat=True)) == [Status.REQUESTED]


def test_coordinators_see_the_list_too() -> None:
    client = Client()
    client.force_login(coordinator())

    assert client.get(at("asked", a_date().pk)).status_code == 200


def test_the_waiting_list_stands_in_order_with_company_and_deadlines() -> None:
    date = a_date()
    waiting(date, 2, person__name="Second", children=1)
    waiting(date, 1, person__name="First", companions=2, side="newcomer")
    ParticipationFactory.create(
        date=date, status=Status.OFFERED, offered_until=NOW + timedelta(hours=20),
        person__name="Offered", person__background="newcomer",
    )  # fmt: skip
    ParticipationFactory.create(date=date, person__name="Canary", companions=1)

    answer = planner(date).get(at("asked", date.pk))

    text = page(answer).one("main").text
    assert text.index("Offered") < text.index("First") < text.index("Second")
    asked = answer.context["asked"]
    assert (asked.people_coming, asked.people_waiting, asked.people_offered) == (2, 5, 1)
    for hidden in ("Canary", "newcomer", "local", "E-mails do not arrive"):
        assert hidden not in page(answer).one("main").text
    assert not page(answer).all("main form[action*=offer]")


@pytest.mark.parametrize("count", [1, 5])
def test_the_list_takes_as_many_queries_for_five_as_for_one(
    count: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    date = a_date()
    for number in range(count):
        waiting(date, number)
    client = planner(date)
    client.get(at("asked", date.pk))

    with django_assert_max_num_queries(16):
        client.get(at("asked", date.pk))


def test_mail_that_comes_back_is_said_beside_the_name() -> None:
    translation.activate("en")
    date = a_date()
    waiting(date, 1, person__name="Reached")
    waiting(date, 2, person__name="Lost", person__mail_failed_at=NOW)
    text = page(planner(date).get(at("asked", date.pk))).one("main").text
    assert text.index("Reached") < text.index("Lost") < text.index("E-mails do not arrive")
    assert text.count("E-mails do not arrive") == 1


def test_requests_are_read_and_answered() -> None:
    date = a_date(giving=Giving.APPROVAL, parts={"title": "Kochen", "question": "Can you cook?"})
    yes, no = (
        ParticipationFactory.create(date=date, status=Status.REQUESTED, answer=f"Answer {word}")
        for word in ("one", "two")
    )
    client = planner(date)

    text = page(client.get(at("asked", date.pk))).text
    assert all(words in text for words in ("Can you cook?", "Answer one", "Answer two"))
    client.post(at("approve_request", yes.pk))
    client.post(at("refuse_request", no.pk))
    client.post(at("refuse_request", yes.pk))

    yes.refresh_from_db()
    no.refresh_from_db()
    date.refresh_from_db()
    assert (yes.status, no.status, date.seats_taken) == (Status.SIGNED_UP, Status.REFUSED, 1)


def test_the_task_list_says_where_somebody_waits_for_an_answer() -> None:
    date = a_date(giving=Giving.APPROVAL)
    client, tasks = planner(date), at("tasks", date.activity_id)
    assert not client.get(tasks).context["to_answer"]
    ParticipationFactory.create_batch(2, date=date, status=Status.REQUESTED)
    waiting(date, 1)

    shown = client.get(tasks)

    assert shown.context["to_answer"] == [(date, 2)]
    assert page(shown).all(f"main .notice a[href='{at('asked', date.pk)}']")


def test_seats_are_offered_by_hand_only_where_it_was_chosen() -> None:
    date = a_date(has_offers_by_hand=True)
    row = waiting(date, 1)
    client = planner(date)

    shown = page(client.get(at("asked", date.pk)))
    assert [form["action"] for form in shown.all("main form[action*=offer]")] == [
        at("offer_seat", row.pk)
    ]
    assert client.post(at("offer_seat", row.pk))["Location"] == at("asked", date.pk)

    row.refresh_from_db()
    assert row.status == Status.OFFERED


def test_the_state_of_a_draw_is_shown_before_and_after() -> None:
    date = a_date(giving=Giving.DRAW, draw_hours=48)
    ParticipationFactory.create(date=date, status=Status.APPLIED, companions=1)
    client = planner(date)

    before = client.get(at("asked", date.pk))
    assert before.context["asked"].draws_at == date.starts_at - timedelta(hours=48)
    assert before.context["asked"].people_applied == 2
    ActivityDate.objects.filter(pk=date.pk).update(drawn_at=NOW, draw_seed="5eed")
    assert "5eed" in page(client.get(at("asked", date.pk))).text


def test_once_it_has_begun_nothing_is_left_to_decide() -> None:
    date = a_date(giving=Giving.APPROVAL, has_offers_by_hand=True)
    ParticipationFactory.create(date=date, status=Status.REQUESTED)
    waiting(date, 1)

    with clock.held_at(date.starts_at):
        shown = page(planner(date).get(at("asked", date.pk)))

    assert not shown.all("main form")


def behalf(client: Client, date: ActivityDate, **typed: object) -> Any:
    address = at("sign_up_behalf", date.pk)
    form = client.get(address).context["form"]
    values = {name: form[name].value() for name in ("entry", "language")}
    return client.post(address, values | {"name": "Oma Erna", "has_consent": "on"} | typed)


def test_somebody_without_mail_or_telephone_gets_a_seat_and_it_is_noted() -> None:
    date = a_date()
    client = planner(date)

    answer = behalf(client, date, companions=1, children=2)

    row = Participation.objects.get()
    assert answer["Location"] == at("asked", date.pk)
    assert (row.way, row.party, row.status) == (SignUpWay.BEHALF, 4, Status.SIGNED_UP)
    assert (row.person.email, row.person.phone) == (None, None)
    entry = AuditEntry.objects.get(verb="activities.sign_up_behalf")
    assert entry.details == {"consent": True}
    assert "Oma Erna" in page(client.get(at("asked", date.pk))).text


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ({"has_consent": ""}, "has_consent"),
        ({"name": " "}, "name"),
        ({"email": "oma"}, "email"),
        ({"phone": "12"}, "phone"),
        ({"companions": 4}, "companions"),
        ({"children": -1}, "children"),
    ],
)
def test_what_is_missing_is_said_at_its_field_and_nobody_is_signed_up(
    typed: dict[str, object], place: str
) -> None:
    date = a_date()

    answer = behalf(planner(date), date, **typed)

    assert set(answer.context["form"].errors) == {place}
    assert not Participation.objects.exists()


def test_only_what_the_occasion_needs_is_asked() -> None:
    simple = a_date(most_companions=0)
    full = a_date(giving=Giving.APPROVAL, min_age=18, parts={"title": "K", "question": "Why?"})

    fields = planner(simple).get(at("sign_up_behalf", simple.pk)).context["form"].fields
    assert not {"answer", "is_stated", "companions", "children"} & set(fields)
    form = planner(full).get(at("sign_up_behalf", full.pk)).context["form"]
    assert form.fields["answer"].help_text == "Why?"
    answer = behalf(planner(full), full)
    assert set(answer.context["form"].errors) == {"is_stated"}


def test_without_a_seat_the_organiser_is_asked_whether_the_person_waits() -> None:
    date = ParticipationFactory.create(date=a_date(capacity=1)).date
    client = planner(date)

    asked = behalf(client, date)
    assert set(asked.context["form"].errors) == {"may_wait"}
    behalf(client, date, may_wait="on")

    assert Participation.objects.get(way=SignUpWay.BEHALF).status == Status.WAITING


def test_an_offer_is_taken_and_a_seat_given_back_for_the_person() -> None:
    date = a_date()
    row = ParticipationFactory.create(
        date=date, way=SignUpWay.BEHALF, status=Status.OFFERED,
        offered_until=NOW + timedelta(hours=3),
    )  # fmt: skip
    client = planner(date)

    client.post(at("accept_behalf", row.pk))
    row.refresh_from_db()
    assert row.status == Status.SIGNED_UP
    client.post(at("give_back_behalf", row.pk))
    row.refresh_from_db()
    assert row.status == Status.GIVEN_BACK
    assert AuditEntry.objects.filter(verb="activities.give_back_behalf").count() == 1


def test_nobody_answers_for_people_who_signed_up_alone() -> None:
    row = ParticipationFactory.create(date=a_date())

    planner(row.date).post(at("give_back_behalf", row.pk))

    row.refresh_from_db()
    assert row.status == Status.SIGNED_UP
