"""When and where: several dates and a place on one page, as one form."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from miteinander.community.regions.models import Region
from miteinander.encounters.activities.forms.planning import SeenForm
from miteinander.encounters.activities.models import ActivityDate
from miteinander.encounters.activities.services.dates import (
    MOST_DATES,
    Place,
    PlannedDate,
    wall_time,
)
from miteinander.encounters.spaces.enums import Access
from miteinander.encounters.spaces.models import Venue
from miteinander.encounters.spaces.services import VenueFacts
from miteinander.foundation.ui.fields import LineField

FREE_ROWS = 5
RADIO_LIMIT = 7
NEW, ONLINE, LATER = "new", "online", "later"
YEARS = range(2000, 2100)  # what the calendar can reckon with, and nobody plans beyond
_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Offer:
    """What the form offers to choose from.

    Dates people may know already cannot be removed, only cancelled.
    """

    venues: list[Venue]
    municipalities: QuerySet[Region]
    can_remove: bool


@dataclass(frozen=True)
class DateRow:
    """The fields of one date, for the template."""

    number: int
    day: BoundField
    start: BoundField
    end: BoundField
    date_id: BoundField
    remove: BoundField | None
    stored_id: int | None


class DatesForm(SeenForm):
    """Dates as rows of day, start and end; empty rows do not count.

    A native date and time input each; an end before the start means the next day.
    """

    rows = forms.IntegerField(widget=forms.HiddenInput, required=False)
    place = forms.ChoiceField(
        label=gettext_lazy("Where is it?"),
        error_messages={"required": gettext_lazy("Choose where it is, or that you decide later.")},
    )
    venue_name = LineField(
        label=gettext_lazy("Name of the place"),
        help_text=gettext_lazy("Example: Community house"),
        max_length=120,
        required=False,
    )
    venue_street = LineField(
        label=gettext_lazy("Street and number"), max_length=120, required=False
    )
    venue_postcode = LineField(
        label=gettext_lazy("Postcode"),
        max_length=5,
        required=False,
    )
    venue_municipality = forms.ModelChoiceField(
        label=gettext_lazy("Municipality"), queryset=Region.objects.none(), required=False
    )
    venue_bus_stop = LineField(
        label=gettext_lazy("Nearest bus stop or station"), max_length=120, required=False
    )
    venue_step_free = forms.ChoiceField(
        label=gettext_lazy("Can people get in with a wheelchair, without steps?"),
        choices=Access.choices,
        initial=Access.UNKNOWN,
        required=False,
    )
    venue_toilet = forms.ChoiceField(
        label=gettext_lazy("Is there a toilet for wheelchair users?"),
        choices=Access.choices,
        initial=Access.UNKNOWN,
        required=False,
    )
    is_online = forms.BooleanField(
        label=gettext_lazy("People can also join online"), required=False
    )
    online_url = forms.URLField(
        label=gettext_lazy("Link to join online"),
        help_text=gettext_lazy("Only people who have signed up see the link."),
        max_length=500,
        required=False,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"dir": "ltr"}),
    )

    def __init__(self, *args: Any, offer: Offer, row_count: int, **kwargs: Any) -> None:
        """Offer places and ``row_count`` rows."""
        super().__init__(*args, **kwargs)
        self.can_remove = offer.can_remove
        self.row_count = min(row_count, MOST_DATES)
        self.fields["rows"].initial = self.row_count
        self._offer_places(offer.venues)
        municipality = self.fields["venue_municipality"]
        assert isinstance(municipality, forms.ModelChoiceField)  # noqa: S101 (tells the type)
        municipality.queryset = offer.municipalities
        municipality.empty_label = _("Please choose")
        for number in range(1, self.row_count + 1):
            self._add_row(number)

    def _offer_places(self, venues: list[Venue]) -> None:
        field = self.fields["place"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (tells the type)
        choices = [(str(venue.pk), f"{venue.name}, {venue.address}") for venue in venues]
        choices += [
            (NEW, _("A new place")),
            (ONLINE, _("Only online")),
            (LATER, _("I decide later")),
        ]
        if len(choices) > RADIO_LIMIT:
            field.choices = [("", _("Please choose")), *choices]
        else:
            field.widget = forms.RadioSelect()
            field.choices = choices

    def _add_row(self, number: int) -> None:
        self.fields[f"date_id_{number}"] = forms.IntegerField(
            required=False, widget=forms.HiddenInput
        )
        self.fields[f"day_{number}"] = forms.DateField(
            label=_("Day"), required=False,
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        )  # fmt: skip
        for name, label in (("start", _("Start")), ("end", _("End"))):
            self.fields[f"{name}_{number}"] = forms.TimeField(
                label=label, required=False,
                widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            )  # fmt: skip
        self.fields[f"remove_{number}"] = forms.BooleanField(
            label=_("Remove this date"), required=False
        )

    def date_rows(self) -> Iterator[DateRow]:
        """Give the rows to the template."""
        for number in range(1, self.row_count + 1):
            stored = str(self[f"date_id_{number}"].value() or "")
            stored_id = int(stored) if stored.isdecimal() else None
            yield DateRow(
                number=number,
                day=self[f"day_{number}"],
                start=self[f"start_{number}"],
                end=self[f"end_{number}"],
                date_id=self[f"date_id_{number}"],
                remove=self[f"remove_{number}"] if stored_id and self.can_remove else None,
                stored_id=stored_id,
            )

    def venue_fields(self) -> Iterator[BoundField]:
        """Give the fields of a new place to the template."""
        return (self[name] for name in self.fields if name.startswith("venue_"))

    def clean(self) -> dict[str, Any]:
        """Read each row as a span of time and the place as a whole."""
        values = super().clean() or self.cleaned_data
        self.planned = [
            row for number in range(1, self.row_count + 1) if (row := self._read_row(number))
        ]
        self._check_place()
        return values

    def _read_row(self, number: int) -> PlannedDate | None:
        values = self.cleaned_data
        day, start, end = (values.get(f"{name}_{number}") for name in ("day", "start", "end"))
        date_id = values.get(f"date_id_{number}")
        is_removed = bool(values.get(f"remove_{number}"))
        names = {f"{name}_{number}" for name in ("day", "start", "end")}
        if names & set(self.errors) or not (day or start or end or date_id):
            return None
        if is_removed and date_id:
            return PlannedDate(_NEVER, _NEVER, date_id, is_removed=True)
        return self._span(number, day, start, end)

    def _span(
        self, number: int, day: date | None, start: time | None, end: time | None
    ) -> PlannedDate | None:
        missing = {
            f"day_{number}": (day, _("Enter the day.")),
            f"start_{number}": (start, _("Enter when it starts.")),
            f"end_{number}": (end, _("Enter when it ends.")),
        }
        for name, (value, text) in missing.items():
            if value is None:
                self.add_error(name, ValidationError(text, code="required"))
        if day is not None and day.year not in YEARS:
            self.add_error(
                f"day_{number}", ValidationError(_("Check the year of this day."), code="year")
            )
            return None
        if day is None or start is None or end is None:
            return None
        last_day = day + timedelta(days=1) if end < start else day
        starts_at = self._moment(f"start_{number}", day, start)
        ends_at = self._moment(f"end_{number}", last_day, end)
        if starts_at is None or ends_at is None:
            return None
        if ends_at <= starts_at:
            self.add_error(
                f"end_{number}", ValidationError(_("The end must be after the start."), code="end")
            )
            return None
        return PlannedDate(starts_at, ends_at, self.cleaned_data.get(f"date_id_{number}"))

    def _moment(self, name: str, day: date, clock_time: time) -> datetime | None:
        try:
            return wall_time(day, clock_time)
        except ValidationError as error:
            self.add_error(name, error)
        return None

    def _check_place(self) -> None:
        values = self.cleaned_data
        if values.get("place") == NEW:
            for name, text in (
                ("venue_name", _("Enter the name of the new place.")),
                ("venue_municipality", _("Choose the municipality of the new place.")),
            ):
                if not values.get(name) and name not in self.errors:
                    self.add_error(name, ValidationError(text, code="required"))
        is_online = values.get("is_online") or values.get("place") == ONLINE
        if is_online and not values.get("online_url") and "online_url" not in self.errors:
            self.add_error(
                "online_url", ValidationError(_("Enter the link to join online."), code="required")
            )

    @property
    def chosen_place(self) -> Place:
        """The place as the service takes it."""
        values = self.cleaned_data
        choice = values.get("place", "")
        is_online = bool(values.get("is_online")) or choice == ONLINE
        return Place(
            venue_id=int(choice) if choice.isdecimal() else None,
            new_venue=self._new_venue() if choice == NEW else None,
            is_online=is_online,
            online_url=values.get("online_url", "") if is_online else "",
        )

    def _new_venue(self) -> VenueFacts:
        values = self.cleaned_data
        return VenueFacts(
            name=values["venue_name"],
            municipality_id=values["venue_municipality"].pk,
            street=values["venue_street"],
            postcode=values["venue_postcode"],
            bus_stop=values["venue_bus_stop"],
            step_free=values["venue_step_free"] or Access.UNKNOWN,
            accessible_toilet=values["venue_toilet"] or Access.UNKNOWN,
        )


def initial_rows(dates: list[ActivityDate]) -> dict[str, Any]:
    """Return what the rows show of dates that exist."""
    values: dict[str, Any] = {}
    for number, row in enumerate(dates, start=1):
        starts, ends = timezone.localtime(row.starts_at), timezone.localtime(row.ends_at)
        values |= {
            f"date_id_{number}": row.pk,
            f"day_{number}": starts.date(),
            f"start_{number}": starts.time(),
            f"end_{number}": ends.time(),
        }
    return values


def filled_weekly(typed: dict[str, Any], row_count: int) -> dict[str, Any]:
    """Fill the empty rows below the last full one, each a week after the one above."""
    values = dict(typed)
    last: tuple[date, str, str] | None = None
    for number in range(1, row_count + 1):
        day = str(values.get(f"day_{number}") or "")
        if day:
            last = _readable_row(values, number) or last
        elif last:
            last = (last[0] + timedelta(days=7), last[1], last[2])
            values |= {
                f"day_{number}": last[0].isoformat(),
                f"start_{number}": last[1],
                f"end_{number}": last[2],
            }
    return values


def _readable_row(values: dict[str, Any], number: int) -> tuple[date, str, str] | None:
    try:
        day = date.fromisoformat(str(values[f"day_{number}"]))
    except ValueError:
        return None
    if day.year not in YEARS:
        return None
    return day, str(values.get(f"start_{number}", "")), str(values.get(f"end_{number}", ""))
