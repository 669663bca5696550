"""What the clock does with seats: draws, ends of offers, released seats, and the proof."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from pytest_django import DjangoAssertNumQueries
from structlog.testing import capture_logs

from miteinander.community.people.tests.factories import GuestFactory, PersonFactory
from miteinander.encounters.activities import jobs
from miteinander.encounters.activities.enums import DateStatus, Giving, ParticipationStatus
from miteinander.encounters.activities.messages import DateDrawn, OfferLapsed, SeatOffered
from miteinander.encounters.activities.models import ActivityDate, Participation
from miteinander.encounters.activities.services.seats import draw, proof, upkeep
from miteinander.encounters.activities.services.seats.lots import drawn_order
from miteinander.encounters.activities.tests.factories import DateFactory, ParticipationFactory
from miteinander.encounters.activities.tests.planners import NOW, told
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import SystemActor

pytestmark = pytest.mark.django_db
SYSTEM = SystemActor("test")
SOON = NOW + timedelta(hours=50)
Status = ParticipationStatus


@pytest.fixture(autouse=True)
def _held_clock() -> Iterator[None]:
    with clock.held_at(NOW):
        yield


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[object]]:
    with told(monkeypatch) as messages:
        yield messages


def to_draw(applicants: int, **facts: Any) -> ActivityDate:
    """A date whose draw is due, with people who asked."""
    values = {"activity__giving": Giving.DRAW, "starts_at": SOON, "capacity": 3}
    date: ActivityDate = DateFactory.create(**(values | facts))
    for _ in range(applicants):
        waits(date, Status.APPLIED)
    return date


def waits(date: ActivityDate, status: str = Status.WAITING, **facts: Any) -> Participation:
    values = {"waiting_since": NOW if status == Status.WAITING else None, "signed_up_at": NOW}
    row: Participation = ParticipationFactory.create(date=date, status=status, **(values | facts))
    return row


def turn(now: datetime = NOW) -> None:
    with clock.held_at(now):
        upkeep.turn_the_clock(actor=SYSTEM, now=now)


def problems(now: datetime = NOW) -> list[str]:
    return [one.problem for one in proof.broken_promises(now=now)]


def test_a_draw_gives_all_seats_and_can_be_repeated_from_what_is_stored(
    heard: list[object],
) -> None:
    date = to_draw(8)

    turn()

    date.refresh_from_db()
    rows = Participation.objects.filter(date=date).order_by("draw_rank")
    assert [row.pk for row in rows] == drawn_order(
        date.draw_seed, {row.pk: row.lots for row in rows}
    )
    assert [row.status for row in rows] == [Status.SIGNED_UP] * 3 + [Status.WAITING] * 5
    assert date.seats_taken == 3
    assert heard == [DateDrawn(date.pk)]
    assert problems() == []


def test_a_draw_is_never_repeated(heard: list[object]) -> None:
    date = to_draw(6)
    turn()
    before = list(Participation.objects.order_by("pk").values())

    turn()
    draw.draw_seats(actor=SYSTEM, date_id=date.pk)

    assert list(Participation.objects.order_by("pk").values()) == before
    assert heard == [DateDrawn(date.pk)]


@pytest.mark.parametrize(
    "facts",
    [
        {"starts_at": NOW + timedelta(hours=73)},
        {"status": DateStatus.CANCELLED},
        {"starts_at": NOW - timedelta(hours=1)},
        {"activity__giving": Giving.APPROVAL},
    ],
)
def test_no_draw_takes_place_too_early_too_late_or_where_there_is_none(
    heard: list[object], facts: dict[str, Any]
) -> None:
    to_draw(2, **facts)

    turn()

    assert set(Participation.objects.values_list("status", flat=True)) == {Status.APPLIED}
    assert heard == []


def test_a_draw_takes_place_an_hour_before_the_start_at_the_latest() -> None:
    date = to_draw(1, activity__draw_hours=0)

    assert draw.draw_at(date) == SOON - timedelta(hours=1)


def test_only_the_clock_draws_and_moves_seats() -> None:
    date, person = to_draw(1), PersonFactory.create()

    with pytest.raises(PermissionDenied):
        upkeep.turn_the_clock(actor=person, now=NOW)
    with pytest.raises(PermissionDenied):
        draw.draw_seats(actor=person, date_id=date.pk)

    assert ActivityDate.objects.get().drawn_at is None


def test_each_draw_without_luck_is_one_more_lot_up_to_five_and_luck_ends_it() -> None:
    lucky, unlucky, left = GuestFactory.create_batch(3)
    for days in range(6):
        drawn = NOW - timedelta(days=60 - days)
        date = DateFactory.create(drawn_at=drawn, starts_at=drawn + timedelta(days=2))
        waits(date, person=unlucky, draw_rank=2)
        waits(date, Status.GIVEN_BACK, person=left, draw_rank=3)
        status = Status.SIGNED_UP if days == 4 else Status.WAITING
        waits(date, status, person=lucky, draw_rank=1)

    lots = draw.lots_of([lucky.pk, unlucky.pk, left.pk], NOW)

    assert lots == {lucky.pk: 2, unlucky.pk: 5, left.pk: 1}


@pytest.mark.parametrize(
    "facts",
    [{"drawn_at": NOW - timedelta(days=184)}, {"status": DateStatus.CANCELLED}],
)
def test_draws_of_long_ago_and_of_cancelled_dates_do_not_count(facts: dict[str, Any]) -> None:
    values = {"drawn_at": NOW - timedelta(days=9), "starts_at": NOW - timedelta(days=8)}
    row = waits(DateFactory.create(**(values | facts)), draw_rank=1)

    assert draw.lots_of([row.person_id], NOW) == {row.person_id: 1}


def test_who_had_a_seat_this_month_is_put_behind_the_others_in_a_draw() -> None:
    first = to_draw(2, activity__monthly_limit=1, capacity=1)
    other = DateFactory.create(activity=first.activity, starts_at=NOW + timedelta(days=9))
    regular = Participation.objects.order_by("pk")[0]
    ParticipationFactory.create(date=other, person=regular.person)

    turn()

    regular.refresh_from_db()
    assert regular.status == Status.WAITING
    assert Participation.objects.filter(date=first, status=Status.SIGNED_UP).count() == 1


def test_two_dates_of_one_occasion_drawn_together_keep_the_limit() -> None:
    first = to_draw(1, activity__monthly_limit=1)
    second = DateFactory.create(activity=first.activity, starts_at=SOON, capacity=3)
    person = Participation.objects.get().person
    waits(second, Status.APPLIED, person=person)

    turn()

    statuses = Participation.objects.values_list("status", flat=True)
    assert sorted(statuses) == [Status.SIGNED_UP, Status.WAITING]


def test_the_statements_of_a_draw_do_not_grow_with_the_people(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    dates = [to_draw(people).pk for people in (2, 30)]
    most = 12 + int(connection.features.has_select_for_update)

    for key in dates:
        with django_assert_max_num_queries(most + 4):
            draw.draw_seats(actor=SYSTEM, date_id=key)


def test_an_offer_ends_and_the_seat_goes_to_the_next(heard: list[object]) -> None:
    date = DateFactory.create(starts_at=NOW + timedelta(days=5), capacity=1)
    first, second = waits(date), waits(date, waiting_since=NOW + timedelta(minutes=1))
    turn()
    later = NOW + timedelta(hours=24)

    turn(later - timedelta(seconds=1))
    first.refresh_from_db()
    assert (first.status, first.offered_until) == (Status.OFFERED, later)

    turn(later)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.status, second.status) == (Status.LAPSED, Status.OFFERED)
    assert heard == [SeatOffered(first.pk), SeatOffered(second.pk), OfferLapsed(first.pk)]


def test_an_offer_ends_at_the_start_of_a_date_that_was_moved() -> None:
    date = DateFactory.create(starts_at=NOW + timedelta(days=5), capacity=1)
    row = waits(date)
    turn()
    ActivityDate.objects.update(starts_at=NOW + timedelta(hours=1))

    turn(NOW + timedelta(hours=1))

    row.refresh_from_db()
    assert row.status == Status.LAPSED
    assert ActivityDate.objects.get().seats_taken == 0


def test_nothing_moves_on_a_cancelled_date(heard: list[object]) -> None:
    date = DateFactory.create(status=DateStatus.CANCELLED, capacity=2)
    waits(date)
    waits(date, Status.OFFERED, offered_until=NOW)

    turn(NOW + timedelta(days=1))

    assert heard == []


def test_kept_seats_are_offered_to_all_at_their_release() -> None:
    date = DateFactory.create(
        starts_at=NOW + timedelta(days=5), capacity=2, kept_local=1, kept_newcomer=1,
        activity__local_share=50, activity__newcomer_share=50, activity__release_hours=24,
    )  # fmt: skip
    rows = [waits(date, side="local"), waits(date, side="local")]
    release = NOW + timedelta(days=4)

    turn()
    assert Participation.objects.filter(status=Status.OFFERED).get() == rows[0]
    turn(release - timedelta(days=3, hours=12))
    assert Participation.objects.filter(status=Status.OFFERED).count() == 1
    turn(release)

    assert set(Participation.objects.values_list("status", flat=True)) == {
        Status.LAPSED, Status.OFFERED,
    }  # fmt: skip


def test_a_date_that_fails_does_not_hold_up_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    bad, good = to_draw(2), to_draw(2)
    settle = draw._settle  # noqa: SLF001

    def fail(date: ActivityDate, *rest: Any) -> None:
        if date.pk == bad.pk:
            raise RuntimeError("broken")
        settle(date, *rest)

    monkeypatch.setattr(draw, "_settle", fail)
    with pytest.raises(ExceptionGroup):
        turn()

    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.drawn_at, bad.draw_seed, good.drawn_at) == (None, "", NOW)


def plant(**changes: Any) -> ActivityDate:
    date: ActivityDate = DateFactory.create(starts_at=SOON, capacity=2)
    ParticipationFactory.create(date=date)
    ActivityDate.objects.filter(pk=date.pk).update(**changes)
    return date


def test_a_proof_of_what_is_well_finds_nothing() -> None:
    plant()
    to_draw(3)
    waits(DateFactory.create(starts_at=SOON, capacity=2, activity__has_offers_by_hand=True))

    assert problems() == []


def test_the_proof_finds_counts_that_are_not_the_sum() -> None:
    plant(seats_taken=2)

    assert problems() == ["counts"]


def test_the_proof_finds_other_shares_than_the_occasion_says() -> None:
    plant(kept_local=1)

    assert problems() == ["shares"]


def test_the_proof_finds_a_party_with_too_few_seats() -> None:
    plant()
    Participation.objects.update(companions=1)

    assert problems() == ["party"]


def test_the_proof_finds_a_seat_held_by_somebody_who_gave_it_back() -> None:
    plant()
    Participation.objects.update(status=Status.GIVEN_BACK)

    assert problems() == ["party"]


def test_the_proof_finds_an_idle_seat() -> None:
    date = plant()
    waits(date)

    assert problems() == ["idle"]


@pytest.mark.parametrize(
    ("status", "facts"),
    [
        (Status.OFFERED, {"offered_until": NOW, "seats_open": 1}),
        (Status.APPLIED, {}),
    ],
)
def test_the_proof_finds_a_clock_that_stands_still(status: str, facts: dict[str, Any]) -> None:
    date = to_draw(0, starts_at=NOW + timedelta(hours=72))
    waits(date, status, **facts)
    ActivityDate.objects.update(seats_taken=int("seats_open" in facts))

    assert problems(NOW + timedelta(minutes=59)) == []
    assert problems(NOW + timedelta(minutes=60)) == ["late"]


def test_the_nightly_proof_writes_an_error_that_names_nobody() -> None:
    date = plant(seats_taken=2)

    with capture_logs() as logs:
        jobs.prove_seats.call()

    (entry,) = [one for one in logs if one["event"] == "seat_promise_broken"]
    assert (entry["log_level"], entry["date"], entry["problem"]) == ("error", date.pk, "counts")


def test_the_nightly_proof_gives_a_seat_that_was_just_released_and_raises_no_alarm() -> None:
    row = waits(plant())

    with capture_logs() as logs:
        jobs.prove_seats.call()

    row.refresh_from_db()
    assert row.status == Status.OFFERED
    assert not [one for one in logs if one["event"] == "seat_promise_broken"]
