"""The front desk without network: answers to phones, the kept page, the code of the room."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from miteinander.community.organisations.tests.factories import OrganisationFactory
from miteinander.community.people.models import Person
from miteinander.encounters.activities.enums import Presence
from miteinander.encounters.activities.models import ActivityDate, Participation
from miteinander.encounters.activities.tests.factories import DateFactory, ParticipationFactory
from miteinander.encounters.activities.tests.pages import page
from miteinander.encounters.activities.tests.planners import NOW, planner_of
from miteinander.foundation.core import clock

pytestmark = pytest.mark.django_db
START = NOW + timedelta(hours=3)
KEY = "0123456789abcdef" * 2


@pytest.fixture(autouse=True)
def _held_clock() -> Iterator[None]:
    with clock.held_at(NOW):
        yield


def at(name: str, *args: Any) -> str:
    return reverse(f"activities:{name}", args=args)


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


class Phone:
    """An organiser's phone with the page open."""

    def __init__(self, date: ActivityDate) -> None:
        self.date = date
        self.client = signed_in(planner_of(date.activity.organisation))
        shown = page(self.client.get(at("front_desk", date.pk)))
        self.book = shown.one(".front-desk")["data-book"]

    def send(self, **more: Any) -> dict[str, Any]:
        data = {"key": KEY, "book": self.book, "age": "0", "kind": "mark"} | more
        answer: dict[str, Any] = self.client.post(at("desk_sync", self.date.pk), data).json()
        return answer


def test_a_mark_is_answered_with_the_line_and_the_count_twice_the_same() -> None:
    row = ParticipationFactory.create(date__starts_at=START, companions=1)
    phone = Phone(row.date)
    data = {"participation": row.pk, "mark": "present", "age": "60000"}

    first, again = phone.send(**data), phone.send(**data)

    assert (first["state"], first["present"], first["expected"]) == ("done", 2, 2)
    assert f'id="p{row.pk}"' in first["row"]
    assert (again["state"], again["present"]) == ("done", 2)
    row.refresh_from_db()
    assert row.marked_at == NOW - timedelta(minutes=1)


def test_refusals_are_said_in_words_and_nothing_changes() -> None:
    row = ParticipationFactory.create(date__starts_at=START)
    other = ParticipationFactory.create(date__starts_at=START)
    phone, two_days = Phone(row.date), 48 * 3600 * 1000 + 1
    wrong: list[dict[str, Any]] = [
        {"participation": row.pk, "mark": "present", "age": two_days},
        {"participation": row.pk, "mark": "present", "book": "0" * 32},
        {"participation": row.pk, "mark": "present", "book": Phone(other.date).book},
        {"participation": other.pk, "mark": "present"},
        {"participation": row.pk, "mark": "late"},
        {"participation": row.pk, "mark": "present", "key": "short"},
        {"participation": row.pk, "mark": "present", "age": "-5"},
        {"participation": "", "mark": "present"},
        {"kind": "walk_in", "name": "Ali", "book": "0" * 32},
    ]

    for data in wrong:
        answer = phone.send(**data)
        assert answer["state"] == "refused"
        assert answer["words"]

    assert set(Participation.objects.values_list("presence", flat=True)) == {Presence.UNKNOWN}
    assert Participation.objects.count() == 2


def test_somebody_else_who_marked_differently_is_told_of() -> None:
    row = ParticipationFactory.create(date__starts_at=START)
    first, second = Phone(row.date), Phone(row.date)
    first.send(participation=row.pk, mark="absent")

    older = second.send(participation=row.pk, mark="present", age="60000", key="b" * 32)

    assert older["state"] == "done"
    assert "door-absent" in older["row"]
    assert older["words"]


def test_a_full_house_is_asked_about_before_anybody_is_added() -> None:
    row = ParticipationFactory.create(date__starts_at=START, date__capacity=1)
    phone = Phone(row.date)

    assert phone.send(kind="walk_in", name="Ali")["state"] == "full"
    assert Participation.objects.count() == 1
    added = phone.send(kind="walk_in", name="Ali", beyond_seats="on")

    assert (added["state"], added["present"], added["expected"]) == ("done", 1, 2)


@pytest.mark.parametrize("count", [10, 50])
def test_a_mark_takes_as_many_queries_for_fifty_as_for_ten(
    count: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    date = DateFactory.create(starts_at=START, capacity=100)
    rows = ParticipationFactory.create_batch(count, date=date)
    phone = Phone(date)

    with django_assert_max_num_queries(25):
        phone.send(participation=rows[0].pk, mark="present")


def test_only_planners_get_the_page_that_is_kept_and_the_code_of_the_room() -> None:
    date = DateFactory.create(starts_at=NOW + timedelta(minutes=30))
    stranger = signed_in(planner_of(OrganisationFactory.create()))
    member = signed_in(planner_of(date.activity.organisation))

    for name in ("desk_worker", "room_screen"):
        assert member.get(at(name, date.pk)).status_code == 200
        assert stranger.get(at(name, date.pk)).status_code == 404
        assert Client().get(at(name, date.pk)).status_code == 302
    assert stranger.post(at("desk_sync", date.pk)).status_code == 404
    assert Client().post(at("desk_sync", date.pk)).status_code == 302


def test_the_kept_page_is_of_one_date_and_ends_with_it() -> None:
    date = DateFactory.create(starts_at=START)
    answer = signed_in(planner_of(date.activity.organisation)).get(at("desk_worker", date.pk))

    until = int(date.ends_at.timestamp() * 1000)
    assert answer["Content-Type"].startswith("text/javascript")
    assert "Service-Worker-Allowed" not in answer
    assert f"desk-{date.pk}-{until}" in answer.content.decode()


@pytest.mark.parametrize(("minutes", "is_shown"), [(61, False), (60, True), (-119, True)])
def test_the_code_of_the_room_is_shown_from_an_hour_before_until_the_end(
    minutes: int, *, is_shown: bool
) -> None:
    date = DateFactory.create(starts_at=NOW + timedelta(minutes=minutes))
    client = signed_in(planner_of(date.activity.organisation))

    shown = page(client.get(at("room_screen", date.pk)))
    links = page(client.get(at("front_desk", date.pk))).all("a[href$='/room-code/']")

    assert bool(shown.all("[data-room-picture] svg")) is is_shown
    assert bool(shown.all("noscript meta[http-equiv=refresh]")) is is_shown
    assert bool(links) is is_shown
