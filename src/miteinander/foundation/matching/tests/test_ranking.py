"""The order of candidates: fair, stable, and only from what it says it counts."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from miteinander.foundation.matching.ranking import Standing, ranked

STANDINGS = st.builds(
    Standing,
    key=st.integers(1, 10**6),
    minutes_lately=st.integers(0, 20_000),
    distance_km=st.none() | st.floats(0, 200),
    knows_topic=st.booleans(),
)
MANY = st.lists(STANDINGS, max_size=30, unique_by=lambda row: row.key)


@given(MANY)
def test_everybody_stays_in_and_no_one_before_is_worse(rows: list[Standing]) -> None:
    found = ranked(rows)

    assert {row.key for row in found} == {row.key for row in rows}
    assert all(one.cost <= other.cost for one, other in pairwise(found))


@given(MANY)
def test_the_order_they_come_in_does_not_matter(rows: list[Standing]) -> None:
    assert ranked(rows) == ranked(reversed(rows))


@given(STANDINGS, st.integers(1, 600))
def test_who_gave_more_time_lately_comes_later(row: Standing, more: int) -> None:
    busier = row._replace(key=row.key + 1, minutes_lately=row.minutes_lately + more)

    assert ranked([busier, row]) == [row, busier]


@given(STANDINGS, st.floats(1, 100))
def test_a_longer_way_is_never_better(row: Standing, more: float) -> None:
    near = row._replace(distance_km=row.distance_km or 0.0)
    far = near._replace(key=near.key + 1, distance_km=(near.distance_km or 0.0) + more)

    assert ranked([far, near]) == [near, far]


@given(STANDINGS)
def test_who_knows_the_topic_comes_first_among_equals(row: Standing) -> None:
    new = row._replace(knows_topic=False)
    knows = row._replace(key=row.key + 1, knows_topic=True)

    assert ranked([new, knows]) == [knows, new]


def test_nothing_about_the_person_is_asked_for() -> None:
    assert set(Standing._fields) == {
        "key", "minutes_lately", "distance_km", "knows_topic",
    }  # fmt: skip
