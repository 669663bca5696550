"""Pairs: rules never broken, the best whole, and nobody who waits for ever."""

from dataclasses import replace
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from ortools.graph.python import min_cost_flow

from miteinander.foundation.matching.pairs.candidates import TILE, candidates
from miteinander.foundation.matching.pairs.optimum import best_edges, best_pairs
from miteinander.foundation.matching.pairs.parties import Party
from miteinander.foundation.matching.pairs.rules import Rule, bottleneck, unmet
from miteinander.foundation.matching.pairs.scores import gain, score
from miteinander.foundation.matching.tests.pools import broken, pool

EVERY_HOUR = (1 << 21) - 1
POOLS = 120


def somebody(key: int, **more: Any) -> Party:
    """Somebody nearly everybody can meet."""
    plain: dict[str, Any] = {
        "wants": frozenset({"talk"}), "gives": frozenset({"talk"}), "speaks": frozenset({"de"}),
        "hours": EVERY_HOUR, "ways": frozenset({"person"}), "place": (51.3, 9.5), "reach_km": 20,
    }  # fmt: skip
    return Party(key=key, **plain | more)


@pytest.mark.parametrize("seed", range(POOLS))
def test_no_rule_is_broken_in_any_pool(seed: int) -> None:
    """The same for ten thousand pools: ``python bench/tandem_promises.py``."""
    assert broken(seed) == ""


@pytest.mark.parametrize(
    ("one", "other", "rule"),
    [
        ({"apart": frozenset({2})}, {}, Rule.APART),
        ({"side": "local"}, {"side": "local"}, Rule.SIDES),
        ({"side": "local", "same_side_is_fine": True}, {"side": "local"}, Rule.SIDES),
        ({"gender_wish": "women"}, {"gender": "man"}, Rule.GENDER),
        ({"gender_wish": "women"}, {"gender": ""}, Rule.GENDER),
        ({"gender_wish": "women"}, {"gender": "woman", "is_family": True}, Rule.GENDER),
        ({"age_from": 60}, {"age": 59}, Rule.AGE),
        ({"age_to": 30}, {"age": None}, Rule.AGE),
        ({"families_are_fine": False}, {"is_family": True}, Rule.FAMILY),
        ({"hours": 0b01}, {"hours": 0b10}, Rule.TIME),
        ({"ways": frozenset({"phone"})}, {}, Rule.WAY),
        ({"reach_km": 5}, {"place": (51.4, 9.5)}, Rule.DISTANCE),
        ({"place": None}, {}, Rule.DISTANCE),
        ({"speaks": frozenset({"ar"})}, {}, Rule.LANGUAGE),
    ],
)
def test_each_rule_stands_in_the_way_from_both_ends(
    one: dict[str, Any], other: dict[str, Any], rule: Rule
) -> None:
    first, second = somebody(1, **one), somebody(2, **other)
    assert unmet(first, second) == unmet(second, first) == rule
    assert unmet(first, second, without=(rule,)) is None


def test_two_who_want_exactly_each_others_languages_need_no_common_one() -> None:
    arabic = somebody(1, speaks=frozenset({"ar"}), practises=frozenset({"de"}))
    german = somebody(2, practises=frozenset({"ar"}))
    assert unmet(arabic, german) is None
    assert unmet(arabic, replace(german, practises=frozenset())) == Rule.LANGUAGE


def test_far_away_is_fine_by_telephone() -> None:
    far = somebody(2, place=(48.1, 11.6), ways=frozenset({"person", "phone"}))
    assert unmet(somebody(1), far) == Rule.DISTANCE
    assert unmet(somebody(1, ways=frozenset({"phone"})), far) is None


def test_the_weaker_side_counts_more() -> None:
    useful = somebody(1, wants=frozenset(), gives=frozenset({"cook", "walk", "talk"}))
    taker = somebody(2, wants=frozenset({"cook", "walk", "talk"}), gives=frozenset())
    both = [
        somebody(key, wants=frozenset({"cook", "walk"}), gives=frozenset({"cook"}))
        for key in (3, 4)
    ]
    assert gain(taker, useful) > gain(both[0], both[1])
    assert score(*both) > score(useful, taker)


def test_who_waits_long_enough_comes_first() -> None:
    """Two want the same one; the worse pair wins once its waiting outweighs what is missing."""
    wanted = somebody(1, side="local", wants=frozenset({"cook", "walk", "music"}))
    better = somebody(2, side="newcomer", gives=frozenset({"cook", "walk", "music"}))
    days = next(
        days for days in range(10_000)
        if best_pairs(
            [wanted, better, somebody(3, side="newcomer", days_waiting=days)]
        ).pairs[0][1] == 3
    )  # fmt: skip
    assert 0 < days < 60


@pytest.mark.parametrize("count", [0, 1])
def test_nobody_and_one_are_no_pair(count: int) -> None:
    plan = best_pairs([somebody(key) for key in range(count)])
    assert (plan.pairs, plan.unmatched) == ((), tuple(range(count)))


def test_the_same_party_twice_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="twice"):
        best_pairs([somebody(1), somebody(1)])


@pytest.mark.parametrize("seed", range(25))
def test_two_halves_are_solved_as_an_independent_solver_does(seed: int) -> None:
    """Minimum cost flow of OR-Tools, with an arc for staying alone, on the same pairs."""
    parties = [
        replace(one, side="local" if number % 2 else "newcomer", same_side_is_fine=False)
        for number, one in enumerate(pool(seed, 60))
    ]
    edges = candidates(parties)
    plan = best_pairs(parties)
    assert plan.total == plan.bound == flow_total(parties, edges)


def flow_total(parties: list[Party], edges: Any) -> int:
    """Return the greatest sum, by minimum cost flow; every person may stay alone for nothing."""
    solver = min_cost_flow.SimpleMinCostFlow()
    count = len(parties)
    source, sink = count, count + 1
    locals_ = [number for number, one in enumerate(parties) if one.side == "local"]
    for number in range(count):
        ends = (source, number) if number in set(locals_) else (number, sink)
        solver.add_arc_with_capacity_and_unit_cost(*ends, 1, 0)
    for one, other, worth in zip(*(column.tolist() for column in edges), strict=True):
        start, end = (one, other) if parties[one].side == "local" else (other, one)
        solver.add_arc_with_capacity_and_unit_cost(start, end, 1, -worth)
    for number in locals_:
        solver.add_arc_with_capacity_and_unit_cost(number, sink, 1, 0)
    solver.set_node_supply(source, len(locals_))
    solver.set_node_supply(sink, -len(locals_))
    assert solver.solve() == solver.OPTIMAL
    return -int(solver.optimal_cost())


@pytest.mark.parametrize("seed", range(40))
def test_a_graph_of_any_shape_is_solved_as_by_trying_everything(seed: int) -> None:
    chance = np.random.default_rng(seed)
    count = 8
    pairs = [pair for pair in combinations(range(count), 2) if chance.random() < 0.5]
    edges = tuple(
        np.array(column, dtype=np.int64)
        for column in (
            [one for one, _other in pairs], [other for _one, other in pairs],
            chance.integers(1, 50, len(pairs)).tolist(),
        )
    )  # fmt: skip
    chosen, bound = best_edges(count, edges)  # type: ignore[arg-type]
    total = sum(worth for _one, _other, worth in chosen)
    nodes = [node for one, other, _worth in chosen for node in (one, other)]
    assert len(set(nodes)) == len(nodes)
    assert total == bound == best_by_trying(pairs, edges[2].tolist())


def best_by_trying(pairs: list[tuple[int, int]], worths: list[int]) -> int:
    """Return the greatest sum of pairs that share nobody, by trying all."""
    if not pairs:
        return 0
    (one, other), worth = pairs[0], worths[0]
    without = best_by_trying(pairs[1:], worths[1:])
    left = [
        (pair, value) for pair, value in zip(pairs[1:], worths[1:], strict=True)
        if not {one, other} & set(pair)
    ]  # fmt: skip
    with_it = worth + best_by_trying([pair for pair, _v in left], [value for _p, value in left])
    return max(without, with_it)


def test_a_pool_larger_than_a_tile_keeps_every_rule() -> None:
    parties = pool(1, TILE + 300)
    people = {one.key: one for one in parties}

    plan = best_pairs(parties, seed=4)

    assert all(unmet(people[one], people[other]) is None for one, other, _score in plan.pairs)
    assert len(plan.pairs) > TILE // 3
    assert plan.total >= 0.98 * plan.bound


def test_wishes_that_stand_in_the_way_are_counted() -> None:
    men = [somebody(key, gender="man", age=70) for key in range(2, 9)]
    picky = somebody(1, gender_wish="women", age_from=60)

    found = dict(bottleneck(picky, men))

    assert found[Rule.GENDER] == 7
    assert found[Rule.AGE] == found[Rule.TIME] == 0
