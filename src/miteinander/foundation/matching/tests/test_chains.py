"""Chains and circles of a half-whole plan: each is solved as by trying every choice."""

import random

import pytest

from miteinander.foundation.matching.pairs.chains import best_of_chains

Steps = dict[tuple[int, int], int]


def best_by_trying(steps: list[tuple[tuple[int, int], int]]) -> int:
    """Return the greatest sum of steps that share no node."""
    if not steps:
        return 0
    (pair, worth), *rest = steps
    apart = [(other, value) for other, value in rest if not set(pair) & set(other)]
    return max(best_by_trying(rest), worth + best_by_trying(apart))


def invented(seed: int) -> Steps:
    """Return some chains and some circles of two to seven nodes."""
    chance = random.Random(seed)  # noqa: S311 (a test, not a secret)
    steps: Steps = {}
    start = 0
    for _part in range(chance.randint(1, 3)):
        nodes = list(range(start, start + chance.randint(2, 7)))
        start += len(nodes)
        ends = [*nodes[1:], nodes[0]] if chance.random() < 0.6 else nodes[1:]
        for one, other in zip(nodes, ends, strict=False):
            steps[one, other] = chance.randint(1, 50)
    return steps


@pytest.mark.parametrize("seed", range(150))
def test_no_other_choice_is_better(seed: int) -> None:
    steps = invented(seed)
    chosen = best_of_chains(steps)
    nodes = [node for one, other, _worth in chosen for node in (one, other)]
    assert len(set(nodes)) == len(nodes)
    assert sum(worth for _one, _other, worth in chosen) == best_by_trying(list(steps.items()))


def test_a_circle_of_three_keeps_its_dearest_step() -> None:
    assert best_of_chains({(0, 1): 5, (1, 2): 7, (2, 0): 6}) == [(1, 2, 7)]


def test_a_circle_of_four_is_split_the_better_way() -> None:
    assert best_of_chains({(0, 1): 5, (1, 2): 6, (2, 3): 5, (3, 0): 6}) == [(0, 3, 6), (1, 2, 6)]
