"""Reading for the front door."""

from dataclasses import dataclass
from datetime import timedelta

from miteinander.community.regions.models import Region
from miteinander.encounters.activities.models import ActivityDate
from miteinander.foundation.ui.components import MapDot

WEEK = timedelta(days=7)
SHOWN_ON_HOME = 6


@dataclass(frozen=True)
class HomePage:
    """What the home page shows: this week's dates, the map, and the places to choose from."""

    dates: list[ActivityDate]
    is_this_week: bool
    dots: list[MapDot]
    places: list[Region]
    week_count: int


def boundary_sources() -> list[str]:
    """Name whose boundaries the map shows, each once (dl-de/by-2-0 asks for it)."""
    rows = Region.objects.exclude(boundary_source="").order_by("boundary_source")
    return list(rows.values_list("boundary_source", flat=True).distinct())
