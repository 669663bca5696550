"""Reading the figures of past dates: a fixed number of queries, however many dates there are.

People whose rows were deleted by their age are counted from ``ActivityDate.counts``.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from miteinander.community.organisations.models import Organisation
from miteinander.community.regions.models import Region
from miteinander.encounters.activities.enums import ON_LIST, Answer, DateStatus, Presence
from miteinander.encounters.activities.models import (
    Activity,
    ActivityDate,
    Feedback,
    Participation,
)
from miteinander.encounters.activities.permissions import pictured_by
from miteinander.encounters.activities.queries.sides import SIDE, SIDES
from miteinander.encounters.activities.queries.small_cells import Cells
from miteinander.foundation.content.enums import VersionState
from miteinander.foundation.content.models import Version
from miteinander.foundation.core.permissions import Actor

FIRST_TIME = "first_time"
FACTS = (
    "starts_at", "capacity", "counts", "activity__organisation__name",
)  # fmt: skip
NOBODY: Cells = (0, 0, 0)


@dataclass(frozen=True)
class Criteria:
    """Which dates are counted: from a moment on until before another, of whom and where."""

    begin: datetime
    end: datetime
    organisation_id: int | None = None
    municipality_id: int | None = None


@dataclass(frozen=True)
class DateFigures:
    """What is known of one date. Sides are (local, newcomer, not said)."""

    starts_at: datetime
    activity_id: int
    organisation_id: int
    organisation: str
    municipality_id: int
    municipality: str
    seats: int
    signed_up: Cells
    present: Cells
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
    signed_up, present = _by_side(keys)
    first_time, met_new = _first_time(keys), _met_new(keys)
    rows = dates.order_by("starts_at", "pk").select_related("activity__organisation")
    return [
        DateFigures(
            starts_at=date.starts_at,
            activity_id=date.activity_id,
            organisation_id=date.activity.organisation_id,
            organisation=date.activity.organisation.name,
            municipality_id=date.place_id,
            municipality=date.place,
            seats=date.capacity,
            signed_up=_plus(signed_up[date.pk], date.counts, present_only=False),
            present=_plus(present[date.pk], date.counts, present_only=True),
            first_time=first_time.get(date.pk, 0) + date.counts.get(FIRST_TIME, 0),
            met_new=met_new.get(date.pk, 0),
        )
        for date in rows.only(*FACTS)
    ]


def _by_side(keys: QuerySet[Any]) -> tuple[dict[int, Cells], dict[int, Cells]]:
    """Count who is on the list and who came, for each date and side."""
    signed_up: dict[int, Cells] = defaultdict(lambda: NOBODY)
    present: dict[int, Cells] = defaultdict(lambda: NOBODY)
    rows = (
        Participation.objects.filter(date__in=keys, status__in=ON_LIST)
        .order_by()
        .values_list("date_id", SIDE)
        .annotate(all=Count("pk"), came=Count("pk", filter=Q(presence=Presence.PRESENT)))
    )
    for date_id, side, everybody, came in rows:
        signed_up[date_id] = _with(signed_up[date_id], side, everybody)
        present[date_id] = _with(present[date_id], side, came)
    return signed_up, present


def _with(cells: Cells, side: str, count: int) -> Cells:
    return tuple(
        cell + (count if side == own else 0) for own, cell in zip(SIDES, cells, strict=True)
    )


def _plus(cells: Cells, counts: Mapping[str, int], *, present_only: bool) -> Cells:
    """Add those whose rows were deleted by their age."""
    for key, count in counts.items():
        status, _colon, rest = key.partition(":")
        presence, _colon, side = rest.partition(":")
        if status in ON_LIST and (presence == Presence.PRESENT or not present_only):
            cells = _with(cells, side, count)
    return cells


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
