"""Random sequences of everything that can happen to seats, as many as you like.

``promises.py N [--from SEED] [--plant FAULT]`` plays N sequences of about fourteen acts each
(signing up with a party, giving back, offers, approval, draws, another number of seats, another
mix, walk-ins, erasure, time that passes) with the services and with a simple model, on the
database of DATABASE_URL, or on SQLite in a temporary folder. After each act both must agree, and
no promise may be broken. Every sequence is rolled back. ``--plant`` takes a part out on purpose:
then a broken promise must be found, and finding none is the failure.
"""

import argparse
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import stage

ROUND, REPORT = 100, 500


@contextmanager
def world() -> Iterator[object]:
    """Give the people and the occasion, in a transaction that is never committed."""
    from django.db import transaction  # noqa: PLC0415

    from miteinander.encounters.activities.tests.seat_play import Stage, quiet  # noqa: PLC0415

    with transaction.atomic():
        made = Stage()
        with quiet():
            yield made
        transaction.set_rollback(True)


def play_all(first: int, count: int) -> str:
    """Play sequences and return the story of the first broken promise, or nothing."""
    from miteinander.encounters.activities.tests.seat_play import Broken, play  # noqa: PLC0415

    for begin in range(first, first + count, ROUND):
        if begin > first and (begin - first) % REPORT == 0:
            print(f"{begin - first} sequences, none broken", flush=True)
        with world() as made:
            for seed in range(begin, min(begin + ROUND, first + count)):
                try:
                    play(made, seed)
                except Broken as broken:
                    return str(broken)
    return ""


def main() -> int:
    """Play and print how long it took, or what was broken and how to come there."""
    from miteinander.encounters.activities.tests.seat_faults import planted  # noqa: PLC0415

    options = argparse.ArgumentParser(description="Play random sequences of seats.")
    options.add_argument("count", type=int)
    options.add_argument("--from", dest="first", type=int, default=0)
    options.add_argument("--plant", default="")
    given = options.parse_args()
    began = time.monotonic()
    with planted(given.plant):
        story = play_all(given.first, given.count)
    seconds = time.monotonic() - began
    where = os.environ["DATABASE_URL"].partition(":")[0]
    print(story or f"{where}: {given.count} sequences, no broken promise, {seconds:.0f} s")
    return int(bool(story) != bool(given.plant))


if __name__ == "__main__":
    stage.prepare(os.environ.get("DATABASE_URL", ""))
    sys.exit(main())
