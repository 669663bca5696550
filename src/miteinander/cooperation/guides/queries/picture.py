"""The picture of the guides for coordinators: sums only, added up in the database, no names."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from miteinander.community.regions.models import Region
from miteinander.cooperation.guides.enums import (
    AssignmentStatus,
    GuideStatus,
    InterestStatus,
    RequestStatus,
)
from miteinander.cooperation.guides.models import (
    Assignment,
    Certificate,
    Guide,
    GuideRequest,
    Hours,
    Interest,
    Session,
    Trainee,
)
from miteinander.cooperation.guides.permissions import coordinated_regions
from miteinander.cooperation.guides.queries.hours import COUNTED
from miteinander.cooperation.guides.queries.network import on_pause
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import Actor

WorkKey = tuple[str, int, str]


@dataclass(frozen=True)
class Span:
    """The days from ``begin`` on, before ``end``."""

    begin: date
    end: date

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """The same as moments: from the first on, before the second."""
        return clock.start_of_day(self.begin), clock.start_of_day(self.end)

    @property
    def last_day(self) -> date:
        """The last day that is not in the future."""
        return min(self.end - timedelta(days=1), clock.today())


@dataclass(frozen=True)
class People:
    """How many people stood where; ``active`` and ``paused`` are those of the last day."""

    interested: int
    in_training: int
    certified: int
    active: int
    paused: int
    left_network: Mapping[str, int]
    left_course: Mapping[str, int]


@dataclass
class Work:
    """What was asked for and done: requests, assignments that took place, minutes."""

    requests: int = 0
    assignments: int = 0
    minutes: int = 0

    def add(self, other: "Work") -> None:
        """Add what ``other`` counts."""
        self.requests += other.requests
        self.assignments += other.assignments
        self.minutes += other.minutes


@dataclass(frozen=True)
class Picture:
    """All sums of a span.

    ``missed`` maps language and reason to requests nobody could take. ``work`` has keys of
    kind, municipality and language; kind and language are empty for hours without a request.
    """

    people: People
    missed: Mapping[tuple[str, str], int]
    work: Mapping[WorkKey, Work]
    places: Mapping[int, str]


def pictured_regions(*, actor: Actor) -> QuerySet[Region]:
    """Regions ``actor`` may choose: those whose guides they coordinate, by name."""
    return coordinated_regions(actor).defer("boundary").order_by("name", "pk")


def picture_of(*, actor: Actor, span: Span, region_id: int | None = None) -> Picture:
    """Add up what ``actor`` coordinates, or one region of it with what lies in it.

    Eleven queries, whatever the amount.
    """
    regions = coordinated_regions(actor).order_by()
    if region_id is not None:
        regions = regions.filter(Q(pk=region_id) | Q(parent_id=region_id))
    return Picture(
        people=_people(regions.values("pk"), span),
        missed=_missed(regions.values("pk"), span),
        work=_work(regions.values("pk"), span),
        places=dict(regions.values_list("pk", "name")),
    )


def _missed(here: QuerySet[Any], span: Span) -> dict[tuple[str, str], int]:
    begin, end = span.moments
    rows = GuideRequest.objects.filter(
        municipality__in=here, status=RequestStatus.UNFILLED, ended_at__gte=begin, ended_at__lt=end
    )
    counted = rows.order_by().values("language", "unfilled_reason").annotate(count=Count("pk"))
    return {(row["language"], row["unfilled_reason"]): row["count"] for row in counted}


def _people(here: QuerySet[Any], span: Span) -> People:
    begin, end = span.moments
    day = span.last_day
    interests = Interest.objects.filter(
        municipality__in=here, asked_at__gte=begin, asked_at__lt=end
    ).exclude(status=InterestStatus.WITHDRAWN)
    certificates = Certificate.objects.annotate(
        place=_place_of("trainee__person__", "trainee__course__")
    ).filter(place__in=here, issued_at__gte=begin, issued_at__lt=end, revoked_at=None)
    guides = Guide.objects.filter(municipality__in=here)
    there = Q(joined_at__lt=clock.end_of_day(day)) & ~Q(status=GuideStatus.LEFT, left_on__lte=day)
    standing = guides.order_by().aggregate(
        active=Count("pk", filter=there & ~on_pause(day)),
        paused=Count("pk", filter=there & on_pause(day)),
    )
    left = guides.filter(status=GuideStatus.LEFT, left_on__gte=span.begin, left_on__lt=span.end)
    trainees = Trainee.objects.annotate(place=_place_of("person__", "course__"))
    trainees = trainees.filter(place__in=here)
    return People(
        interested=interests.count(),
        in_training=_in_training(trainees, span),
        certified=certificates.count(),
        active=standing["active"],
        paused=standing["paused"],
        left_network=_by_reason(left),
        left_course=_by_reason(trainees.filter(left_at__gte=begin, left_at__lt=end)),
    )


def _place_of(person: str, course: str) -> Coalesce:
    """Where somebody counts: as a guide, by the interest, at home, else where the course is."""
    return Coalesce(
        f"{person}guide__municipality_id", f"{person}guide_interest__municipality_id",
        f"{person}municipality_id", f"{course}curriculum__organisation__municipality_id",
    )  # fmt: skip


def _in_training(trainees: QuerySet[Trainee], span: Span) -> int:
    begin, end = span.moments
    taught = Session.objects.filter(
        course=OuterRef("course"), date__starts_at__lt=end, date__ends_at__gte=begin
    )
    stayed = Q(left_at__isnull=True) | Q(left_at__gte=begin)
    rows = trainees.filter(stayed, Exists(taught.order_by()), joined_at__lt=end)
    return rows.order_by().values("person").distinct().count()


def _by_reason(rows: QuerySet[Any]) -> dict[str, int]:
    counted = rows.order_by().values("left_reason").annotate(count=Count("pk"))
    return {row["left_reason"]: row["count"] for row in counted}


def _work(here: QuerySet[Any], span: Span) -> dict[WorkKey, Work]:
    begin, end = span.moments
    work: dict[WorkKey, Work] = defaultdict(Work)
    requests = GuideRequest.objects.filter(
        municipality__in=here, asked_at__gte=begin, asked_at__lt=end
    )
    for key, count in _sums(requests, "", Count("pk"), F("municipality_id")):
        work[key].requests += count
    happened = Assignment.objects.filter(
        request__municipality__in=here, status=AssignmentStatus.HAPPENED,
        starts_at__gte=begin, starts_at__lt=end,
    )  # fmt: skip
    for key, count in _sums(happened, "request__", Count("pk"), F("request__municipality_id")):
        work[key].assignments += count
    place = Coalesce("assignment__request__municipality_id", "guide__municipality_id")
    hours = Hours.objects.annotate(place=place).filter(
        place__in=here, day__gte=span.begin, day__lt=span.end, status__in=COUNTED
    )
    for key, minutes in _sums(hours, "assignment__request__", Sum("minutes"), F("place")):
        work[key].minutes += minutes
    return dict(work)


def _sums(rows: QuerySet[Any], request: str, sum_of: Any, place: F) -> list[tuple[WorkKey, int]]:
    """Add up by kind, place and language of the request that ``request`` leads to."""
    counted = (
        rows.order_by()
        .values(by_kind=F(f"{request}kind"), by_place=place, by_language=F(f"{request}language"))
        .annotate(sum=sum_of)
    )
    return [
        ((row["by_kind"] or "", row["by_place"], row["by_language"] or ""), row["sum"])
        for row in counted
    ]
