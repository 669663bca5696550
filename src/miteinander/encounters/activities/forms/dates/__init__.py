"""When and where: several dates and a place on one page, as one form."""

from miteinander.encounters.activities.forms.dates.filling import filled_weekly, initial_rows
from miteinander.encounters.activities.forms.dates.form import DatesForm, Offer
from miteinander.encounters.activities.forms.dates.place import LATER, NEW, ONLINE, RADIO_LIMIT
from miteinander.encounters.activities.forms.dates.rows import FREE_ROWS, YEARS, DateRow
from miteinander.encounters.activities.forms.dates.series import SeriesForm, initial_series

__all__ = [
    "FREE_ROWS",
    "LATER",
    "NEW",
    "ONLINE",
    "RADIO_LIMIT",
    "YEARS",
    "DateRow",
    "DatesForm",
    "Offer",
    "SeriesForm",
    "filled_weekly",
    "initial_rows",
    "initial_series",
]
