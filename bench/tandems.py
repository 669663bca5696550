"""Times bringing a whole pool together, and shows that it is worth it.

Prints seconds and peak memory for 10,000 people of each side, candidates included; the total
beside OR-Tools' minimum cost flow on the same pairs of 1,000 of each side; the total beside first
come, first served on the same pool (the first in the queue who fits; and, for comparison, the best
who is free); and seconds from 1,000 to 100,000 people. Each size runs in a
process of its own. Run: ``python bench/tandems.py``.
"""

import json
import resource
import subprocess
import sys
import time
from pathlib import Path

from people import invented

from miteinander.foundation.matching.pairs.candidates import candidates
from miteinander.foundation.matching.pairs.optimum import best_pairs
from miteinander.foundation.matching.pairs.parties import Party
from miteinander.foundation.matching.pairs.rules import unmet
from miteinander.foundation.matching.pairs.scores import score
from miteinander.foundation.matching.tests.test_pairs import flow_total

SEED = 5
WHOLE, SMALL = 20_000, 2_000
SIZES = (1_000, 3_000, 10_000, 30_000, 100_000)
LIMIT_SECONDS, LIMIT_MB, LIMIT_GAIN = 20, 1024, 1.2


def first_come(parties: list[Party]) -> int:
    """Serve each in the order they came with the first in the queue who fits; return the sum."""
    queue = sorted(parties, key=lambda one: (-one.days_waiting, one.key))
    total = 0
    while queue:
        first = queue.pop(0)
        place = next((n for n, other in enumerate(queue) if unmet(first, other) is None), None)
        if place is not None:
            total += score(first, queue.pop(place))
    return total


def best_first(parties: list[Party]) -> int:
    """Serve each in the order they came with the best who is free; return the sum."""
    queue = sorted(parties, key=lambda one: (-one.days_waiting, one.key))
    total = 0
    while queue:
        first = queue.pop(0)
        options = [(score(first, other), n) for n, other in enumerate(queue)
                   if unmet(first, other) is None]  # fmt: skip
        if options:
            best, place = max(options)
            queue.pop(place)
            total += best
    return total


def measure(count: int) -> dict[str, float]:
    """Match ``count`` people in this process; return seconds, megabytes and pairs."""
    parties = invented(count, SEED)
    begin = time.perf_counter()
    plan = best_pairs(parties, seed=SEED)
    seconds = time.perf_counter() - begin
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": seconds, "mb": peak, "pairs": len(plan.pairs), "total": plan.total}


def in_own_process(count: int) -> dict[str, float]:
    """Measure one size alone, so that memory of another does not count."""
    command = [sys.executable, str(Path(__file__).resolve()), str(count)]
    told = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(told.stdout)
    return found


def main() -> int:
    """Print every figure; 1 where an aim was missed."""
    if len(sys.argv) > 1:
        print(json.dumps(measure(int(sys.argv[1]))))
        return 0
    parties = invented(SMALL, SEED)
    plan, flow = best_pairs(parties, seed=SEED), flow_total(parties, candidates(parties, seed=SEED))
    served = first_come(parties)
    print(f"1,000 x 1,000: total {plan.total}, OR-Tools {flow} on the same pairs")
    print(f"first come, first served: {served}; ratio {plan.total / served:.2f}")
    choosy = best_first(parties)
    print(f"the same, each with the best who is free: {choosy}; ratio {plan.total / choosy:.2f}")
    for count in SIZES:
        found = in_own_process(count)
        print(f"{count:>7} people: {found['seconds']:6.2f} s, {found['mb']:5.0f} MB", flush=True)
    whole = in_own_process(WHOLE)
    print(f"10,000 x 10,000: {whole['seconds']:.1f} s, {whole['mb']:.0f} MB")
    holds = [
        plan.total == flow, plan.total >= LIMIT_GAIN * served,
        whole["seconds"] < LIMIT_SECONDS, whole["mb"] < LIMIT_MB,
    ]  # fmt: skip
    return 0 if all(holds) else 1


if __name__ == "__main__":
    sys.exit(main())
