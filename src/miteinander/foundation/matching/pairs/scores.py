"""How well two parties suit each other: a whole number, the same from both ends.

What each of the two would get counts, and the smaller of the two counts three times, so that
nobody is merely useful. All weights stand here; they are a choice, not a measurement.
"""

from miteinander.foundation.matching.pairs.parties import Party
from miteinander.foundation.matching.pairs.rules import IN_PERSON, distance

BASE = 100  # any meeting is worth more than none
OFFERED, SHARED, PRACTISED = 12, 4, 15  # wish the other gives, wish of both, language to practise
WEAKER = 3
FARTHEST = 40  # kilometres: beyond, the way counts no more
BRIDGE, BRIDGE_YEARS = 20, 25
PER_DAY, PER_SQUARE = 2, 30  # see bench/tandem_year.py


def gain(one: Party, other: Party) -> int:
    """What ``one`` would get from ``other``; more gifts of ``other`` never make it less."""
    offered = len(one.wants & other.gives)
    shared = len(one.wants & other.wants)
    practised = len(one.practises & other.speaks)
    return OFFERED * offered + SHARED * shared + PRACTISED * practised


def patience(days: int) -> int:
    """What waiting adds: without bound and ever faster, so that nobody waits for ever."""
    return PER_DAY * days + days * days // PER_SQUARE


def score(one: Party, other: Party) -> int:
    """Return how good it would be to bring these two together; the rules are not looked at."""
    gains = sorted((gain(one, other), gain(other, one)))
    whole = BASE + WEAKER * gains[0] + gains[1]
    km = distance(one, other)
    if IN_PERSON in one.ways & other.ways and km is not None:
        whole -= min(FARTHEST, round(km))
    if is_bridge(one, other):
        whole += BRIDGE
    return whole + patience(one.days_waiting) + patience(other.days_waiting)


def is_bridge(one: Party, other: Party) -> bool:
    """Whether both like to meet across generations, and would: 25 years or more between them."""
    if not (one.wants_bridge and other.wants_bridge) or one.age is None or other.age is None:
        return False
    return abs(one.age - other.age) >= BRIDGE_YEARS
