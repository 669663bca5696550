"""The whole page: rows of dates above the place where they are."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from miteinander.community.regions.models import Region
from miteinander.encounters.activities.forms.dates.place import PlaceFields
from miteinander.encounters.activities.forms.dates.rows import RowFields
from miteinander.encounters.spaces.models import Venue


@dataclass(frozen=True)
class Offer:
    """What the form offers to choose from.

    Dates people may know already cannot be removed, only cancelled.
    """

    venues: list[Venue]
    municipalities: QuerySet[Region]
    can_remove: bool


class DatesForm(PlaceFields, RowFields):
    """Dates as rows of day, start and end, and one place for all of them."""

    def __init__(self, *args: Any, offer: Offer, row_count: int, **kwargs: Any) -> None:
        """Offer places and ``row_count`` rows."""
        super().__init__(*args, **kwargs)
        self.offer_rows(row_count, can_remove=offer.can_remove)
        self.offer_places(offer.venues, offer.municipalities)

    def clean(self) -> dict[str, Any]:
        """Read each row as a span of time and the place as a whole."""
        values = super().clean() or self.cleaned_data
        self.read_rows()
        self.check_place()
        return values
