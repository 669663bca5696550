"""Simulates a year of tandems: people come and go, and are brought together each week.

The same arrivals, three ways: the whole pool at its best each week; first come, first served as it
is done by hand: whoever comes gets the best of those who wait; and a strict queue: who has waited
longest gets the first who fits. A tandem lasts 4 to 30 weeks; then both may come back. Counted
are the waits of people whom at least eight others of the year fit: the others wait for somebody who
never came, whatever the way. Prints for each seed the longest and the mean wait in days and the
sum of scores, and the mean ratio of the longest waits. Run: ``python bench/tandem_year.py``.
"""

import heapq
import random
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import combinations
from statistics import fmean

from people import homes, invent

from miteinander.foundation.matching.pairs.optimum import best_pairs
from miteinander.foundation.matching.pairs.parties import Party
from miteinander.foundation.matching.pairs.rules import unmet
from miteinander.foundation.matching.pairs.scores import patience, score

SEEDS = (11, 12, 13, 14, 15, 16)
WEEKS, WEEK = 52, 7
ARRIVALS = (4, 12)  # people in a week
LOCAL = 0.45
GIVES_UP = 0.01  # of those who wait, in a week
COMES_BACK = 0.4
LASTS = (4, 30)  # weeks
FEW = 8
LIMIT = 0.7  # the longest wait against first come, first served
Pairs = list[tuple[int, int]]
Match = Callable[[list[Party]], Pairs]


def at_best(pool: list[Party]) -> Pairs:
    """Bring the whole pool together."""
    return [(one, other) for one, other, _score in best_pairs(pool, seed=1).pairs]


def on_arrival(pool: list[Party]) -> Pairs:
    """Give each who is new the best of those who wait."""
    free = {one.key: one for one in pool}
    found: Pairs = []
    for one in sorted(pool, key=lambda one: one.key):
        if one.days_waiting or one.key not in free:
            continue
        options = [(fit(one, other), -other.key) for other in free.values()
                   if unmet(one, other) is None]  # fmt: skip
        if options:
            found.append((one.key, -max(options)[1]))
            del free[one.key], free[found[-1][1]]
    return found


def in_a_queue(pool: list[Party]) -> Pairs:
    """Give each, who waits longest first, the first in the queue who fits."""
    queue = sorted(pool, key=lambda one: (-one.days_waiting, one.key))
    found: Pairs = []
    while queue:
        first = queue.pop(0)
        place = next((n for n, other in enumerate(queue) if unmet(first, other) is None), None)
        if place is not None:
            found.append((first.key, queue.pop(place).key))
    return found


def fit(one: Party, other: Party) -> int:
    """The score without what waiting adds."""
    return score(one, other) - patience(one.days_waiting) - patience(other.days_waiting)


@dataclass
class Year:
    """A year as it goes: who is in the pool since which week, who comes back when."""

    seed: int
    people: dict[int, Party] = field(default_factory=dict)
    since: dict[int, int] = field(default_factory=dict)
    back: list[tuple[int, int]] = field(default_factory=list)
    waits: list[tuple[int, int]] = field(default_factory=list)
    total: int = 0

    def pass_by(self, match: Match) -> None:
        """Let the whole year pass; who waits at its end counts with the wait so far."""
        chance = random.Random(self.seed)  # noqa: S311 (not a secret)
        places = homes(chance)
        for week in range(WEEKS):
            for _number in range(chance.randint(*ARRIVALS)):
                self._arrive(week, places)
            self._come_and_go(week)
            waiting = [
                replace(self.people[key], days_waiting=(week - begun) * WEEK)
                for key, begun in self.since.items()
            ]
            for one, other in match(waiting):
                self._meet(week, one, other)
        for key in list(self.since):
            self._stop_waiting(WEEKS, key)

    def fate(self, key: int, what: str) -> random.Random:
        """What happens to somebody is the same whichever way people are matched."""
        return random.Random(f"{self.seed}:{key}:{what}")  # noqa: S311 (not a secret)

    def _arrive(self, week: int, places: list[tuple[float, float]]) -> None:
        key = len(self.people)
        own = self.fate(key, "who")
        self.people[key] = invent(own, key, places, is_local=own.random() < LOCAL)
        self.since[key] = week

    def _come_and_go(self, week: int) -> None:
        while self.back and self.back[0][0] <= week:
            self.since[heapq.heappop(self.back)[1]] = week
        for key in list(self.since):
            if self.fate(key, f"gives up {week}").random() < GIVES_UP:
                self._stop_waiting(week, key)

    def _stop_waiting(self, week: int, key: int) -> None:
        self.waits.append((key, (week - self.since.pop(key)) * WEEK))

    def _meet(self, week: int, one: int, other: int) -> None:
        self.total += fit(self.people[one], self.people[other])
        end = week + self.fate(one, f"lasts {week}").randint(*LASTS)
        for key, mate in ((one, other), (other, one)):
            self._stop_waiting(week, key)
            self.people[key] = replace(self.people[key], apart=self.people[key].apart | {mate})
            if self.fate(key, f"comes back {week}").random() < COMES_BACK:
                heapq.heappush(self.back, (end, key))


def year_of(seed: int, match: Match) -> Year:
    """Simulate one year."""
    year = Year(seed)
    year.pass_by(match)
    return year


def who_could(year: Year) -> set[int]:
    """Return whom at least eight others of the year would fit."""
    everybody = [replace(one, apart=frozenset()) for one in year.people.values()]
    fitting: Counter[int] = Counter()
    for one, other in combinations(everybody, 2):
        if unmet(one, other) is None:
            fitting.update((one.key, other.key))
    return {key for key, count in fitting.items() if count >= FEW}


def main() -> int:
    """Print all ways for each seed; 1 where the longest wait is not 30 % shorter on average."""
    ways: dict[str, Match] = {
        "whole pool": at_best, "first come": on_arrival, "strict queue": in_a_queue,
    }  # fmt: skip
    ratios: dict[str, list[float]] = {name: [] for name in ways}
    for seed in SEEDS:
        years = {name: year_of(seed, match) for name, match in ways.items()}
        could = who_could(years["whole pool"])
        waits = {name: [days for key, days in year.waits if key in could]
                 for name, year in years.items()}  # fmt: skip
        for name, year in years.items():
            ratios[name].append(max(waits["whole pool"]) / max(waits[name]))
            print(f"seed {seed} {name}: longest {max(waits[name])} days, "
                  f"mean {fmean(waits[name]):.1f}, {len(waits[name])} waits, sum {year.total}",
                  flush=True)  # fmt: skip
    for name in ("first come", "strict queue"):
        print(f"longest wait against {name}: {fmean(ratios[name]):.2f} (mean of {len(SEEDS)})")
    return 0 if fmean(ratios["first come"]) <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
