"""The draw: 10,000 people who asked for seats at 200 dates, on SQLite and PostgreSQL.

Prints the time of the order alone (numbers and sorting, without a database) and of the whole: the
clock finds the dates, counts the lots of everybody, draws, writes every row, records and tells.
The aim is under 2 seconds for the whole. Afterwards every promise about seats is proven, and a
second turn of the clock must change nothing.
"""

import secrets
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import stage

AIM = 2.0
APPLICANTS, DATES = 10_000, 200
SIDES = ("local", "newcomer", "undisclosed")


def order_alone() -> float:
    """Measure how long the order of all draws takes."""
    from miteinander.encounters.activities.services.seats.lots import drawn_order  # noqa: PLC0415

    share = APPLICANTS // DATES
    began = time.perf_counter()
    for date in range(DATES):
        drawn_order(f"seed {date}", {date * share + n: 1 + n % 5 for n in range(share)})
    return time.perf_counter() - began


def applicants() -> None:
    """Let each of 2,500 people ask for seats at four dates, some with somebody else."""
    from miteinander.community.people.models import Person  # noqa: PLC0415
    from miteinander.encounters.activities.models import (  # noqa: PLC0415
        Activity,
        ActivityDate,
        Participation,
    )
    from miteinander.foundation.core import clock  # noqa: PLC0415

    now = clock.now()
    starts = now + timedelta(hours=70)
    Activity.objects.update(giving="draw", local_share=40, newcomer_share=40, release_hours=24)
    ActivityDate.objects.update(
        starts_at=starts, ends_at=starts + timedelta(hours=2), capacity=20, kept_local=8,
        kept_newcomer=8,
    )  # fmt: skip
    people = Person.objects.bulk_create(
        Person(name=f"Gast {n}", email=f"gast{n}@example.org", created_at=now)
        for n in range(APPLICANTS // 4)
    )
    keys = list(ActivityDate.objects.order_by("pk").values_list("pk", flat=True))
    Participation.objects.bulk_create(
        (
            Participation(
                date_id=keys[n % DATES], person=people[n // 4], token=secrets.token_hex(12),
                language="de", way="guest", status="applied", signed_up_at=now,
                side=SIDES[n % 3], companions=n % 2,
            )
            for n in range(APPLICANTS)
        ),
        batch_size=500,
    )  # fmt: skip


def measure(url: str) -> int:
    """Measure on one database."""
    stage.prepare("" if url == "sqlite" else url)
    from seed import seed  # noqa: PLC0415

    from miteinander.encounters.activities.models import Participation  # noqa: PLC0415
    from miteinander.encounters.activities.services.seats import proof, upkeep  # noqa: PLC0415
    from miteinander.foundation.core import clock  # noqa: PLC0415
    from miteinander.foundation.core.permissions import SystemActor  # noqa: PLC0415

    seed(dates=DATES)
    applicants()
    actor = SystemActor("bench")
    alone = order_alone()
    began = time.perf_counter()
    upkeep.turn_the_clock(actor=actor, now=clock.now())
    whole = time.perf_counter() - began
    fields = ("pk", "status", "draw_rank", "seats_local", "seats_newcomer", "seats_open")
    drawn = list(Participation.objects.order_by("pk").values_list(*fields))
    upkeep.turn_the_clock(actor=actor, now=clock.now())
    is_same = drawn == list(Participation.objects.order_by("pk").values_list(*fields))
    broken = proof.broken_promises(now=clock.now())
    lucky = sum(row[1] == "signed_up" for row in drawn)
    waiting = sum(row[1] == "waiting" for row in drawn)
    name = "SQLite" if url == "sqlite" else "PostgreSQL"
    print(
        f"{name:10} order {alone * 1000:.0f} ms, whole {whole:.2f} s (aim {AIM:.0f} s); "
        f"{lucky} with a seat, {waiting} wait, {len(broken)} broken promises"
    )
    is_complete = lucky + waiting == APPLICANTS and all(row[2] for row in drawn)
    return int(whole > AIM or bool(broken) or not is_same or not is_complete)


def main() -> int:
    """Measure on both databases, each in a process of its own."""
    if len(sys.argv) > 1:
        return measure(sys.argv[1])
    import postgres  # noqa: PLC0415

    command = [sys.executable, str(Path(__file__))]
    failures = subprocess.run([*command, "sqlite"], check=False).returncode
    if postgres.programs() is None:
        print("PostgreSQL is not installed; skipped.")
        return failures
    with postgres.cluster(is_durable=True) as url:
        return failures + subprocess.run([*command, url], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
