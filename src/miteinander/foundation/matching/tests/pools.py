"""Random pools, and what must hold of every one of them."""

import random
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from miteinander.foundation.matching.pairs.candidates import candidates
from miteinander.foundation.matching.pairs.groups import fits, groups
from miteinander.foundation.matching.pairs.optimum import Plan, best_pairs
from miteinander.foundation.matching.pairs.parties import Party
from miteinander.foundation.matching.pairs.rules import unmet
from miteinander.foundation.matching.pairs.scores import score

DOINGS = ("talk", "language", "cook", "walk", "sport", "music", "town", "garden")
TONGUES = ("de", "ar", "uk", "fa", "en")
PLACES = ((51.32, 9.5), (51.41, 9.42), (51.26, 9.29), (51.5, 9.4), None)
LARGEST = 24


def some(chance: random.Random, words: Sequence[str], most: int) -> frozenset[str]:
    """Return some of ``words``, at least one."""
    return frozenset(chance.sample(words, chance.randint(1, most)))


def party(chance: random.Random, key: int, others: Sequence[int] = ()) -> Party:
    """Make somebody up, with every kind of wish and with things not said."""
    age = chance.choice([None, chance.randint(14, 90)])
    span = chance.choice([(None, None), (None, None), (18, 40), (60, None), (None, 50)])
    return Party(
        key=key,
        side=chance.choice(["local", "newcomer", "local", "newcomer", ""]),
        same_side_is_fine=chance.random() < 0.3,
        wants=some(chance, DOINGS, 4), gives=some(chance, DOINGS, 4),
        speaks=some(chance, TONGUES, 2), practises=some(chance, TONGUES, 2),
        hours=chance.randrange(1, 1 << 21), ways=some(chance, ("person", "online", "phone"), 2),
        place=chance.choice(PLACES), reach_km=chance.choice([5, 10, 20, 40]),
        gender=chance.choice(["woman", "man", "other", ""]),
        gender_wish=chance.choice(["", "", "", "women", "men"]),
        age=age, age_from=span[0], age_to=span[1],
        is_family=chance.random() < 0.15, families_are_fine=chance.random() < 0.8,
        wants_bridge=chance.random() < 0.5, wants_group=chance.random() < 0.4,
        days_waiting=chance.randint(0, 200),
        apart=frozenset(one for one in others if chance.random() < 0.05),
    )  # fmt: skip


def pool(seed: int, size: int = 0) -> list[Party]:
    """Make a pool up; the same seed gives the same one."""
    chance = random.Random(seed)  # noqa: S311 (not a secret)
    size = size or chance.randint(0, LARGEST)
    return [party(chance, key * 3 + 1, range(1, size * 3, 3)) for key in range(size)]


def broken(seed: int) -> str:
    """Check one random pool; return what does not hold, or nothing."""
    parties = pool(seed)
    chance = random.Random(seed)  # noqa: S311 (not a secret)
    plan = best_pairs(parties, seed=seed)
    gone = chance.choice(parties).key if parties else 0
    rest = [one for one in parties if one.key != gone]
    shuffled = chance.sample(parties, len(parties))
    checks = {
        "a rule is broken": _keeps_rules(parties, plan),
        "a rule is broken after somebody left": _keeps_rules(rest, best_pairs(rest, seed=seed)),
        "the order of the pool matters": plan == best_pairs(shuffled, seed=seed),
        "the bound is below the total": plan.total <= plan.bound,
        "a group breaks a rule": _groups_fit(parties, seed),
        "columns and rules differ": _columns_agree(parties),
        "the two ends see different scores": _is_symmetric(parties),
        "a gift lowered a score": _gifts_help(parties, chance),
    }
    return ", ".join(what for what, holds in checks.items() if not holds)


def _keeps_rules(parties: Sequence[Party], plan: Plan) -> bool:
    people = {one.key: one for one in parties}
    paired = [key for one, other, _score in plan.pairs for key in (one, other)]
    is_whole = sorted([*paired, *plan.unmatched]) == sorted(people)
    return is_whole and all(
        unmet(people[one], people[other]) is None and worth == score(people[one], people[other])
        for one, other, worth in plan.pairs
    )


def _groups_fit(parties: Sequence[Party], seed: int) -> bool:
    people = {one.key: one for one in parties}
    found = groups(parties, seed=seed)
    keys = [key for group in found for key in group.keys]
    return len(set(keys)) == len(keys) and all(
        fits([people[key] for key in group.keys]) and len(group.keys) > 2 for group in found
    )


def _columns_agree(parties: Sequence[Party]) -> bool:
    if len(parties) < 2:
        return True
    one, other, worth = candidates(parties, most=LARGEST)
    edges = dict(zip(zip(one.tolist(), other.tolist(), strict=True), worth.tolist(), strict=True))
    return edges == {
        (start, end): score(parties[start], parties[end])
        for start, end in combinations(range(len(parties)), 2)
        if unmet(parties[start], parties[end]) is None
    }


def _is_symmetric(parties: Sequence[Party]) -> bool:
    return all(
        score(one, other) == score(other, one) and unmet(one, other) == unmet(other, one)
        for one, other in combinations(parties, 2)
    )


def _gifts_help(parties: Sequence[Party], chance: random.Random) -> bool:
    for one, other in combinations(parties, 2):
        more = replace(one, gives=one.gives | {chance.choice(DOINGS)})
        if score(more, other) < score(one, other):
            return False
    return True
