"""Reading for the front door."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.db.models import Case, Count, Value, When
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from miteinander.community.people.permissions import is_person
from miteinander.community.regions.models import Region
from miteinander.community.regions.queries import mapped_municipalities, municipalities
from miteinander.encounters.activities.enums import DateStatus, Topic
from miteinander.encounters.activities.models import Activity, ActivityDate
from miteinander.encounters.activities.queries import public, standing
from miteinander.encounters.activities.queries.criteria import EVERYTHING, Criteria
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import Actor
from miteinander.foundation.ui.components import MapDot

WEEK = timedelta(days=7)
SHOWN_ON_HOME = 6
OFFERS_ON_HOME = 3
NEAR_KM = 20


@dataclass(frozen=True)
class Chip:
    """A ready-made search."""

    label: str
    query: str


@dataclass(frozen=True)
class TopicTile:
    """A topic and how many coming dates it has."""

    slug: str
    label: str | Promise
    count: int


@dataclass(frozen=True)
class HomePage:
    """What the home page shows.

    ``is_this_week`` is false when nothing is on in the coming seven days, so that later dates
    stand in; ``near_id`` is the municipality of a signed-in person.
    """

    dates: list[ActivityDate]
    is_this_week: bool
    near_id: int | None
    dots: list[MapDot]
    places: list[Region]
    topics: list[TopicTile]

    @property
    def chips(self) -> list[Chip]:
        """The searches most people make."""
        return [
            Chip(_("Today"), urlencode({"when": "today"})),
            Chip(_("At the weekend"), urlencode({"when": "weekend"})),
            Chip(_("With childcare"), urlencode({"childcare": "1"})),
            Chip(_("With a wheelchair"), urlencode({"wheelchair": "1"})),
            Chip(_("In Arabic"), urlencode({"language": "ar"})),
            Chip(_("In Ukrainian"), urlencode({"language": "uk"})),
            Chip(_("Online"), urlencode({"online": "1"})),
        ]


def home_page(*, actor: Actor, now: datetime) -> HomePage:
    """Collect the home page: this week near the person, or anywhere for visitors."""
    places = list(municipalities())
    near = next((p for p in places if is_person(actor) and p.pk == actor.municipality_id), None)
    dates, is_this_week = _next_dates(actor, now, near)
    return HomePage(
        dates=dates,
        is_this_week=is_this_week,
        near_id=near.pk if near else None,
        dots=_dots(now),
        places=places,
        topics=_topics(now),
    )


def open_offers(*, now: datetime, near_id: int | None) -> list[Activity]:
    """List a few offers at which people just come, those of the own municipality first."""
    offers = standing.standing_offers(today=clock.local(now).date())
    is_far = Case(When(municipality=near_id, then=Value(0)), default=Value(1))
    return list(offers.order_by(is_far, "municipality__name", "pk")[:OFFERS_ON_HOME])


def _next_dates(
    actor: Actor, now: datetime, near: Region | None
) -> tuple[list[ActivityDate], bool]:
    criteria = Criteria(region=near, km=NEAR_KM) if near else EVERYTHING
    coming = public.upcoming_dates(actor=actor, now=now, criteria=criteria).filter(
        status=DateStatus.SCHEDULED
    )
    soonest = list(coming[:SHOWN_ON_HOME])
    this_week = [one for one in soonest if one.starts_at < now + WEEK]
    return this_week or soonest, bool(this_week)


def _dots(now: datetime) -> list[MapDot]:
    counts = public.date_counts(now=now)
    return [
        MapDot(
            label=place.name,
            href=reverse("regions:detail", args=[place.slug]),
            latitude=place.latitude,
            longitude=place.longitude,
            count=counts.get(place.pk, 0),
            boundary=place.boundary,
        )
        for place in mapped_municipalities()
        if place.latitude is not None and place.longitude is not None
    ]


def _topics(now: datetime) -> list[TopicTile]:
    rows = (
        public.public_dates()
        .filter(ends_at__gt=now, status=DateStatus.SCHEDULED)
        .order_by()
        .values("activity__topic")
        .annotate(count=Count("pk"))
    )
    counts = {row["activity__topic"]: row["count"] for row in rows}
    tiles = [TopicTile(slug, label, counts.get(slug, 0)) for slug, label in Topic.choices]
    return [tile for tile in tiles if tile.count]


def boundary_sources() -> list[str]:
    """Name whose boundaries the map shows, each once (dl-de/by-2-0 asks for it)."""
    rows = Region.objects.exclude(boundary_source="").order_by("boundary_source")
    return list(rows.values_list("boundary_source", flat=True).distinct())
