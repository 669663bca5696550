"""When and where an occasion takes place, and how many seats each date has."""

from miteinander.encounters.activities.services.dates.cancelling import cancel_date
from miteinander.encounters.activities.services.dates.seats import (
    TooFewSeats,
    seats_of,
    set_seats,
)
from miteinander.encounters.activities.services.dates.series import (
    LAST_IN_MONTH,
    Rhythm,
    SeriesDay,
    SeriesWish,
    Standing,
    series_of,
)
from miteinander.encounters.activities.services.dates.setting import set_dates
from miteinander.encounters.activities.services.dates.stored import (
    editable_dates,
    when_and_where_of,
)
from miteinander.encounters.activities.services.dates.wall_clock import wall_time
from miteinander.encounters.activities.services.dates.wishes import (
    MOST_DATES,
    USUAL_SEATS,
    Place,
    PlannedDate,
)

__all__ = [
    "LAST_IN_MONTH",
    "MOST_DATES",
    "USUAL_SEATS",
    "Place",
    "PlannedDate",
    "Rhythm",
    "SeriesDay",
    "SeriesWish",
    "Standing",
    "TooFewSeats",
    "cancel_date",
    "editable_dates",
    "seats_of",
    "series_of",
    "set_dates",
    "set_seats",
    "wall_time",
    "when_and_where_of",
]
