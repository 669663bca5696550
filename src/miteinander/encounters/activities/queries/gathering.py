"""Reading the figures of past dates: a fixed number of queries, however many dates there are.

People whose rows were deleted by their age are counted from ``ActivityDate.counts``.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate, pairwise
from typing import Any, NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from miteinander.community.organisations.models import Organisation
from miteinander.community.people.enums import AgeGroup
from miteinander.community.regions.models import Region
from miteinander.encounters.activities.enums import ON_LIST, Answer, DateStatus, Presence
from miteinander.encounters.activities.models import (
    Activity,
    ActivityDate,
    Feedback,
    Participation,
)
from miteinander.encounters.activities.permissions import pictured_by
from miteinander.encounters.activities.queries.sides import AGE, AGES, SIDE, SIDES
from miteinander.encounters.activities.queries.small_cells import Cells
from miteinander.foundation.content.enums import VersionState
from miteinander.foundation.content.models import Version
from miteinander.foundation.core.permissions import Actor

FIRST_TIME, AGE_COUNT = "first_time", "age"
# The first two, and then what ``DateFigures`` begins with, in its order.
FACTS = (
    "pk", "counts", "starts_at", "activity_id", "activity__organisation_id",
    "activity__organisation__name", "place_id", "place", "capacity",
)  # fmt: skip


@dataclass(frozen=True)
class Criteria:
    """Which dates are counted: from a moment on until before another, of whom and where."""

    begin: datetime
    end: datetime
    organisation_id: int | None = None
    municipality_id: int | None = None


class DateFigures(NamedTuple):
    """What is known of one date. Sides are (local, newcomer, not said), ages as in ``AGES``."""

    starts_at: datetime
    activity_id: int
    organisation_id: int
    organisation: str
    municipality_id: int
    municipality: str
    seats: int
    signed_up: Cells
    present: Cells
    ages_signed_up: Cells
    ages_present: Cells
    first_time: int
    met_new: int

    @property
    def has_both(self) -> bool:
        """Whether people of both sides were there."""
        local, newcomer, _unsaid = self.present
        return local > 0 and newcomer > 0


def pictured_organisations(actor: Actor) -> QuerySet[Organisation]:
    """List the organisations whose figures ``actor`` may see, by name."""
    return Organisation.objects.filter(pictured_by(actor)).order_by("name", "pk")


def pictured_places(actor: Actor) -> QuerySet[Region]:
    """List the places where these organisations are or meet, by name."""
    mine = pictured_organisations(actor).order_by()
    meetings = Activity.objects.filter(organisation__in=mine.values("pk"))
    return (
        Region.objects.filter(
            Q(pk__in=mine.values("municipality_id")) | Q(pk__in=meetings.values("municipality_id"))
        )
        .defer("boundary")
        .order_by("name", "pk")
    )


def held_dates(actor: Actor, criteria: Criteria, now: datetime) -> QuerySet[Any]:
    """Dates that took place: of occasions that were published, over, and not cancelled."""
    dates: QuerySet[Any] = ActivityDate.objects.filter(
        activity__organisation__in=pictured_organisations(actor).order_by().values("pk"),
        activity__published_at__isnull=False,
        status=DateStatus.SCHEDULED,
        starts_at__gte=criteria.begin,
        starts_at__lt=criteria.end,
        ends_at__lte=now,
    ).annotate(
        place_id=Coalesce("activity__municipality_id", "activity__organisation__municipality_id"),
        place=Coalesce(
            "activity__municipality__name", "activity__organisation__municipality__name"
        ),
    )
    if criteria.organisation_id is not None:
        dates = dates.filter(activity__organisation_id=criteria.organisation_id)
    if criteria.municipality_id is not None:
        dates = dates.filter(place_id=criteria.municipality_id)
    return dates


def gather(actor: Actor, criteria: Criteria, now: datetime) -> list[DateFigures]:
    """Read the figures of every date that counts: four queries."""
    dates = held_dates(actor, criteria, now)
    keys = dates.order_by().values("pk")
    counted = _counted(keys)
    first_time, met_new = _first_time(keys), _met_new(keys)
    return [
        DateFigures._make(
            (
                *facts,
                *_kinds(counted.get(pk, NOBODY), counts),
                first_time.get(pk, 0) + counts.get(FIRST_TIME, 0),
                met_new.get(pk, 0),
            )
        )
        for pk, counts, *facts in dates.order_by("starts_at", "pk").values_list(*FACTS)
    ]


# How often somebody is on a list, and came: for each side and for each age group.
COLUMNS = {
    "signed_up": (SIDES, "own_side", Q()),
    "present": (SIDES, "own_side", Q(presence=Presence.PRESENT)),
    "ages_signed_up": (AGES, "own_age", Q()),
    "ages_present": (AGES, "own_age", Q(presence=Presence.PRESENT)),
}
PLACES = [
    slice(*ends)
    for ends in pairwise(accumulate((len(one[0]) for one in COLUMNS.values()), initial=0))
]
NOBODY = tuple((0,) * len(values) for values, _field, _came in COLUMNS.values())


def _counted(keys: QuerySet[Any]) -> dict[int, tuple[Cells, ...]]:
    """Count who is on the list and who came, for each date by side and by age: one query."""
    wanted = {
        f"{kind}_{one}": Count("pk", filter=Q(**{field: one}) & came)
        for kind, (values, field, came) in COLUMNS.items()
        for one in values
    }
    rows: Any = (
        Participation.objects.filter(date__in=keys, status__in=ON_LIST)
        .order_by()
        .annotate(own_side=SIDE, own_age=AGE)
        .values("date_id")
        .annotate(**wanted)
        .values_list("date_id", *wanted)
    )
    return {pk: tuple([tuple(cells[place]) for place in PLACES]) for pk, *cells in rows}


def _kinds(counted: tuple[Cells, ...], counts: Mapping[str, int]) -> tuple[Cells, ...]:
    """Add to what was counted for one date those whose rows were deleted."""
    if not counts:
        return counted
    deleted = _deleted(counts)
    return tuple(
        tuple(cell + deleted[f"{kind}_{one}"] for cell, one in zip(cells, values, strict=True))
        for cells, (kind, (values, _field, _came)) in zip(counted, COLUMNS.items(), strict=True)
    )


def _deleted(counts: Mapping[str, int]) -> Counter[str]:
    """Read ``ActivityDate.counts``, where an age that was not said is what is left of the sum."""
    found: Counter[str] = Counter()
    for key, count in counts.items():
        prefix = "ages_" if key.startswith(f"{AGE_COUNT}:") else ""
        status, _colon, rest = key.removeprefix(f"{AGE_COUNT}:").partition(":")
        presence, _colon, own = rest.partition(":")
        if status in ON_LIST:
            found[f"{prefix}signed_up_{own}"] += count
        if status in ON_LIST and presence == Presence.PRESENT:
            found[f"{prefix}present_{own}"] += count
    for kind in ("signed_up", "present"):
        everybody = sum(found[f"{kind}_{side}"] for side in SIDES)
        said = sum(found[f"ages_{kind}_{age}"] for age in AGES)
        found[f"ages_{kind}_{AgeGroup.UNDISCLOSED}"] += everybody - said
    return found


def first_times() -> QuerySet[Participation]:
    """Give the presences of people who were at no date before, as far as that is still known."""
    earlier = Participation.objects.filter(
        Q(date__starts_at__lt=OuterRef("date__starts_at"))
        | Q(date__starts_at=OuterRef("date__starts_at"), date__lt=OuterRef("date_id")),
        person=OuterRef("person_id"),
        presence=Presence.PRESENT,
        status__in=ON_LIST,
    )
    came = Participation.objects.filter(presence=Presence.PRESENT, status__in=ON_LIST)
    return came.filter(~Exists(earlier)).order_by()


def _first_time(keys: QuerySet[Any]) -> dict[int, int]:
    found = first_times().filter(date__in=keys).values_list("date_id").annotate(Count("pk"))
    return dict(found)


def _met_new(keys: QuerySet[Any]) -> dict[int, int]:
    said = Feedback.objects.filter(date__in=keys, met_new=Answer.YES).order_by()
    return dict(said.values_list("date_id").annotate(Count("pk")))


def titles(actor: Actor, criteria: Criteria, now: datetime) -> dict[int, tuple[str, str]]:
    """Return the original title and its language of each occasion that counts: one query."""
    activities = held_dates(actor, criteria, now).order_by().values("activity_id")
    originals = Version.objects.filter(activity__in=activities, state=VersionState.ORIGINAL)
    rows = originals.order_by().values_list("object_id", "parts__title", "language")
    return {pk: (title or "", language) for pk, title, language in rows}
