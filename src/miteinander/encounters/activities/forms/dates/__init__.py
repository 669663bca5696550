"""When and where: several dates and a place on one page, as one form."""

from miteinander.encounters.activities.forms.dates.filling import filled_weekly, initial_rows
from miteinander.encounters.activities.forms.dates.form import DatesForm, Offer
from miteinander.encounters.activities.forms.dates.place import LATER, NEW, ONLINE, RADIO_LIMIT
from miteinander.encounters.activities.forms.dates.rows import FREE_ROWS, YEARS, DateRow

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
    "filled_weekly",
    "initial_rows",
]
