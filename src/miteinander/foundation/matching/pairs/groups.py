"""Groups of three or four for those who would rather meet so; up to six where somebody is left.

Every two of a group keep every rule but the one about sides, which belongs to the group: among
those who said one, both sides are there, unless all of them chose that it does not matter.
Finding the best groups of three is hard (Garey and Johnson, 1979, SP1), so they are grown from
who waits longest, and then improved by exchanges that never break a rule.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from miteinander.foundation.matching.pairs.candidates import candidates
from miteinander.foundation.matching.pairs.parties import Party
from miteinander.foundation.matching.pairs.rules import Rule, unmet

FEWEST, USUAL, MOST = 3, 4, 6
ROUNDS = 10
Links = Mapping[int, Mapping[int, int]]


@dataclass(frozen=True)
class Group:
    """The keys of a group in order, and the sum of the scores of every two of it."""

    keys: tuple[int, ...]
    score: int


def fits(parties: Sequence[Party]) -> bool:
    """Whether these parties may be one pair or one group by all rules."""
    if len(parties) == 2:  # noqa: PLR2004 (a pair)
        return unmet(parties[0], parties[1]) is None
    pairs = combinations(parties, 2)
    is_kept = all(unmet(one, other, without=(Rule.SIDES,)) is None for one, other in pairs)
    return is_kept and len(parties) <= MOST and has_both_sides(parties)


def has_both_sides(parties: Iterable[Party]) -> bool:
    """Whether both sides are there, or all who said theirs chose that it does not matter."""
    said = [party for party in parties if party.side]
    sides = {party.side for party in said}
    return len(sides) != 1 or len(said) == 1 or all(party.same_side_is_fine for party in said)


def groups(parties: Sequence[Party], *, seed: int = 0) -> list[Group]:
    """Return groups of those who want one; nobody is in two, and some may be in none."""
    ordered = sorted((one for one in parties if one.wants_group), key=lambda one: one.key)
    if len(ordered) < FEWEST:
        return []
    people = {party.key: party for party in ordered}
    links = _links(ordered, seed)
    rest = sorted(people, key=lambda key: (-people[key].days_waiting, key))
    found = _grow(rest, people, links)
    found = _take_in(rest, found, people, links)
    _exchange(found, people, links)
    return sorted(
        (Group(tuple(sorted(keys)), _worth(keys, links)) for keys in found),
        key=lambda one: one.keys,
    )


def _links(ordered: Sequence[Party], seed: int) -> Links:
    """Who comes into question for whom; sides are looked at in whole groups."""
    links: dict[int, dict[int, int]] = {party.key: {} for party in ordered}
    one, other, score = candidates(ordered, seed=seed, is_across=False)
    for start, end, worth in zip(one.tolist(), other.tolist(), score.tolist(), strict=True):
        links[ordered[start].key][ordered[end].key] = worth
        links[ordered[end].key][ordered[start].key] = worth
    return links


def _worth(keys: Iterable[int], links: Links) -> int:
    return sum(links[one][other] for one, other in combinations(sorted(keys), 2))


def _grow(rest: list[int], people: Mapping[int, Party], links: Links) -> list[list[int]]:
    """Let groups grow around who waits longest; a group short of a side is not one."""
    free, found = set(rest), []
    for key in rest:
        if key not in free:
            continue
        group = _around(key, free, people, links)
        if group:
            found.append(group)
            free -= set(group)
    return found


def _around(
    key: int, free: set[int], people: Mapping[int, Party], links: Links
) -> list[int] | None:
    group = [key]
    while len(group) < USUAL:
        added = _best_to_add(group, free, people, links)
        if added is None:
            break
        group.append(added)
    has_all = len(group) >= FEWEST and has_both_sides(people[one] for one in group)
    return group if has_all else None


def _best_to_add(
    group: list[int], free: set[int], people: Mapping[int, Party], links: Links
) -> int | None:
    """Who suits everybody there best; while a side is missing, somebody of that side."""
    shared = set(links[group[0]]).intersection(*(links[key] for key in group[1:]))
    options = [key for key in shared & free if key not in group]
    if len(group) >= FEWEST - 1 and not has_both_sides(people[key] for key in group):
        helping = [key for key in options if has_both_sides(people[one] for one in [*group, key])]
        options = helping or options
    return max(options, key=lambda key: (sum(links[key][one] for one in group), -key), default=None)


def _take_in(
    rest: list[int], found: list[list[int]], people: Mapping[int, Party], links: Links
) -> list[list[int]]:
    """Let who is left join the group they suit best, up to six."""
    grouped = {key for group in found for key in group}
    for key in rest:
        if key in grouped:
            continue
        open_to = [
            group for group in found
            if len(group) < MOST and all(one in links[key] for one in group)
            and has_both_sides(people[one] for one in [*group, key])
        ]  # fmt: skip
        if open_to:
            max(open_to, key=lambda group: sum(links[key][one] for one in group)).append(key)
            grouped.add(key)
    return found


def _exchange(found: list[list[int]], people: Mapping[int, Party], links: Links) -> None:
    """Exchange two people of two groups as long as that makes both together better."""
    for _round in range(ROUNDS):
        gains = [
            _exchange_between(one, other, people, links) for one, other in combinations(found, 2)
        ]
        if not any(gains):
            return


def _exchange_between(
    one: list[int], other: list[int], people: Mapping[int, Party], links: Links
) -> bool:
    before = _worth(one, links) + _worth(other, links)
    for place, _key in enumerate(one):
        for spot, _other in enumerate(other):
            new_one = [*one[:place], _other, *one[place + 1 :]]
            new_other = [*other[:spot], _key, *other[spot + 1 :]]
            if not all(_holds(group, people, links) for group in (new_one, new_other)):
                continue
            if _worth(new_one, links) + _worth(new_other, links) > before:
                one[:], other[:] = new_one, new_other
                return True
    return False


def _holds(group: list[int], people: Mapping[int, Party], links: Links) -> bool:
    is_linked = all(other in links[one] for one, other in combinations(group, 2))
    return is_linked and has_both_sides(people[key] for key in group)
