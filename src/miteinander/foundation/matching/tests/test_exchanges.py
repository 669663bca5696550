"""Improving groups breaks no rule and leaves nothing to exchange; nobody rare is overlooked."""

import random
from collections.abc import Sequence
from itertools import combinations, product

import pytest

from miteinander.foundation.matching.pairs.candidates import TILE, candidates
from miteinander.foundation.matching.pairs.groups import fits, groups
from miteinander.foundation.matching.pairs.parties import Party
from miteinander.foundation.matching.pairs.scores import score

WORDS = ("talk", "cook", "walk", "music", "garden", "repair")


def willing(seed: int) -> list[Party]:
    """Return people who suit each other more or less, and fewer locals than newcomers."""
    chance = random.Random(seed)  # noqa: S311 (a test, not a secret)
    return [
        Party(
            key=key, side="local" if chance.random() < 0.35 else "newcomer", wants_group=True,
            wants=frozenset(chance.sample(WORDS, 3)), gives=frozenset(chance.sample(WORDS, 3)),
            speaks=frozenset({"de"}), ways=frozenset({"phone"}),
            hours=sum(1 << part for part in chance.sample(range(6), 4)),
        )
        for key in range(18)
    ]  # fmt: skip


def worth(parties: Sequence[Party]) -> int:
    return sum(score(one, other) for one, other in combinations(parties, 2))


@pytest.mark.parametrize("seed", range(40))
def test_no_exchange_of_two_that_keeps_the_rules_is_left(seed: int) -> None:
    party = {one.key: one for one in willing(seed)}
    found = [[party[key] for key in group.keys] for group in groups(list(party.values()))]
    assert found
    for group in found:
        assert fits(group)
    for one, other in combinations(found, 2):
        for place, spot in product(range(len(one)), range(len(other))):
            new_one = [*one[:place], other[spot], *one[place + 1 :]]
            new_other = [*other[:spot], one[place], *other[spot + 1 :]]
            if fits(new_one) and fits(new_other):
                assert worth(new_one) + worth(new_other) <= worth(one) + worth(other)


def test_in_a_large_pool_the_only_one_who_fits_is_found() -> None:
    """Pairs with a language of their own, at the two ends of the district."""
    tongues = ("so", "ti", "ps", "ka", "am")
    rare = [
        Party(
            key=number, side=("local", "newcomer")[number % 2], hours=1,
            speaks=frozenset({tongues[number // 2]}), ways=frozenset({"phone"}),
            place=((51.17, 9.1), (51.65, 9.7))[number % 2],
        )
        for number in range(2 * len(tongues))
    ]  # fmt: skip
    many = [
        Party(
            key=len(rare) + number, side=("local", "newcomer")[number % 2], hours=1,
            speaks=frozenset({"de"}), ways=frozenset({"phone"}), place=(51.2 + number / 9000, 9.4),
        )
        for number in range(2 * TILE)
    ]  # fmt: skip
    one, other, _score = candidates([*rare, *many])
    found = set(zip(one.tolist(), other.tolist(), strict=True))
    assert {(number, number + 1) for number in range(0, len(rare), 2)} <= found
