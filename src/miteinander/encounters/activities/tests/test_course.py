"""One sign-up for all dates of a course: all or nothing, one letter, given back together."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import translation

from miteinander.community.people.services import Contact
from miteinander.community.people.tests.factories import PersonFactory
from miteinander.encounters.activities.enums import Giving, ParticipationStatus
from miteinander.encounters.activities.models import ActivityDate, Participation
from miteinander.encounters.activities.services import seats
from miteinander.encounters.activities.services.seats import proof
from miteinander.encounters.activities.tests.factories import (
    ActivityFactory,
    DateFactory,
    ParticipationFactory,
)
from miteinander.encounters.activities.tests.pages import page
from miteinander.encounters.activities.tests.planners import NOW
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import SystemActor

pytestmark = pytest.mark.django_db
SYSTEM = SystemActor("test")


@pytest.fixture(autouse=True)
def _held_clock() -> Iterator[None]:
    with clock.held_at(NOW), translation.override("en"):
        yield


def at(name: str, *args: Any) -> str:
    return reverse(f"activities:{name}", args=args)


def a_course(**facts: Any) -> list[ActivityDate]:
    activity = ActivityFactory.create(signs_up_once=True, **facts)
    return [
        DateFactory.create(activity=activity, starts_at=NOW + timedelta(days=7 * week), capacity=3)
        for week in (1, 2, 3)
    ]


def keys(dates: list[ActivityDate]) -> list[int]:
    return [date.pk for date in dates]


def typed(dates: list[ActivityDate]) -> dict[str, Any]:
    return {
        "name": "Ada", "email": "ada@example.org", "language": "en", "entry": "form-one",
        "dates": keys(dates), "companions": "1",
    }  # fmt: skip


def test_one_form_signs_up_for_every_date_and_one_letter_tells_of_all(
    run_jobs: Callable[[], int],
) -> None:
    dates = a_course()
    client = Client()
    form = client.get(at("sign_up", dates[0].pk)).context["form"]
    assert form["dates"].value() == keys(dates)

    answer = client.post(at("sign_up", dates[0].pk), typed(dates), follow=True)

    assert "All your dates" in page(answer).text
    held = Participation.objects.order_by("date__starts_at")
    assert [row.date_id for row in held] == keys(dates)
    assert {row.status for row in held} == {ParticipationStatus.SIGNED_UP}
    run_jobs()
    assert len(mail.outbox) == 1
    assert "All your dates" in mail.outbox[0].body
    (file,) = mail.outbox[0].attachments
    assert (
        bytes(file[1], "utf-8").count(b"BEGIN:VEVENT") == 3
        if isinstance(file[1], str)
        else file[1].count(b"BEGIN:VEVENT") == 3
    )
    assert proof.broken_promises(now=NOW) == []

    client.post(at("sign_up", dates[0].pk), typed(dates))
    assert Participation.objects.count() == 3


def test_where_one_date_is_full_nothing_is_taken_and_the_others_are_offered() -> None:
    dates = a_course()
    ParticipationFactory.create(date=dates[1], companions=1)

    answer = Client().post(at("sign_up", dates[0].pk), typed(dates))

    assert answer.status_code == 200
    assert "Not enough seats are free on: 15.06." in page(answer).text
    assert Participation.objects.count() == 1
    answer = Client().post(at("sign_up", dates[0].pk), typed([dates[0], dates[2]]))
    assert answer.status_code == 302
    assert Participation.objects.count() == 3


def test_a_full_date_is_not_ticked_and_no_date_at_all_is_refused() -> None:
    dates = a_course()
    ParticipationFactory.create(date=dates[1], companions=2)
    client = Client()

    form = client.get(at("sign_up", dates[0].pk)).context["form"]
    assert form["dates"].value() == [dates[0].pk, dates[2].pk]
    assert "All seats are taken on:" in form["dates"].help_text
    answer = client.post(at("sign_up", dates[0].pk), typed([]))

    assert "Choose at least one date." in page(answer).text
    assert Participation.objects.count() == 1


def test_with_a_yes_first_every_date_is_asked_for() -> None:
    dates = a_course(giving="approval")
    person = PersonFactory.create()

    asked = seats.sign_up_course(
        actor=person, date_ids=keys(dates), person_id=person.pk, language="de", wish=seats.Wish()
    )

    assert {one.participation.status for one in asked} == {ParticipationStatus.REQUESTED}


def test_one_date_or_all_the_rest_are_given_back() -> None:
    dates = a_course()
    contact = Contact(name="Ada", email="ada@example.org")
    asked = seats.sign_up_course_guest(
        actor=SYSTEM, date_ids=keys(dates), contact=contact, wish=seats.Wish()
    )
    other = ParticipationFactory.create(date=dates[0])
    client = Client()
    tokens = [one.participation.token for one in asked]
    shown = page(client.get(at("seat", tokens[0])))
    assert len(shown.all("main a[href*='/seat/']")) >= 2

    client.post(at("give_back", tokens[1]))
    assert Participation.objects.filter(status=ParticipationStatus.GIVEN_BACK).count() == 1
    client.post(at("give_back_course", tokens[0]))

    assert Participation.objects.filter(status=ParticipationStatus.GIVEN_BACK).count() == 3
    other.refresh_from_db()
    assert other.holds_seat


def test_who_only_knows_an_address_sees_no_other_seats_of_it() -> None:
    dates = a_course()
    contact = Contact(name="Ada", phone="+49 561 1234567")
    seats.sign_up_course_guest(
        actor=SYSTEM, date_ids=[dates[0].pk, dates[1].pk], contact=contact, entry="own",
        wish=seats.Wish(),
    )  # fmt: skip
    with clock.held_at(NOW + timedelta(minutes=1)):
        (asked,) = seats.sign_up_course_guest(
            actor=SYSTEM, date_ids=[dates[2].pk], contact=contact, entry="other", wish=seats.Wish()
        )
        seat = Participation.objects.select_related("date").get(pk=asked.participation.pk)
        assert seats.together_with(seat) == [seat]


def test_my_meetings_show_a_course_once_with_all_its_dates() -> None:
    dates = a_course()
    person = PersonFactory.create()
    asked = seats.sign_up_course(
        actor=person, date_ids=keys(dates), person_id=person.pk, language="de", wish=seats.Wish()
    )
    other = ParticipationFactory.create(person=person, date__starts_at=NOW + timedelta(days=1))
    client = Client()
    client.force_login(person)

    shown = page(client.get(at("mine")))
    assert len(shown.all("main article.card")) == 2
    for one in asked:
        assert shown.all(f"main a[href$='{one.participation.token}/']")

    client.post(at("give_back", asked[1].participation.token))
    shown = page(client.get(at("mine")))
    assert not shown.all(f"main a[href$='{asked[1].participation.token}/']")
    assert shown.all(f"main a[href$='{other.token}/']")


def test_who_came_back_to_one_date_alone_left_the_others() -> None:
    dates = a_course()
    person = PersonFactory.create()
    first, second, third = (
        one.participation
        for one in seats.sign_up_course(
            actor=person, date_ids=keys(dates), person_id=person.pk, language="de",
            wish=seats.Wish(),
        )
    )  # fmt: skip
    seats.give_back(actor=person, participation_id=second.pk)
    seats.sign_up(
        actor=person, date_id=dates[1].pk, person_id=person.pk, language="de", way="account"
    )

    for row, expected in ((first, [first, third]), (second, [second])):
        row.refresh_from_db()
        assert seats.together_with(row) == expected


@pytest.mark.parametrize("has_account", [True, False])
def test_a_no_of_the_organisers_stands_for_the_form_of_a_course_too(
    has_account: bool,  # noqa: FBT001
) -> None:
    dates = a_course(giving=Giving.APPROVAL)
    person = PersonFactory.create(email="ada@example.org")
    refused = ParticipationFactory.create(
        date=dates[1], person=person, status=ParticipationStatus.REFUSED
    )
    if has_account:
        with pytest.raises(seats.AnsweredAlready):
            seats.sign_up_course(
                actor=person, date_ids=keys(dates), person_id=person.pk, language="de",
                wish=seats.Wish(),
            )  # fmt: skip
        assert Participation.objects.count() == 1
    else:
        asked = seats.sign_up_course_guest(
            actor=SYSTEM, date_ids=keys(dates), wish=seats.Wish(),
            contact=Contact(name="Ada", email="ada@example.org"),
        )  # fmt: skip
        assert [row.outcome or row.participation.status for row in asked] == ["requested"] * 3
    refused.refresh_from_db()
    assert refused.status == ParticipationStatus.REFUSED
