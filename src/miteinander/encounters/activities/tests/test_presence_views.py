"""The list at the door, as phones use it."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from miteinander.community.organisations.tests.factories import OrganisationFactory
from miteinander.community.people.models import Person
from miteinander.community.people.tests.factories import GuestFactory
from miteinander.encounters.activities.enums import ParticipationStatus, Presence
from miteinander.encounters.activities.models import ActivityDate, Participation
from miteinander.encounters.activities.tests.factories import DateFactory, ParticipationFactory
from miteinander.encounters.activities.tests.pages import page
from miteinander.encounters.activities.tests.planners import NOW, coordinator, planner_of
from miteinander.foundation.audit.models import AuditEntry
from miteinander.foundation.core import clock

pytestmark = pytest.mark.django_db
START = NOW + timedelta(hours=3)


@pytest.fixture(autouse=True)
def _held_clock() -> Iterator[None]:
    with clock.held_at(NOW):
        yield


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def at(name: str, *args: Any) -> str:
    return reverse(f"activities:{name}", args=args)


def desk(date: ActivityDate) -> Client:
    return signed_in(planner_of(date.activity.organisation))


def test_only_planners_and_coordinators_open_the_desk() -> None:
    row = ParticipationFactory.create(date__starts_at=START, person__name="Canary")
    addresses = [at("front_desk", row.date_id), at("walk_in", row.date_id)]
    stranger = signed_in(planner_of(OrganisationFactory.create()))

    for address in addresses:
        assert desk(row.date).get(address).status_code == 200
        assert signed_in(coordinator()).get(address).status_code == 200
        assert stranger.get(address).status_code == 404
        assert Client().get(address).status_code == 302
    assert stranger.post(at("mark", row.pk), {"mark": "present"}).status_code == 404
    assert stranger.post(at("contact", row.pk)).status_code == 404
    assert stranger.post(addresses[1], {"name": "Ali"}).status_code == 404
    row.refresh_from_db()
    assert row.presence == Presence.UNKNOWN
    assert Participation.objects.count() == 1


def test_pages_at_the_door_belong_to_planning_in_the_header() -> None:
    row = ParticipationFactory.create(date__starts_at=START)
    client = desk(row.date)

    for answer in (
        client.get(at("front_desk", row.date_id)),
        client.get(at("walk_in", row.date_id)),
        client.get(at("signed_list", row.date_id)),
        client.get(at("print", row.date_id)),
        client.post(at("contact", row.pk)),
    ):
        current = page(answer).all("header a[aria-current=page]")
        assert [link["href"] for link in current] == [at("plan")]
    current = page(client.get(at("detail", row.date_id))).all("header a[aria-current=page]")
    assert [link["href"] for link in current] == [at("list")]


def test_names_are_shown_only_while_the_desk_is_open() -> None:
    row = ParticipationFactory.create(
        date__starts_at=NOW + timedelta(days=3), person__name="Canary"
    )

    page = desk(row.date).get(at("front_desk", row.date_id))

    assert b"Canary" not in page.content


def test_mail_that_comes_back_is_said_beside_the_name() -> None:
    translation.activate("en")
    date = DateFactory.create(starts_at=START)
    ParticipationFactory.create(date=date, person__mail_failed_at=START)
    ParticipationFactory.create(date=date)
    html = desk(date).get(at("front_desk", date.pk)).content.decode()
    assert html.count("do not arrive") == 1


def test_the_list_shows_names_but_neither_contact_nor_background() -> None:
    person = GuestFactory.create(
        name="Zoë", email="canary@example.org", phone="+49561999888", background="newcomer"
    )
    date = DateFactory.create(starts_at=START)
    ParticipationFactory.create(date=date, person=person)
    ParticipationFactory.create(date=date, person__name="أحمد")
    ParticipationFactory.create(date=date, person__name="Ärne")
    ParticipationFactory.create(
        date=date, person__name="Gone", status=ParticipationStatus.GIVEN_BACK
    )

    html = desk(date).get(at("front_desk", date.pk)).content.decode()

    assert html.index("Ärne") < html.index("Zoë") < html.index("أحمد")
    for hidden in ("canary@", "561999888", "newcomer", "Gone"):
        assert hidden not in html


@pytest.mark.parametrize("count", [1, 5])
def test_the_list_takes_as_many_queries_for_five_as_for_one(
    count: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    date = DateFactory.create(starts_at=START)
    ParticipationFactory.create_batch(count, date=date)
    client = desk(date)
    client.get(at("front_desk", date.pk))

    with django_assert_max_num_queries(15):
        client.get(at("front_desk", date.pk))


def test_a_mark_leads_back_to_the_person_and_counts() -> None:
    row = ParticipationFactory.create(date__starts_at=START)
    client = desk(row.date)

    response = client.post(at("mark", row.pk), {"mark": "present"})

    assert response["Location"] == at("front_desk", row.date_id) + f"#p{row.pk}"
    page = client.get(at("front_desk", row.date_id))
    assert (page.context["people"].present, page.context["people"].expected) == (1, 1)
    client.post(at("mark", row.pk), {"mark": "unknown"})
    row.refresh_from_db()
    assert row.presence == Presence.UNKNOWN


def test_names_are_searched_folded_and_never_in_an_address() -> None:
    date = DateFactory.create(starts_at=START)
    ParticipationFactory.create(date=date, person__name="Jürgen")
    ParticipationFactory.create(date=date, person__name="Olena")

    page = desk(date).post(at("front_desk", date.pk), {"search": "juergen"})

    assert [row.person.name for row in page.context["people"]] == ["Jürgen"]
    assert page.context["people"].expected == 2


def test_a_walk_in_is_added_with_a_name_only_and_twice_is_once() -> None:
    date = DateFactory.create(starts_at=START)
    client = desk(date)
    entry = client.get(at("walk_in", date.pk)).context["form"]["entry"].value()

    for _time in range(2):
        response = client.post(at("walk_in", date.pk), {"name": "Ali", "entry": entry})
        assert response.status_code == 302

    row = Participation.objects.get()
    assert (row.person.name, row.presence) == ("Ali", Presence.PRESENT)
    assert row.person.background == "undisclosed"


def test_somebody_who_gives_no_name_is_added_on_express_word() -> None:
    date = DateFactory.create(starts_at=START)

    desk(date).post(at("walk_in", date.pk), {"name": "", "nameless": "on"})

    assert Participation.objects.get().person.name


@pytest.mark.parametrize(
    ("data", "wrong"),
    [({"name": ""}, {"name"}), ({"name": "Ali", "reach": "a@b@c"}, {"reach"}),
     ({"name": "Ali", "reach": "ring me"}, {"reach"})],
)  # fmt: skip
def test_a_walk_in_needs_a_name_and_a_contact_that_works_or_none(
    data: dict[str, str], wrong: set[str]
) -> None:
    date = DateFactory.create(starts_at=START)

    page = desk(date).post(at("walk_in", date.pk), data)

    assert set(page.context["form"].errors) == wrong
    assert not Participation.objects.exists()


def test_with_all_seats_taken_the_organiser_is_asked_and_may_say_yes() -> None:
    date = ParticipationFactory.create(date__starts_at=START, date__capacity=1).date
    client = desk(date)

    asked = client.post(at("walk_in", date.pk), {"name": "Ali", "reach": "0561 123456"})
    assert set(asked.context["form"].errors) == {"beyond_seats"}
    assert b'type="checkbox"' in asked.content
    assert Participation.objects.count() == 1

    data = {"name": "Ali", "reach": "0561 123456", "beyond_seats": "on"}
    client.post(at("walk_in", date.pk), data)
    assert (
        Participation.objects.get(status=ParticipationStatus.EXTRA).person.phone == "+49561123456"
    )


def test_switching_the_language_at_the_door_keeps_what_was_typed() -> None:
    date = DateFactory.create(starts_at=START)

    page = desk(date).post(at("walk_in", date.pk), {"name": "Half a na", "_switch": "1"})

    assert b"Half a na" in page.content
    assert not Participation.objects.exists()


def test_a_contact_is_shown_on_its_own_page_by_post_and_recorded() -> None:
    row = ParticipationFactory.create(date__starts_at=START, person__email="ali@example.org")
    client = desk(row.date)

    assert client.get(at("contact", row.pk)).status_code == 405
    page = client.post(at("contact", row.pk))

    assert b"ali@example.org" in page.content
    assert AuditEntry.objects.filter(verb="activities.open_contact").count() == 1
