"""Assigning together costs what another hand's solver says it costs at best."""

import random

import pytest
from ortools.graph.python import min_cost_flow

from miteinander.foundation.matching.together import assigned_together

NOBODY = 10_000
Costs = dict[int, dict[str, int]]


def cheapest_by_flow(costs: Costs, nobody: int) -> int:
    """Return the least total cost by OR-Tools: a flow from each job to a worker or to nobody."""
    workers = sorted({worker for row in costs.values() for worker in row})
    place = {worker: len(costs) + number for number, worker in enumerate(workers)}
    end = len(costs) + len(workers)
    flow = min_cost_flow.SimpleMinCostFlow()
    for number, row in enumerate(costs.values()):
        flow.set_node_supply(number, 1)
        flow.add_arc_with_capacity_and_unit_cost(number, end, 1, nobody)
        for worker, cost in row.items():
            flow.add_arc_with_capacity_and_unit_cost(number, place[worker], 1, cost)
    for worker in workers:
        flow.add_arc_with_capacity_and_unit_cost(place[worker], end, 1, 0)
    flow.set_node_supply(end, -len(costs))
    assert flow.solve() == flow.OPTIMAL
    return int(flow.optimal_cost())


def total(costs: Costs, chosen: dict[int, str], nobody: int) -> int:
    return sum(costs[job][chosen[job]] if job in chosen else nobody for job in costs)


def invented(seed: int) -> Costs:
    """Return up to 40 jobs and 30 workers, some jobs without anybody who could do them."""
    chance = random.Random(seed)  # noqa: S311 (a test, not a secret)
    workers = [f"w{number}" for number in range(chance.randint(1, 30))]
    return {
        job: {
            worker: chance.randint(-60, 900)
            for worker in chance.sample(workers, chance.randint(0, min(8, len(workers))))
        }
        for job in range(chance.randint(0, 40))
    }


@pytest.mark.parametrize("nobody", [0, 300, NOBODY])
@pytest.mark.parametrize("seed", range(60))
def test_the_cost_is_the_optimum_of_another_solver(seed: int, nobody: int) -> None:
    costs = invented(seed)
    chosen = assigned_together(costs, nobody=nobody)
    assert len(set(chosen.values())) == len(chosen)
    assert all(worker in costs[job] for job, worker in chosen.items())
    if costs:
        assert total(costs, chosen, nobody) == cheapest_by_flow(costs, nobody)


def test_who_is_best_for_both_goes_where_it_saves_most() -> None:
    costs = {"a": {"x": 1, "y": 2}, "b": {"x": 1, "y": 50}}
    assert assigned_together(costs, nobody=NOBODY) == {"a": "y", "b": "x"}


def test_nobody_is_sent_who_cannot() -> None:
    assert assigned_together({"a": {}, "b": {}}, nobody=NOBODY) == {}
    assert assigned_together({"a": {"x": 5}, "b": {"x": 4}}, nobody=NOBODY) == {"b": "x"}


def test_costs_beyond_exact_sums_are_refused() -> None:
    with pytest.raises(OverflowError):
        assigned_together({"a": {"x": 2**60}}, nobody=0)
