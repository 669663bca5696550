"""The arithmetic of the mix, the deadlines of offers, and the order of a draw: no database."""

from collections import Counter
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from miteinander.encounters.activities.services.seats.deadlines import offer_deadline
from miteinander.encounters.activities.services.seats.lots import drawn_order, number_of
from miteinander.encounters.activities.services.seats.pools import Pools, Split, give_up, kept

BERLIN = ZoneInfo("Europe/Berlin")
SIDES = st.sampled_from(["local", "newcomer", "undisclosed"])
SEATS = st.integers(0, 30)
POOLS = st.builds(Pools, SEATS, SEATS, SEATS, st.booleans())
SPLITS = st.builds(Split, SEATS, SEATS, SEATS)
MOMENTS = st.datetimes(
    datetime(2026, 3, 26),  # noqa: DTZ001 (hypothesis adds the zone)
    datetime(2026, 11, 30),  # noqa: DTZ001
    timezones=st.just(BERLIN),
    allow_imaginary=False,
)


@given(POOLS, SIDES, st.integers(1, 40))
def test_a_party_gets_all_its_seats_from_allowed_pools_or_none(
    pools: Pools, side: str, party: int
) -> None:
    split = pools.place(side, party)

    if split is None:
        assert pools.free_for(side) < party
        return
    left = pools.without(split)
    assert split.total == party
    assert min(left.local, left.newcomer, left.open) >= 0
    if not pools.is_released and side != "undisclosed":
        assert (split.newcomer if side == "local" else split.local) == 0


@given(POOLS, st.integers(1, 40))
def test_who_does_not_say_a_side_is_never_worse_off(pools: Pools, party: int) -> None:
    if pools.place("local", party) or pools.place("newcomer", party):
        assert pools.place("undisclosed", party)


@given(POOLS, SIDES)
def test_after_the_release_every_free_seat_is_for_everybody(pools: Pools, side: str) -> None:
    released = Pools(pools.local, pools.newcomer, pools.open, is_released=True)

    assert released.free_for(side) == pools.local + pools.newcomer + pools.open


@given(SPLITS, SIDES, st.data())
def test_giving_up_seats_takes_as_many_as_asked_and_the_own_pool_last(
    held: Split, side: str, data: st.DataObject
) -> None:
    seats = data.draw(st.integers(0, held.total))

    given_up = give_up(held, seats, side)

    left = held.without(given_up)
    assert given_up.total == seats
    assert min(left.local, left.newcomer, left.open) >= 0
    if side != "undisclosed" and getattr(given_up, side):
        assert left.total == getattr(left, side)


@given(st.integers(1, 5000), st.integers(0, 100), st.data())
def test_kept_seats_are_never_more_than_there_are(
    capacity: int, local: int, data: st.DataObject
) -> None:
    newcomer = data.draw(st.integers(0, 100 - local))

    assert sum(kept(capacity, local, newcomer)) <= capacity


@given(MOMENTS, st.integers(1, 60 * 24 * 20))
def test_an_offer_ends_by_day_within_a_day_and_a_night_and_not_after_the_start(
    now: datetime, minutes: int
) -> None:
    now = now.astimezone(ZoneInfo("UTC"))
    starts = now + timedelta(minutes=minutes)

    end = offer_deadline(now, starts)

    assert now < end <= starts
    assert end == starts or 9 <= end.astimezone(BERLIN).hour < 21
    assert end - now <= timedelta(hours=24 + 13)
    assert end == starts or end - now >= timedelta(hours=1)


@pytest.mark.parametrize(
    ("now", "starts", "end"),
    [
        ("2026-06-01 12:00", "2026-06-10 18:00", "2026-06-02 12:00"),
        ("2026-06-01 22:00", "2026-06-10 18:00", "2026-06-03 09:00"),
        ("2026-06-01 12:00", "2026-06-01 18:00", "2026-06-01 14:00"),
        ("2026-06-01 12:00", "2026-06-01 13:30", "2026-06-01 13:00"),
        ("2026-06-01 12:00", "2026-06-01 12:30", "2026-06-01 12:30"),
        ("2026-06-01 22:00", "2026-06-02 08:00", "2026-06-02 08:00"),
        ("2026-06-01 22:00", "2026-06-02 10:00", "2026-06-02 09:00"),
        # the night in which an hour is missing, and the one that has an hour twice
        ("2026-03-28 12:00", "2026-04-10 18:00", "2026-03-29 13:00"),
        ("2026-03-28 23:00", "2026-03-29 12:00", "2026-03-29 09:00"),
        ("2026-10-24 12:00", "2026-11-10 18:00", "2026-10-25 11:00"),
        ("2026-10-24 23:00", "2026-10-25 12:00", "2026-10-25 09:00"),
        ("2026-10-24 21:30", "2026-11-10 18:00", "2026-10-25 20:30"),
    ],
)
def test_offers_end_as_the_clocks_on_the_wall_show(now: str, starts: str, end: str) -> None:
    moments = [datetime.fromisoformat(text).replace(tzinfo=BERLIN) for text in (now, starts, end)]

    ends = offer_deadline(*(moment.astimezone(ZoneInfo("UTC")) for moment in moments[:2]))

    assert ends.astimezone(BERLIN) == moments[2]


@given(st.text(max_size=20), st.dictionaries(st.integers(1, 10_000), st.integers(1, 5)))
def test_a_draw_repeated_from_its_seed_has_the_same_order(seed: str, lots: dict[int, int]) -> None:
    backwards = dict(reversed(lots.items()))

    assert drawn_order(seed, lots) == drawn_order(seed, backwards)
    assert sorted(drawn_order(seed, lots)) == sorted(lots)


@given(st.text(max_size=20), st.integers(1, 10_000))
def test_the_numbers_of_a_draw_lie_between_nothing_and_one(seed: str, key: int) -> None:
    assert 0 < number_of(seed, key) <= 1


def test_a_published_draw_is_this_one_for_ever() -> None:
    lots = {1: 1, 2: 1, 3: 5, 4: 1}

    assert drawn_order("begegnung", lots) == [3, 1, 4, 2]


def test_who_leaves_does_not_change_the_order_of_the_others() -> None:
    lots = {key: 1 + key % 5 for key in range(1, 50)}
    order = drawn_order("seed", lots)

    without = drawn_order("seed", {key: lots[key] for key in lots if key != 7})

    assert without == [key for key in order if key != 7]


def test_equal_lots_are_equally_lucky() -> None:
    first = Counter(drawn_order(f"draw {n}", dict.fromkeys(range(10), 1))[0] for n in range(5000))

    assert all(400 < first[key] < 600 for key in range(10))


def test_three_lots_win_three_times_as_often_as_one() -> None:
    lots = {1: 1, 2: 3}

    wins = Counter(drawn_order(f"draw {n}", lots)[0] for n in range(4000))

    assert 2850 < wins[2] < 3150
