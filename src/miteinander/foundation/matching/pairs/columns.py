"""A whole pool as columns of numbers, so that rules and scores work for millions of pairs.

Says the same as ``rules.unmet`` and ``scores.score``: ``tests/test_pairs.py`` compares them on
random pools. Sets are bits of whole numbers, and what two sets share is counted by a product of
tables of 0 and 1. NumPy is loaded at the first call: most processes never need it.
"""

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

from miteinander.foundation.matching.pairs import scores
from miteinander.foundation.matching.pairs.parties import Party
from miteinander.foundation.matching.pairs.rules import EARTH_KM, IN_PERSON, WISHED

OLDEST = 999
MOST_BITS = 63
KEPT_PLACES = 2048  # distances between so many places are worked out once


class Columns:
    """The pool, prepared once; every method works on blocks of rows by columns.

    ``is_across`` is false where the rule about sides is left out, for groups.

    Raises:
        ValueError: more than 63 languages, ways or parts of a week.
    """

    def __init__(self, parties: Sequence[Party], *, is_across: bool = True) -> None:
        self.np = import_module("numpy")
        self.parties = parties
        self._set_kinds(is_across=is_across)
        self._set_ages()
        self._set_bits()
        self._set_gains()
        self._set_places()
        days = [scores.patience(party.days_waiting) for party in parties]
        self.patience = self.np.array(days, dtype=self.np.int64)
        self.apart = self._apart()

    def _column(self, value_of: Callable[[Party], Any], kind: str = "int64") -> Any:
        return self.np.array([value_of(party) for party in self.parties], dtype=kind)

    def _set_kinds(self, *, is_across: bool) -> None:
        """One bit for who somebody is, and a mask of whom they accept: gender, family, side."""
        kinds = [_kind(party) for party in self.parties]
        found = {kind: 1 << number for number, kind in enumerate(dict.fromkeys(kinds))}
        asked: dict[tuple[Any, ...], int] = {}
        for party in self.parties:
            asked.setdefault(
                _wishes(party),
                sum(bit for kind, bit in found.items()
                    if _accepts(party, kind, is_across=is_across)),
            )  # fmt: skip
        self.kind = self.np.array([found[kind] for kind in kinds], dtype="int64")
        self.accepts = self._column(lambda party: asked[_wishes(party)])

    def _set_ages(self) -> None:
        """Without a span everybody fits, also who has not said an age (-1)."""
        self.age = self._column(lambda one: -1 if one.age is None else one.age, "int16")
        self.youngest = self._column(
            lambda one: -1 if one.age_from is None and one.age_to is None else one.age_from or 0,
            "int16",
        )
        self.oldest = self._column(
            lambda one: OLDEST if one.age_to is None else one.age_to, "int16"
        )
        self.bridge = self._column(lambda one: one.wants_bridge and one.age is not None, "bool")

    def _set_bits(self) -> None:
        tongues = _order(word for one in self.parties for word in one.speaks | one.practises)
        every_way = _order(word for one in self.parties for word in one.ways)
        self.hours = self._column(lambda one: one.hours)
        self.speaks = self._column(lambda one: _bits(one.speaks, tongues))
        self.practises = self._column(lambda one: _bits(one.practises, tongues))
        self.ways = self._column(lambda one: _bits(one.ways, every_way))
        self.in_person = _bits([IN_PERSON], every_way)

    def _set_gains(self) -> None:
        """What somebody gets from another is the product of two rows of these tables."""
        tongues = _order(word for one in self.parties for word in one.speaks | one.practises)
        doings = _order(word for one in self.parties for word in one.wants | one.gives)
        wants, gives = self._table("wants", doings), self._table("gives", doings)
        speaks, practises = self._table("speaks", tongues), self._table("practises", tongues)
        stack = self.np.hstack
        self.gets = stack(
            [wants * scores.OFFERED, wants * scores.SHARED, practises * scores.PRACTISED]
        )
        self.has = stack([gives, wants, speaks])

    def _table(self, name: str, order: dict[str, int]) -> Any:
        table = self.np.zeros((len(self.parties), len(order)), "float32")
        for number, party in enumerate(self.parties):
            for word in getattr(party, name):
                table[number, order[word]] = 1
        return table

    def _set_places(self) -> None:
        """Number the places: few municipalities, so their distances are worked out once."""
        np = self.np
        places = dict.fromkeys(party.place for party in self.parties)
        number = {place: spot for spot, place in enumerate(places)}
        self.place = self._column(lambda one: number[one.place])
        angles = np.radians(np.array([place or (np.nan, np.nan) for place in places]))
        angles = angles.reshape(len(places), 2)
        self.latitude, self.longitude = angles[:, 0], angles[:, 1]
        self.reach = self._column(lambda one: one.reach_km, "float64")
        every = np.arange(len(places))
        self.known_km = self._km(every, every) if len(places) <= KEPT_PLACES else None

    def _apart(self) -> dict[int, list[int]]:
        spot = {party.key: number for number, party in enumerate(self.parties)}
        found: dict[int, list[int]] = {number: [number] for number in range(len(self.parties))}
        for number, party in enumerate(self.parties):
            for key in party.apart & spot.keys():
                found[number].append(spot[key])
                found[spot[key]].append(number)
        return found

    def _km(self, one: Any, other: Any) -> Any:
        np = self.np
        phi, psi = self.latitude[one][:, None], self.latitude[other][None, :]
        lam, mu = self.longitude[one][:, None], self.longitude[other][None, :]
        half = np.sin((psi - phi) / 2) ** 2
        half += np.cos(phi) * np.cos(psi) * np.sin((mu - lam) / 2) ** 2
        return 2 * EARTH_KM * np.arcsin(np.minimum(1.0, np.sqrt(half)))

    def km(self, rows: Any, columns: Any) -> Any:
        """Distances in kilometres; not a number where a place is not known."""
        one, other = self.place[rows], self.place[columns]
        if self.known_km is None:
            return self._km(one, other)
        return self.known_km[one][:, other]

    def may_meet(self, rows: Any, columns: Any, km: Any) -> Any:
        """Return for each pair whether every rule is kept; ``km`` are their distances."""
        np = self.np
        kept = (self.accepts[rows][:, None] & self.kind[columns][None, :]) != 0
        kept &= (self.accepts[columns][None, :] & self.kind[rows][:, None]) != 0
        kept &= (self.hours[rows][:, None] & self.hours[columns][None, :]) != 0
        self._keep_ages(kept, rows, columns)
        self._keep_ages(kept.T, columns, rows)
        ways = self.ways[rows][:, None] & self.ways[columns][None, :]
        reach = np.minimum(self.reach[rows][:, None], self.reach[columns][None, :])
        kept &= ways != 0
        kept &= (ways != self.in_person) | (km <= reach)
        speaks, practises = self.speaks[rows][:, None], self.practises[rows][:, None]
        heard, learnt = self.speaks[columns][None, :], self.practises[columns][None, :]
        kept &= ((speaks & heard) != 0) | (((practises & heard) != 0) & ((speaks & learnt) != 0))
        self._part(kept, rows, columns)
        return kept

    def _keep_ages(self, kept: Any, rows: Any, columns: Any) -> None:
        """Only rows with a span are looked at: most have none."""
        np = self.np
        with_span = np.flatnonzero(self.youngest[rows] >= 0)
        low, high = self.youngest[rows][with_span], self.oldest[rows][with_span]
        age = self.age[columns][None, :]
        kept[with_span] &= (low[:, None] <= age) & (age <= high[:, None])

    def _part(self, kept: Any, rows: Any, columns: Any) -> None:
        """Take out who is kept apart, and everybody with themselves."""
        spot = self.np.full(len(self.parties), -1)
        spot[columns] = self.np.arange(len(columns))
        for number, row in enumerate(rows.tolist()):
            there = spot[self.apart[row]]
            kept[number, there[there >= 0]] = False

    def fit(self, rows: Any, columns: Any, km: Any) -> Any:
        """Return the scores without what waiting adds."""
        np = self.np
        there = self.gets[rows] @ self.has[columns].T
        back = self.has[rows] @ self.gets[columns].T
        whole = np.minimum(there, back)
        whole *= scores.WEAKER
        whole += np.maximum(there, back)
        far = np.rint(np.nan_to_num(np.minimum(km, scores.FARTHEST), nan=0.0)).astype("float32")
        ways = self.ways[rows][:, None] & self.ways[columns][None, :]
        far *= (ways & self.in_person) != 0
        whole -= far
        self._add_bridges(whole, rows, columns)
        return whole.astype("int64") + scores.BASE

    def _add_bridges(self, whole: Any, rows: Any, columns: Any) -> None:
        np = self.np
        one, other = np.flatnonzero(self.bridge[rows]), np.flatnonzero(self.bridge[columns])
        ages, met = self.age[rows][one], self.age[columns][other]
        years = np.abs(ages[:, None] - met[None, :])
        whole[np.ix_(one, other)] += scores.BRIDGE * (years >= scores.BRIDGE_YEARS)


def _order(words: Any) -> dict[str, int]:
    order = {word: place for place, word in enumerate(sorted(set(words)))}
    if len(order) > MOST_BITS:
        raise ValueError("more than 63 different words")
    return order


def _bits(words: Any, order: dict[str, int]) -> int:
    return sum(1 << order[word] for word in words if word in order)


def _kind(party: Party) -> tuple[str, bool, str, bool]:
    is_fine = bool(party.side) and party.same_side_is_fine
    return (party.gender, party.is_family, party.side, is_fine)


def _wishes(party: Party) -> tuple[Any, ...]:
    return (party.gender_wish, party.families_are_fine, party.side, party.same_side_is_fine)


def _accepts(party: Party, kind: tuple[str, bool, str, bool], *, is_across: bool) -> bool:
    gender, is_family, side, is_fine = kind
    if party.gender_wish and (is_family or gender != WISHED[party.gender_wish]):
        return False
    if is_family and not party.families_are_fine:
        return False
    is_same = bool(side) and side == party.side
    return not (is_across and is_same) or (is_fine and party.same_side_is_fine)
