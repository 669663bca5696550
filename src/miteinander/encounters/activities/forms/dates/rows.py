"""Dates as rows of day, start and end."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.translation import gettext as _

from miteinander.encounters.activities.forms.planning import SeenForm
from miteinander.encounters.activities.services.dates import MOST_DATES, PlannedDate, wall_time

FREE_ROWS = 5
MOST_OPEN = 7  # rows; of more dates only a line each is shown until it is opened
YEARS = range(2000, 2100)  # what the calendar can reckon with, and nobody plans beyond
_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class DateRow:
    """The fields of one date, for the template.

    ``starts_at`` stands for the fields of a stored date that nobody has touched yet, where there
    are too many to show them all.
    """

    number: int
    day: BoundField
    start: BoundField
    end: BoundField
    date_id: BoundField
    remove: BoundField | None
    stored_id: int | None
    starts_at: datetime | None = None


class RowFields(SeenForm):
    """Dates as rows; empty rows do not count.

    A native date and time input each; an end before the start means the next day.
    """

    rows = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def offer_rows(self, row_count: int, *, can_remove: bool) -> None:
        """Make so many rows, though never more than an occasion has dates."""
        self.can_remove = can_remove
        self.row_count = min(row_count, MOST_DATES)
        self.fields["rows"].initial = self.row_count
        for number in range(1, self.row_count + 1):
            self._add_row(number)

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
                starts_at=self._folded_start(number) if stored_id else None,
            )

    def _folded_start(self, number: int) -> datetime | None:
        """Return when a stored date starts if its fields may be folded away."""
        day, start = (self[f"{name}_{number}"].value() for name in ("day", "start"))
        is_untouched = isinstance(day, date) and isinstance(start, time)
        if not is_untouched or self.row_count <= MOST_OPEN:
            return None
        return datetime.combine(day, start, tzinfo=timezone.get_default_timezone())

    def read_rows(self) -> None:
        """Read each row as a span of time, into ``planned``."""
        self.planned = [
            row for number in range(1, self.row_count + 1) if (row := self._read_row(number))
        ]

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
        self._ask_for_missing(number, day, start, end)
        if day is not None and day.year not in YEARS:
            self._refuse(f"day_{number}", _("Check the year of this day."), "year")
        elif day is not None and start is not None and end is not None:
            return self._span(number, day, start, end)
        return None

    def _ask_for_missing(
        self, number: int, day: date | None, start: time | None, end: time | None
    ) -> None:
        if day is None:
            self._refuse(f"day_{number}", _("Enter the day."), "required")
        if start is None:
            self._refuse(f"start_{number}", _("Enter when it starts."), "required")
        if end is None:
            self._refuse(f"end_{number}", _("Enter when it ends."), "required")

    def _span(self, number: int, day: date, start: time, end: time) -> PlannedDate | None:
        last_day = day + timedelta(days=1) if end < start else day
        starts_at = self._moment(f"start_{number}", day, start)
        ends_at = self._moment(f"end_{number}", last_day, end)
        if starts_at is None or ends_at is None:
            return None
        if ends_at <= starts_at:
            self._refuse(f"end_{number}", _("The end must be after the start."), "end")
            return None
        return PlannedDate(starts_at, ends_at, self.cleaned_data.get(f"date_id_{number}"))

    def _moment(self, name: str, day: date, clock_time: time) -> datetime | None:
        try:
            return wall_time(day, clock_time)
        except ValidationError as error:
            self.add_error(name, error)
        return None

    def _refuse(self, name: str, text: str, code: str) -> None:
        self.add_error(name, ValidationError(text, code=code))
