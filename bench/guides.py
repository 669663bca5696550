"""Times suggesting guides for one request, and assigning many requests together.

Prints the median milliseconds of suggesting guides for one request among 500 and among 5,000,
where one in ten speaks the language, and where all could go, with the number of queries; then the
seconds of assigning 1,000 open requests to 2,000 guides at once, beside OR-Tools on the same
costs, and whether both found the same total. Fills the database of DATABASE_URL, which should be
an empty one of its own, or a temporary SQLite file. Run: ``python bench/guides.py``.
"""

import os
import random
import statistics
import sys
import time
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import stage

LIMIT_MS, LIMIT_SECONDS = 50, 2
ROUNDS = 15
GUIDES, FEW = 5000, 500
MANY_REQUESTS, MANY_GUIDES = 1000, 2000
LANGUAGES = ("uk", "ar", "fa", "tr", "ti", "kmr", "en", "ru", "so", "fr")


def fill_guides(count: int, *, all_can: bool) -> None:
    """Write guides of twenty municipalities with papers, hours and languages."""
    from miteinander.community.people.models import Person  # noqa: PLC0415
    from miteinander.community.regions.models import Region  # noqa: PLC0415
    from miteinander.cooperation.guides.models import (  # noqa: PLC0415
        Guide,
        GuideArea,
        GuideLanguage,
        Hours,
    )
    from miteinander.foundation.core import clock  # noqa: PLC0415

    chance = random.Random(count)  # noqa: S311 (not a secret)
    now, today = clock.now(), clock.today()
    places = list(Region.objects.filter(kind="municipality").values_list("pk", flat=True)[:20])
    begin = Person.objects.count()
    people = Person.objects.bulk_create(
        Person(email=f"guide{begin + number}@bench.example", name=f"Guide {number}", language="de")
        for number in range(count)
    )
    guides = Guide.objects.bulk_create(
        Guide(
            person=person, municipality_id=chance.choice(places), ways=["person", "phone"],
            certificate_seen_on=today, confidentiality_on=today,
            police_valid_until=today + timedelta(days=300), joined_at=now, changed_at=now,
        )
        for person in people
    )  # fmt: skip
    GuideArea.objects.bulk_create(
        GuideArea(guide=guide, region_id=place)
        for guide in guides
        for place in {guide.municipality_id, *(places if all_can else chance.sample(places, 5))}
    )
    GuideLanguage.objects.bulk_create(
        GuideLanguage(guide=guide, code=code, level="c1")
        for number, guide in enumerate(guides)
        for code in {"uk" if all_can else LANGUAGES[number % 10], "de"}
    )
    Hours.objects.bulk_create(
        Hours(guide=guide, day=today - timedelta(days=20), minutes=chance.randint(10, 300),
              reported_at=now)
        for guide in guides[::2]
    )  # fmt: skip


def empty() -> None:
    """Delete all guides."""
    from miteinander.cooperation.guides.models import Guide, Hours  # noqa: PLC0415

    Hours.objects.all().delete()
    Guide.objects.all().delete()


def fill_requests(count: int) -> list[Any]:
    """Write open requests, of each language as many, with their contacts sealed."""
    from miteinander.community.regions.models import Region  # noqa: PLC0415
    from miteinander.cooperation.guides.models import (  # noqa: PLC0415
        GuideRequest,
        RequestContact,
    )
    from miteinander.cooperation.guides.models.sealed import Contacts  # noqa: PLC0415
    from miteinander.foundation.core import clock  # noqa: PLC0415

    chance, now = random.Random(count), clock.now()  # noqa: S311 (not a secret)
    places = list(Region.objects.filter(kind="municipality").values_list("pk", flat=True)[:20])
    rows = GuideRequest.objects.bulk_create(
        GuideRequest(
            municipality_id=chance.choice(places), token=f"bench-{count}-{number}",
            requester="school", kind="parents", topic="school", tasks=["come"],
            language=LANGUAGES[number % 10], asked_at=now,
            starts_at=now + timedelta(hours=chance.randint(24, 400)),
        )
        for number in range(count)
    )  # fmt: skip
    RequestContact.objects.bulk_create(
        RequestContact(
            request=row, sealed=Contacts(name="B", phone=f"+4956{row.pk}").sealed(), language="de"
        )
        for row in rows
    )
    return rows


def timed(step: Callable[[], object]) -> float:
    """Return the median milliseconds of a step."""
    step()
    times = []
    for _round in range(ROUNDS):
        begin = time.perf_counter()
        step()
        times.append((time.perf_counter() - begin) * 1000)
    return statistics.median(times)


def suggest(request: Any) -> tuple[float, int, int]:
    """Return milliseconds, queries and guides of suggesting for one request."""
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    from miteinander.cooperation.guides.queries.suggestions import able_guides  # noqa: PLC0415
    from miteinander.foundation.core import clock  # noqa: PLC0415
    from miteinander.foundation.core.permissions import SystemActor  # noqa: PLC0415

    def step() -> Any:
        return able_guides(actor=SystemActor("bench"), request=request, now=clock.now())

    with CaptureQueriesContext(connection) as queries:
        found = step()
    return timed(step), len(queries), len(found.guides)


def by_flow(costs: Mapping[int, Mapping[int, int]], nobody: int) -> int:
    """Return the least total cost by OR-Tools."""
    from ortools.graph.python import min_cost_flow  # noqa: PLC0415

    flow = min_cost_flow.SimpleMinCostFlow()
    workers = {worker for row in costs.values() for worker in row}
    place = {worker: len(costs) + number for number, worker in enumerate(workers)}
    end = len(costs) + len(workers)
    for number, row in enumerate(costs.values()):
        flow.set_node_supply(number, 1)
        flow.add_arc_with_capacity_and_unit_cost(number, end, 1, nobody)
        for worker, cost in row.items():
            flow.add_arc_with_capacity_and_unit_cost(number, place[worker], 1, cost)
    for worker in workers:
        flow.add_arc_with_capacity_and_unit_cost(place[worker], end, 1, 0)
    flow.set_node_supply(end, -len(costs))
    flow.solve()
    return int(flow.optimal_cost())


def together() -> bool:
    """Assign all open requests, beside OR-Tools; tell whether both found the same, in time."""
    from miteinander.cooperation.guides.queries import together as page  # noqa: PLC0415
    from miteinander.foundation.core import clock  # noqa: PLC0415
    from miteinander.foundation.core.permissions import SystemActor  # noqa: PLC0415
    from miteinander.foundation.matching.together import assigned_together  # noqa: PLC0415

    actor, now = SystemActor("bench"), clock.now()
    begin = time.perf_counter()
    pairs = page.proposed_together(actor=actor, now=now)
    whole = time.perf_counter() - begin
    standings = page.able_standings(
        actor=actor, waiting=page.waiting_requests(actor=actor, now=now), now=now
    )
    costs = {
        key: {guide: standing.cost for guide, standing in row.items()}
        for key, row in standings.items()
    }
    begin = time.perf_counter()
    chosen = assigned_together(costs, nobody=page.NOBODY)
    ours = time.perf_counter() - begin
    begin = time.perf_counter()
    least = by_flow(costs, page.NOBODY)
    theirs = time.perf_counter() - begin
    total = sum(costs[key][chosen[key]] if key in chosen else page.NOBODY for key in costs)
    print(f"together: {len(pairs)} requests, {len(chosen)} with a guide, whole page {whole:.2f} s")
    print(f"  solving {ours:.2f} s, OR-Tools {theirs:.2f} s, ratio {ours / theirs:.2f}")
    print(f"  total cost {total}, OR-Tools {least}: {'same' if total == least else 'DIFFERENT'}")
    return total == least and whole < LIMIT_SECONDS


def main() -> int:
    """Fill, measure and print; return 1 where a figure is not met."""
    stage.prepare(os.environ.get("DATABASE_URL", ""))
    from django.db import connection  # noqa: PLC0415
    from seed import seed  # noqa: PLC0415

    seed(dates=4)
    wanted = fill_requests(1)[0]
    is_well = True
    for all_can in (False, True):
        few = None
        for count in (FEW, GUIDES):
            empty()
            fill_guides(count, all_can=all_can)
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")  # a database in use has done so by itself
            spent, queries, found = suggest(wanted)
            few = few or (spent, queries)
            print(
                f"suggest among {count:5}, {'all could go' if all_can else '1 in 10 speaks it'}:"
                f" {spent:5.1f} ms, {queries} queries, {found} shown,"
                f" ratio to {FEW}: {spent / few[0]:.1f}"
            )
            is_well = is_well and spent <= LIMIT_MS and queries == few[1]
    empty()
    fill_guides(MANY_GUIDES, all_can=False)
    fill_requests(MANY_REQUESTS - 1)
    return 0 if together() and is_well else 1


if __name__ == "__main__":
    sys.exit(main())
