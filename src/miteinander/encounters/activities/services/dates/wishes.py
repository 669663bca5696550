"""What planners wish for: dates, and a place where they are."""

from dataclasses import dataclass
from datetime import datetime

from miteinander.encounters.spaces import services as spaces

USUAL_SEATS = 12
MOST_DATES = 60


@dataclass(frozen=True)
class PlannedDate:
    """One wished-for date: new, or with ``date_id`` the new times of an existing one.

    ``key`` keeps imported dates apart (see ``ActivityDate``).
    """

    starts_at: datetime
    ends_at: datetime
    date_id: int | None = None
    is_removed: bool = False
    key: str = ""


@dataclass(frozen=True)
class Place:
    """Where an occasion takes place: a venue, a new venue, online, or both."""

    venue_id: int | None = None
    new_venue: spaces.VenueFacts | None = None
    is_online: bool = False
    online_url: str = ""
