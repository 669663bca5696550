"""Many people want the last seats at the same moment."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connections, transaction

from miteinander.community.organisations.tests.factories import MembershipFactory
from miteinander.community.people import services as people
from miteinander.encounters.activities.enums import ParticipationStatus
from miteinander.encounters.activities.models import ActivityDate, Participation
from miteinander.encounters.activities.services import dates, presence, seats
from miteinander.encounters.activities.services.seats import asking
from miteinander.encounters.activities.tests.factories import ActivityFactory, DateFactory
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import SystemActor

pytestmark = [
    pytest.mark.concurrency,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("database_for_threads"),
]
SYSTEM = SystemActor("test")
CLIENTS = 50


def guest(number: int) -> people.Contact:
    return people.Contact(name=f"Guest {number}", email=f"guest{number}@example.org")


def at_once(act: Callable[[int], str], clients: int = CLIENTS) -> list[str]:
    """Let all clients act at the same moment, and name what came of each."""
    start = threading.Barrier(clients)

    def client(number: int) -> str:
        start.wait()
        try:
            return act(number)
        except seats.AllSeatsTaken:
            return "full"
        except Exception as error:  # noqa: BLE001 (whatever it is, the test names it)
            return f"{type(error).__name__}: {error}"
        finally:
            connections["default"].close()

    with ThreadPoolExecutor(clients) as pool:
        return list(pool.map(client, range(clients)))


def holding(date: ActivityDate) -> int:
    return Participation.objects.filter(date=date, status=ParticipationStatus.SIGNED_UP).count()


@pytest.mark.parametrize("capacity", [1, 3, 5])
def test_the_last_seats_are_never_oversold_and_none_stays_idle(capacity: int) -> None:
    for _round in range(4):
        date = DateFactory.create(capacity=capacity)

        def sign_up(number: int, date_id: int = date.pk) -> str:
            seats.sign_up_guest(actor=SYSTEM, date_id=date_id, contact=guest(number))
            return "seat"

        outcomes = at_once(sign_up)

        date.refresh_from_db()
        assert set(outcomes) == {"seat", "full"}
        assert outcomes.count("seat") == holding(date) == date.seats_taken == capacity


def test_the_same_person_fifty_times_at_once_is_one_seat() -> None:
    date = DateFactory.create(capacity=5)

    def sign_up(_number: int) -> str:
        return str(
            seats.sign_up_guest(actor=SYSTEM, date_id=date.pk, contact=guest(1)).participation.pk
        )

    outcomes = at_once(sign_up)

    date.refresh_from_db()
    assert len(set(outcomes)) == 1
    assert holding(date) == date.seats_taken == 1


def test_seats_given_back_meanwhile_are_counted_right() -> None:
    date = DateFactory.create(capacity=3)

    def come_and_go(number: int) -> str:
        seat = seats.sign_up_guest(actor=SYSTEM, date_id=date.pk, contact=guest(number))
        seats.give_back(actor=SYSTEM, participation_id=seat.participation.pk)
        seats.sign_up_guest(actor=SYSTEM, date_id=date.pk, contact=guest(number))
        return "seat"

    outcomes = at_once(come_and_go)

    date.refresh_from_db()
    assert set(outcomes) <= {"seat", "full"}
    assert holding(date) == date.seats_taken == 3


def test_sign_ups_walk_ins_and_erasures_of_the_same_people_never_wait_in_a_circle() -> None:
    planner = MembershipFactory.create().person
    organisation = planner.memberships.get().organisation
    soon = clock.now() + timedelta(hours=2)
    dates = DateFactory.create_batch(
        3, activity__organisation=organisation, starts_at=soon, capacity=40
    )
    people_of = [people.find_or_add_guest(actor=SYSTEM, contact=guest(n)) for n in range(3)]

    def act(number: int) -> str:
        date_id, contact = dates[number % 3].pk, guest(number // 3 % 5)
        if number % 10 == 9:
            people.erase_person(actor=SYSTEM, person_id=people_of[number % 3].pk)
        elif number % 2:
            presence.add_walk_in(actor=planner, date_id=date_id, contact=contact)
        else:
            seats.sign_up_guest(actor=SYSTEM, date_id=date_id, contact=contact)
        return "done"

    for _round in range(3):
        assert set(at_once(act)) == {"done"}

    for date in dates:
        date.refresh_from_db()
        assert holding(date) == date.seats_taken


def test_without_the_lock_seats_are_oversold_or_this_file_proves_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read = threading.local()
    monkeypatch.setattr(asking, "locked_date", lambda _date_id: read.date)
    unlocked: Any = seats.sign_up_guest.__wrapped__  # type: ignore[attr-defined]
    wrongs = 0
    for _round in range(20):
        date = DateFactory.create(capacity=3)

        def sign_up(number: int, date_id: int = date.pk) -> str:
            read.date = ActivityDate.objects.select_related("activity__organisation").get(
                pk=date_id
            )
            time.sleep(0.002)
            try:
                with transaction.atomic():
                    unlocked(actor=SYSTEM, date_id=date_id, contact=guest(number))
            except IntegrityError:
                return "oversold, but for the constraint"
            return "seat"

        outcomes = at_once(sign_up)
        wrongs += holding(date) > 3 or "oversold, but for the constraint" in outcomes
        if wrongs:
            break

    assert wrongs


def test_seats_taken_while_their_number_is_lowered_are_never_oversold() -> None:
    for capacity in (5, 12, 20):
        date = DateFactory.create(capacity=40)

        def act(number: int, date: ActivityDate = date, wanted: int = capacity) -> str:
            if number % 10:
                seats.sign_up_guest(actor=SYSTEM, date_id=date.pk, contact=guest(number))
                return "seat"
            try:
                dates.set_seats(actor=SYSTEM, activity_id=date.activity_id, seats={date.pk: wanted})
            except dates.TooFewSeats:
                return "too few"
            return "lowered"

        outcomes = at_once(act)

        date.refresh_from_db()
        assert set(outcomes) <= {"seat", "full", "lowered", "too few"}
        assert outcomes.count("seat") == holding(date) == date.seats_taken <= date.capacity
        if "lowered" in outcomes:
            assert date.capacity == capacity


def test_two_who_want_the_same_course_have_all_of_it_or_nothing() -> None:
    for _round in range(6):
        activity = ActivityFactory.create(signs_up_once=True)
        course = DateFactory.create_batch(3, activity=activity, capacity=1)
        keys = [date.pk for date in course]

        def act(number: int, keys: list[int] = keys) -> str:
            wanted = keys if number % 2 else keys[::-1]
            try:
                seats.sign_up_course_guest(
                    actor=SYSTEM, date_ids=wanted, contact=guest(number), wish=seats.Wish()
                )
            except seats.CourseFull as full:
                return "full" if full.date_ids == keys else "a part"
            return "all"

        outcomes = at_once(act, clients=2)

        rows = Participation.objects.filter(date__in=keys)
        assert sorted(outcomes) == ["all", "full"]
        assert {(row.date_id, row.status) for row in rows} == {(key, "signed_up") for key in keys}
        assert len({(row.person_id, row.course_key) for row in rows}) == 1
