"""Sign-ups per second with 16 clients, as a ratio to a bare transaction.

Each client is a process. A sign-up is what the form does: find or add the guest, take the seat,
record it, and leave a letter to be written. The bare transaction locks one row and inserts two.
Both are written with the same models over the same connections, to the same dates, and both wait
for the disk as in production. They run in turn, and the ratio is the median of many short turns,
so that other work on the machine hits both alike. The aim is a ratio of at least 0.3, on SQLite
and on PostgreSQL. Nobody may be seated twice or beyond the last
seat; that is checked afterwards.
"""

import multiprocessing
import secrets
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from multiprocessing.synchronize import Barrier
from pathlib import Path

import stage

AIM = 0.3
CLIENTS = 16
SECONDS = 2.0
ROUNDS = 7
DATES = 40


def bare(date_id: int) -> None:
    """Lock one row and insert two."""
    from django.db import transaction  # noqa: PLC0415

    from miteinander.community.people.models import Person  # noqa: PLC0415
    from miteinander.encounters.activities.models import (  # noqa: PLC0415
        ActivityDate,
        Participation,
    )
    from miteinander.foundation.core import clock  # noqa: PLC0415

    with transaction.atomic():
        date = ActivityDate.objects.select_for_update().get(pk=date_id)
        person = Person.objects.create(name="Bare", email=f"{secrets.token_hex(8)}@example.org")
        Participation.objects.create(
            date=date, person=person, token=secrets.token_hex(12), language="de", way="guest",
            status="given_back", signed_up_at=clock.now(),
        )  # fmt: skip


def full(date_id: int) -> None:
    """Sign a new guest up through the service."""
    from django.contrib.auth.models import AnonymousUser  # noqa: PLC0415

    from miteinander.community.people.services import Contact  # noqa: PLC0415
    from miteinander.encounters.activities.services import seats  # noqa: PLC0415

    address = f"{secrets.token_hex(8)}@example.org"
    contact = Contact(name="Probe", email=address)
    seats.sign_up_guest(actor=AnonymousUser(), date_id=date_id, contact=contact)


def client(
    act: Callable[[int], None],
    dates: list[int],
    number: int,
    ready: Barrier,
    rates: "list[float]",
) -> None:
    """Connect and act once, then act again and again until the time is over."""
    from django.db import connections  # noqa: PLC0415

    act(dates[number % len(dates)])
    ready.wait()
    done, start = 0, time.monotonic()
    while time.monotonic() < start + SECONDS:
        act(dates[(number + done * 7) % len(dates)])
        done += 1
    rates[number] = done / (time.monotonic() - start)
    connections.close_all()


def rate(act: Callable[[int], None], dates: list[int]) -> float:
    """Let sixteen processes act and return how often they did so per second."""
    fork = multiprocessing.get_context("fork")
    rates, ready = fork.Array("d", CLIENTS), fork.Barrier(CLIENTS, timeout=60)
    clients = [
        fork.Process(target=client, args=(act, dates, number, ready, rates))
        for number in range(CLIENTS)
    ]
    for process in clients:
        process.start()
    for process in clients:
        process.join()
    if any(process.exitcode for process in clients):
        raise RuntimeError("A client failed.")
    return sum(rates)


def measure(url: str) -> int:
    """Measure on one database."""
    stage.prepare("" if url == "sqlite" else url)
    from django.db import connections  # noqa: PLC0415
    from django.db.models import Count, F, Q  # noqa: PLC0415
    from seed import seed  # noqa: PLC0415

    from miteinander.encounters.activities.models import ActivityDate  # noqa: PLC0415

    seed(dates=DATES)
    ActivityDate.objects.update(capacity=5000)
    dates = list(ActivityDate.objects.values_list("pk", flat=True))
    connections.close_all()
    if hasattr(connections["default"], "close_pool"):
        connections["default"].close_pool()
    turns = [(rate(bare, dates), rate(full, dates)) for _ in range(ROUNDS)]
    plain, mine = (statistics.median(rates) for rates in zip(*turns, strict=True))
    ratio = statistics.median(full_rate / bare_rate for bare_rate, full_rate in turns)
    held = Count("participations", filter=Q(participations__status="signed_up"))
    wrong = ActivityDate.objects.annotate(held=held).exclude(held=F("seats_taken")).count()
    name = "SQLite" if url == "sqlite" else "PostgreSQL"
    print(f"{name:10} {mine:6.0f} sign-ups/s  bare {plain:6.0f}/s  ratio {ratio:.2f} (aim {AIM})")
    if wrong:
        print(f"{name}: {wrong} dates count other seats than are held")
    return int(ratio < AIM or wrong > 0)


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
