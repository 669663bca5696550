"""The rules nothing outweighs: who may be brought together at all.

Every rule looks at both in the same way, so that it does not matter who comes first.
``columns`` says the same for whole pools at once; a test compares the two.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from enum import StrEnum
from math import asin, cos, radians, sin, sqrt

from miteinander.foundation.matching.pairs.parties import Party

EARTH_KM = 6371.0088  # mean radius, IUGG 1980
IN_PERSON = "person"
WISHED = {"women": "woman", "men": "man"}


class Rule(StrEnum):
    """A rule that can stand in the way."""

    APART = "apart"
    SIDES = "sides"
    GENDER = "gender"
    AGE = "age"
    FAMILY = "family"
    TIME = "time"
    WAY = "way"
    DISTANCE = "distance"
    LANGUAGE = "language"


def distance(one: Party, other: Party) -> float | None:
    """Return the distance in kilometres as the crow flies, None where a place is not known.

    Haversine formula, R. W. Sinnott, Sky and Telescope 68, 1984.
    """
    if one.place is None or other.place is None:
        return None
    (phi, lam), (psi, mu) = [tuple(map(radians, place)) for place in (one.place, other.place)]
    half = sin((psi - phi) / 2) ** 2 + cos(phi) * cos(psi) * sin((mu - lam) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(half)))


def _are_not_apart(one: Party, other: Party) -> bool:
    return one.key != other.key and other.key not in one.apart and one.key not in other.apart


def _are_across(one: Party, other: Party) -> bool:
    """The two sides meet; who has not said a side meets anybody."""
    if not one.side or not other.side or one.side != other.side:
        return True
    return one.same_side_is_fine and other.same_side_is_fine


def _suits_gender(one: Party, other: Party) -> bool:
    """A wish needs the other's word; a family is no single woman or man."""
    if not one.gender_wish:
        return True
    return not other.is_family and other.gender == WISHED[one.gender_wish]


def _suits_age(one: Party, other: Party) -> bool:
    if one.age_from is None and one.age_to is None:
        return True
    if other.age is None:
        return False
    lowest = one.age_from if one.age_from is not None else 0
    highest = one.age_to if one.age_to is not None else other.age
    return lowest <= other.age <= highest


def _suits_family(one: Party, other: Party) -> bool:
    return one.families_are_fine or not other.is_family


def _have_time(one: Party, other: Party) -> bool:
    return bool(one.hours & other.hours)


def _share_way(one: Party, other: Party) -> bool:
    return bool(one.ways & other.ways)


def _are_near(one: Party, other: Party) -> bool:
    """Both can go as far, unless they share a way to meet from home."""
    if one.ways & other.ways != {IN_PERSON}:
        return True
    km = distance(one, other)
    return km is not None and km <= min(one.reach_km, other.reach_km)


def _can_talk(one: Party, other: Party) -> bool:
    """A language both speak, or each practises one the other speaks."""
    if one.speaks & other.speaks:
        return True
    return bool(one.practises & other.speaks and other.practises & one.speaks)


_Test = Callable[[Party, Party], bool]


def _both(test: _Test) -> _Test:
    return lambda one, other: test(one, other) and test(other, one)


_TESTS: dict[Rule, _Test] = {
    Rule.APART: _are_not_apart,
    Rule.SIDES: _are_across,
    Rule.GENDER: _both(_suits_gender),
    Rule.AGE: _both(_suits_age),
    Rule.FAMILY: _both(_suits_family),
    Rule.TIME: _have_time,
    Rule.WAY: _share_way,
    Rule.DISTANCE: _are_near,
    Rule.LANGUAGE: _can_talk,
}


def unmet(one: Party, other: Party, without: Collection[Rule] = ()) -> Rule | None:
    """Return the first rule that stands between two parties, None where they may meet.

    ``without`` leaves rules out: sides are a matter of a whole group, for example.
    """
    for rule, test in _TESTS.items():
        if rule not in without and not test(one, other):
            return rule
    return None


_WITHOUT: dict[Rule, Callable[[Party], Party]] = {
    Rule.SIDES: lambda party: replace(party, same_side_is_fine=True),
    Rule.GENDER: lambda party: replace(party, gender_wish=""),
    Rule.AGE: lambda party: replace(party, age_from=None, age_to=None),
    Rule.FAMILY: lambda party: replace(party, families_are_fine=True),
    Rule.TIME: lambda party: replace(party, hours=-1),
    Rule.WAY: lambda party: replace(party, ways=party.ways | {IN_PERSON, "online", "phone"}),
    Rule.DISTANCE: lambda party: replace(party, reach_km=float("inf")),
}


def bottleneck(party: Party, pool: Sequence[Party]) -> list[tuple[Rule, int]]:
    """Tell how many of ``pool`` would fit if ``party`` gave up one wish, for each wish.

    The wish that helps most comes first. What others wish is never given up: their own answers
    decide. A language more is counted as one that everybody speaks.
    """
    every = frozenset(code for other in pool for code in other.speaks)
    eased = {rule: change(party) for rule, change in _WITHOUT.items()}
    eased[Rule.LANGUAGE] = replace(party, speaks=party.speaks | every)
    counts = {
        rule: sum(1 for other in pool if unmet(own, other) is None) for rule, own in eased.items()
    }
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))
