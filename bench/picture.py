"""The coordinators' picture: 100,000 seats on 10,000 past dates, on SQLite and PostgreSQL.

Prints how long the picture by organisation takes, as a multiple of the plainest way to touch the
same rows: one query that counts the seats of each date with the same two columns of the person.
The aim is at most five times that. The figures are compared with such counts of their own.
"""

import secrets
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import stage

AIM = 5.0
DATES, SEATS, PEOPLE, ROUNDS = 10_000, 100_000, 12_000, 3
SIDES = ("local", "newcomer", "undisclosed")
AGES = ("under_18", "from_18", "from_27", "from_45", "from_65", "undisclosed")


def past_seats() -> None:
    """Move all dates into the last year and let each person come to some of them."""
    from django.db.models import F  # noqa: PLC0415

    from miteinander.community.people.models import Person  # noqa: PLC0415
    from miteinander.encounters.activities.models import (  # noqa: PLC0415
        Activity,
        ActivityDate,
        Participation,
    )
    from miteinander.foundation.core import clock  # noqa: PLC0415

    now = clock.now()
    Activity.objects.update(published_at=now - timedelta(days=900))
    back = timedelta(days=DATES * 90 // 60 // 24 + 30)
    ActivityDate.objects.update(starts_at=F("starts_at") - back, ends_at=F("ends_at") - back)
    people = Person.objects.bulk_create(
        (
            Person(
                name=f"Gast {n}", email=f"gast{n}@example.org", created_at=now,
                background=SIDES[n % 3], age_group=AGES[n % 6],
            )
            for n in range(PEOPLE)
        ),
        batch_size=500,
    )  # fmt: skip
    keys = list(ActivityDate.objects.order_by("pk").values_list("pk", flat=True))
    Participation.objects.bulk_create(
        (
            Participation(
                date_id=keys[n // 10], person=people[(n * 7919) % PEOPLE], status="signed_up",
                token=secrets.token_hex(12), language="de", way="guest", signed_up_at=now,
                presence="present" if n % 4 else "absent", side=SIDES[n % 5 % 3],
            )
            for n in range(SEATS)
        ),
        batch_size=500,
    )  # fmt: skip


def seconds(act: Callable[[], object]) -> float:
    """Return the shortest time of some rounds."""
    taken = []
    for _round in range(ROUNDS):
        began = time.perf_counter()
        act()
        taken.append(time.perf_counter() - began)
    return min(taken)


def measure(url: str) -> int:
    """Measure on one database."""
    stage.prepare("" if url == "sqlite" else url)
    from django.db import connection  # noqa: PLC0415
    from django.db.models import Count  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415
    from seed import seed  # noqa: PLC0415

    from miteinander.encounters.activities.models import Participation  # noqa: PLC0415
    from miteinander.encounters.activities.queries import gathering, picture  # noqa: PLC0415
    from miteinander.foundation.core import clock  # noqa: PLC0415
    from miteinander.foundation.core.permissions import SystemActor  # noqa: PLC0415

    seed(dates=DATES)
    past_seats()
    with connection.cursor() as cursor:  # as the database does by itself some minutes later
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    actor, now = SystemActor("bench"), clock.now()
    criteria = gathering.Criteria(begin=now - timedelta(days=1000), end=now)
    rows = Participation.objects.order_by().values_list("date_id", "side", "person__background")
    plain = seconds(lambda: list(rows.annotate(Count("pk"))))
    drawn = seconds(lambda: picture.picture_of(actor, criteria, picture.By.ORGANISATION, now))
    with CaptureQueriesContext(connection) as asked:
        total = picture.picture_of(actor, criteria, picture.By.ORGANISATION, now).total
    came = Participation.objects.filter(presence="present").count()
    is_right = (total.dates, total.signed_up_all, total.present_all) == (DATES, SEATS, came)
    name = "SQLite" if url == "sqlite" else "PostgreSQL"
    print(
        f"{name:10} picture {drawn:.2f} s in {len(asked)} queries, plain count {plain:.2f} s, "
        f"ratio {drawn / plain:.1f} (aim at most {AIM:.0f}); sums right: {is_right}"
    )
    return int(drawn > AIM * plain or not is_right)


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
