"""One person gets seats on two dates of an occasion at the same moment, by whatever way."""

import time
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from miteinander.community.people import services as people
from miteinander.community.people.tests.factories import PersonFactory
from miteinander.encounters.activities.enums import Giving, ParticipationStatus, SignUpWay
from miteinander.encounters.activities.models import ActivityDate, Participation
from miteinander.encounters.activities.services import seats
from miteinander.encounters.activities.services.seats import draw, holding, queue
from miteinander.encounters.activities.services.seats.queue import who_had_enough
from miteinander.encounters.activities.tests.factories import (
    ActivityFactory,
    DateFactory,
    ParticipationFactory,
)
from miteinander.encounters.activities.tests.test_seats_at_once import at_once
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import SystemActor

pytestmark = [
    pytest.mark.concurrency,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("database_for_threads"),
]
SYSTEM = SystemActor("test")
ROUNDS = 5


def month_of_dates(count: int, **facts: Any) -> list[ActivityDate]:
    """Make dates of one occasion in one month, of which one person may have one."""
    activity = ActivityFactory.create(monthly_limit=1, signs_up_once=True, **facts)
    first = clock.local(clock.now() + timedelta(days=40)).replace(day=15, hour=12)
    starts = [first + timedelta(days=number) for number in range(count)]
    return [DateFactory.create(activity=activity, starts_at=at, capacity=9) for at in starts]


@pytest.fixture
def slow_counting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let time pass between looking at the month and writing the seat down."""

    def slowly(date: ActivityDate, people: Collection[int], now: datetime) -> set[int]:
        had_enough = who_had_enough(date, people, now)
        time.sleep(0.1)
        return had_enough

    for module in (queue, draw):
        monkeypatch.setattr(module, "who_had_enough", slowly)


def asked_at_once(*, is_guest_too: bool = False) -> list[str]:
    """Let one person ask on two dates at once, and return what became of both."""
    dates = month_of_dates(2)
    person = PersonFactory.create()
    contact = people.Contact(name="Maria", email=person.email or "")

    def ask(number: int) -> str:
        key = dates[number].pk
        if number and is_guest_too:
            done = seats.sign_up_guest(actor=SYSTEM, date_id=key, contact=contact)
        else:
            done = seats.sign_up(
                actor=SYSTEM, date_id=key, person_id=person.pk, language="de",
                way=SignUpWay.ACCOUNT,
            )  # fmt: skip
        return str(done.participation.status)

    return sorted(at_once(ask, clients=2))


@pytest.mark.usefixtures("slow_counting")
@pytest.mark.parametrize("is_guest_too", [False, True])
def test_nobody_gets_more_seats_of_a_month_by_asking_twice_at_once(*, is_guest_too: bool) -> None:
    for _round in range(ROUNDS):
        assert asked_at_once(is_guest_too=is_guest_too) == ["signed_up", "waiting"]


@pytest.mark.usefixtures("slow_counting")
def test_nor_by_asking_for_two_courses_that_cross() -> None:
    for _round in range(ROUNDS):
        dates = month_of_dates(4)
        person = PersonFactory.create()

        def ask(number: int, dates: list[ActivityDate] = dates, key: int = person.pk) -> str:
            wanted = [date.pk for date in dates[number::2]][:: 1 - 2 * number]
            seats.sign_up_course(
                actor=SYSTEM, date_ids=wanted, person_id=key, language="de", wish=seats.Wish()
            )
            return "asked"

        assert at_once(ask, clients=2) == ["asked", "asked"]

        statuses = Participation.objects.filter(person=person).values_list("status", flat=True)
        assert sorted(statuses) == ["signed_up", "waiting", "waiting", "waiting"]


def moved_up_at_once() -> list[str]:
    """Free a seat on two dates at the same moment; one person is next in turn on both."""
    dates = month_of_dates(2)
    person = PersonFactory.create()
    held = [ParticipationFactory.create(date=date) for date in dates]
    for date in dates:
        ActivityDate.objects.filter(pk=date.pk).update(capacity=1)
        ParticipationFactory.create(
            date=date, person=person, status=ParticipationStatus.WAITING, waiting_since=clock.now()
        )

    def give_back(number: int) -> str:
        return seats.give_back(actor=SYSTEM, participation_id=held[number].pk).status

    assert at_once(give_back, clients=2) == ["given_back", "given_back"]
    return _statuses(person.pk)


def drawn_at_once() -> list[str]:
    """Draw two dates at the same moment, for both of which one person asked."""
    dates = month_of_dates(2, giving=Giving.DRAW)
    person = PersonFactory.create()
    for date in dates:
        ParticipationFactory.create(date=date, person=person, status=ParticipationStatus.APPLIED)

    def give_out(number: int) -> str:
        draw.draw_seats(actor=SYSTEM, date_id=dates[number].pk)
        return "drawn"

    assert at_once(give_out, clients=2) == ["drawn", "drawn"]
    return _statuses(person.pk)


def asked_while_another_moves_up() -> list[str]:
    """Free a seat for somebody who waits there, and who asks on another date meanwhile."""
    full, free = month_of_dates(2)
    person = PersonFactory.create()
    held = ParticipationFactory.create(date=full)
    ActivityDate.objects.filter(pk=full.pk).update(capacity=1)
    ParticipationFactory.create(
        date=full, person=person, status=ParticipationStatus.WAITING, waiting_since=clock.now()
    )

    def act(number: int) -> str:
        if number:
            return seats.give_back(actor=SYSTEM, participation_id=held.pk).status
        seats.sign_up(
            actor=SYSTEM, date_id=free.pk, person_id=person.pk, language="de",
            way=SignUpWay.ACCOUNT,
        )  # fmt: skip
        return "asked"

    assert at_once(act, clients=2) == ["asked", "given_back"]
    return _statuses(person.pk)


def _statuses(person_id: int) -> list[str]:
    rows = Participation.objects.filter(person=person_id)
    return sorted(rows.values_list("status", flat=True))


WAYS = [asked_at_once, moved_up_at_once, drawn_at_once, asked_while_another_moves_up]


@pytest.mark.usefixtures("slow_counting")
@pytest.mark.parametrize("give_seats", WAYS)
def test_two_dates_at_once_never_give_somebody_a_seat_beyond_the_limit(
    give_seats: Callable[[], list[str]],
) -> None:
    for _round in range(ROUNDS):
        seat, wait = give_seats()

        assert seat in {"offered", "signed_up"}
        assert wait == "waiting"


@pytest.mark.usefixtures("slow_counting")
@pytest.mark.parametrize("give_seats", WAYS)
def test_without_holding_the_occasion_the_limit_is_beaten_or_this_file_proves_nothing(
    monkeypatch: pytest.MonkeyPatch, give_seats: Callable[[], list[str]]
) -> None:
    if not connection.features.has_select_for_update:
        pytest.skip("Here is one writer at a time, whatever is held.")
    unheld = holding.HOLD.replace("IS NOT NULL", "IS NULL AND FALSE")
    assert unheld != holding.HOLD
    monkeypatch.setattr(holding, "HOLD", unheld)

    assert any("waiting" not in give_seats() for _round in range(ROUNDS))


def test_fifty_sign_ups_to_as_many_dates_never_wait_in_a_circle() -> None:
    dates = month_of_dates(5)
    several = PersonFactory.create_batch(3)

    def ask(number: int) -> str:
        seats.sign_up(
            actor=SYSTEM, date_id=dates[number % 5].pk, person_id=several[number % 3].pk,
            language="de", way=SignUpWay.ACCOUNT,
        )  # fmt: skip
        return "asked"

    assert set(at_once(ask)) == {"asked"}
    held = Participation.objects.filter(status="signed_up").values_list("person_id", flat=True)
    assert sorted(held) == sorted(person.pk for person in several)
