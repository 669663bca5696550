"""Groups, offers, the waiting list and the draw, when many act at the same moment."""

import threading
import time
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from miteinander.encounters.activities.enums import Giving, ParticipationStatus
from miteinander.encounters.activities.models import ActivityDate, Participation
from miteinander.encounters.activities.services import dates, seats
from miteinander.encounters.activities.services.seats import answers, proof, upkeep
from miteinander.encounters.activities.tests.factories import DateFactory, ParticipationFactory
from miteinander.encounters.activities.tests.test_seats_at_once import SYSTEM, at_once, guest
from miteinander.foundation.audit.models import AuditEntry
from miteinander.foundation.core import clock

pytestmark = [
    pytest.mark.concurrency,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("database_for_threads"),
]
SIDES = ("local", "newcomer", "undisclosed")
MIX = {"activity__local_share": 40, "activity__newcomer_share": 40, "activity__release_hours": 24}


def wish(number: int) -> seats.Wish:
    return seats.Wish(companions=number % 3, side=SIDES[number % len(SIDES)], may_wait=True)


def ask(date: ActivityDate, number: int) -> Participation:
    return seats.sign_up_guest(
        actor=SYSTEM, date_id=date.pk, contact=guest(number), wish=wish(number)
    ).participation


def mixed_date(capacity: int, **facts: Any) -> ActivityDate:
    """A date with seats kept for both sides and far from their release."""
    kept = capacity * 40 // 100
    values = {"starts_at": clock.now() + timedelta(days=6), "capacity": capacity}
    date: ActivityDate = DateFactory.create(
        **MIX, **values, kept_local=kept, kept_newcomer=kept, **facts
    )
    return date


def is_kept() -> bool:
    return proof.broken_promises(now=clock.now()) == []


def offered_seat(date: ActivityDate) -> Participation:
    """Somebody to whom the one seat of ``date`` is offered, with another who waits."""
    holder, *_waiting = [ask(date, number) for number in (0, 3, 6)]
    seats.give_back(actor=SYSTEM, participation_id=holder.pk)
    return Participation.objects.get(date=date, status=ParticipationStatus.OFFERED)


def test_groups_for_the_last_seats_are_never_torn_and_never_oversold() -> None:
    date = mixed_date(11)

    outcomes = at_once(lambda number: ask(date, number).status)

    date.refresh_from_db()
    held = Participation.objects.filter(date=date, status=ParticipationStatus.SIGNED_UP)
    assert set(outcomes) == {"signed_up", "waiting"}
    assert sum(row.party for row in held) == date.seats_taken <= date.capacity
    assert is_kept()


def test_the_waiting_list_moves_while_people_come_and_go() -> None:
    date = mixed_date(9)
    rows = [ask(date, number) for number in range(30)]

    def act(number: int) -> str:
        if number >= len(rows):
            ask(date, number)
        elif number % 3:
            seats.give_back(actor=SYSTEM, participation_id=rows[number].pk)
        else:
            seats.bring_fewer(
                actor=SYSTEM, participation_id=rows[number].pk, companions=0, children=0
            )
        return "done"

    assert set(at_once(act)) == {"done"}
    assert is_kept()


def test_the_number_of_seats_is_lowered_while_people_move_up() -> None:
    date = mixed_date(30)
    rows = [ask(date, number) for number in range(30)]

    def act(number: int) -> str:
        if number % 10 == 0:
            wanted = {date.pk: 12 + number // 10}
            try:
                dates.set_seats(actor=SYSTEM, activity_id=date.activity_id, seats=wanted)
            except dates.TooFewSeats:
                return "too few"
        elif number < len(rows):
            seats.give_back(actor=SYSTEM, participation_id=rows[number].pk)
        else:
            ask(date, number)
        return "done"

    assert set(at_once(act)) <= {"done", "too few"}
    assert is_kept()


def test_an_offer_taken_fifty_times_at_once_is_one_seat_and_told_once() -> None:
    offered = offered_seat(mixed_date(1, activity__most_companions=0))

    outcomes = at_once(
        lambda _n: seats.accept_offer(actor=SYSTEM, participation_id=offered.pk).status
    )

    assert set(outcomes) == {"signed_up"}
    assert AuditEntry.objects.filter(verb="activities.accept_offer").count() == 1
    assert is_kept()


def test_an_offer_taken_while_it_ends_is_either_taken_or_passed_on() -> None:
    for _round in range(4):
        offered = offered_seat(mixed_date(1, activity__most_companions=0))
        deadline = offered.offered_until
        assert deadline is not None

        def act(number: int, key: int = offered.pk, end: Any = deadline) -> str:
            before_or_after = end - timedelta(seconds=1) if number % 2 else end
            with clock.held_at(before_or_after):
                try:
                    if number % 2:
                        return seats.accept_offer(actor=SYSTEM, participation_id=key).status
                    return seats.lapse_offer(actor=SYSTEM, participation_id=key).status
                except seats.OfferOver:
                    return "over"

        outcomes = set(at_once(act))

        assert outcomes <= {"signed_up", "offered"} or outcomes <= {"lapsed", "over", "offered"}
        date = ActivityDate.objects.get(pk=offered.date_id)
        assert date.seats_taken == 1
        assert is_kept()


def test_a_draw_run_by_many_at_once_is_one_draw() -> None:
    date = mixed_date(10, activity__giving=Giving.DRAW, activity__draw_hours=200)
    for number in range(20):
        ParticipationFactory.create(
            date=date, status=ParticipationStatus.APPLIED, side=SIDES[number % len(SIDES)]
        )

    def act(_number: int) -> str:
        upkeep.turn_the_clock(actor=SYSTEM, now=clock.now())
        return "done"

    assert set(at_once(act)) == {"done"}
    ranks = Participation.objects.filter(date=date).values_list("draw_rank", flat=True)
    assert set(ranks) == set(range(1, 21))
    assert AuditEntry.objects.filter(verb="activities.draw").count() == 1
    assert is_kept()


def test_without_the_lock_seats_given_back_are_miscounted_or_this_file_proves_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read = threading.local()
    monkeypatch.setattr(answers, "locked_date", lambda _date_id: read.date)
    unlocked: Any = seats.give_back.__wrapped__  # type: ignore[attr-defined]
    for _round in range(10):
        date = DateFactory.create(capacity=60, starts_at=clock.now() + timedelta(days=6))
        rows = [ParticipationFactory.create(date=date) for _ in range(50)]

        def act(number: int, date_id: int = date.pk, rows: Any = rows) -> str:
            read.date = ActivityDate.objects.select_related("activity__organisation").get(
                pk=date_id
            )
            time.sleep(0.01)
            try:
                with transaction.atomic():
                    unlocked(actor=SYSTEM, participation_id=rows[number].pk)
            except IntegrityError:
                return "refused by the constraint"
            return "done"

        at_once(act)
        if not is_kept():
            return
    pytest.fail("Nothing was miscounted.")
