"""Several dates at once: how often, from when, and how many or until when."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from miteinander.encounters.activities.forms.dates.rows import YEARS
from miteinander.encounters.activities.services.dates import (
    LAST_IN_MONTH,
    MOST_DATES,
    Rhythm,
    SeriesWish,
)
from miteinander.encounters.activities.services.locking import fingerprint
from miteinander.foundation.core import clock
from miteinander.foundation.ui.forms import PlainForm

RHYTHMS = [
    (Rhythm.WEEKLY, gettext_lazy("Every week")),
    (Rhythm.FORTNIGHTLY, gettext_lazy("Every second week")),
    (Rhythm.MONTHLY, gettext_lazy("Once a month")),
]
WEEKS = [
    ("", gettext_lazy("Like the first day")),
    ("1", gettext_lazy("The first in the month")),
    ("2", gettext_lazy("The second in the month")),
    ("3", gettext_lazy("The third in the month")),
    ("4", gettext_lazy("The fourth in the month")),
    (str(LAST_IN_MONTH), gettext_lazy("The last in the month")),
]


def _day_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _time_input() -> forms.TimeInput:
    return forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class SeriesForm(PlainForm):
    """What the dates of a series have in common."""

    rhythm = forms.ChoiceField(
        label=gettext_lazy("How often?"),
        choices=RHYTHMS,
        initial=Rhythm.WEEKLY,
        widget=forms.RadioSelect,
    )
    week_of_month = forms.ChoiceField(
        label=gettext_lazy("If once a month: which one?"),
        help_text=gettext_lazy(
            "Example: every first Tuesday. The day of the week is that of the first day."
        ),
        choices=WEEKS,
        required=False,
    )
    first_day = forms.DateField(label=gettext_lazy("First day"), widget=_day_input())
    start = forms.TimeField(label=gettext_lazy("Start"), widget=_time_input())
    end = forms.TimeField(
        label=gettext_lazy("End"),
        help_text=gettext_lazy("Earlier than the start means: on the next day."),
        widget=_time_input(),
    )
    count = forms.IntegerField(
        label=gettext_lazy("How many dates?"),
        min_value=1,
        max_value=MOST_DATES,
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    last_day = forms.DateField(
        label=gettext_lazy("Or: until which day?"), required=False, widget=_day_input()
    )
    only_school_weeks = forms.BooleanField(
        label=gettext_lazy("Leave out the school holidays"), required=False
    )

    def clean_first_day(self) -> date:
        """Refuse a day that has passed or that no calendar here reaches."""
        day: date = self.cleaned_data["first_day"]
        if day.year not in YEARS:
            raise ValidationError(_("Check the year of this day."), code="year")
        if day < clock.today():
            raise ValidationError(_("This date is in the past. Enter a coming date."), code="past")
        return day

    def clean_last_day(self) -> date | None:
        """Refuse a year nobody means."""
        day: date | None = self.cleaned_data["last_day"]
        if day is not None and day.year not in YEARS:
            raise ValidationError(_("Check the year of this day."), code="year")
        return day

    def clean(self) -> dict[str, Any]:
        """Ask for an end of the series, and for days and times in their order."""
        values = super().clean() or self.cleaned_data
        if not (values.get("count") or values.get("last_day")) and not (
            {"count", "last_day"} & set(self.errors)
        ):
            self._refuse("count", _("Enter how many dates there are, or the last day."), "required")
        first, last = values.get("first_day"), values.get("last_day")
        if first and last and last < first:
            self._refuse("last_day", _("The last day must not be before the first."), "order")
        if values.get("start") is not None and values.get("start") == values.get("end"):
            self._refuse("end", _("The end must be after the start."), "end")
        return values

    def _refuse(self, name: str, text: str, code: str) -> None:
        self.add_error(name, ValidationError(text, code=code))

    @property
    def wish(self) -> SeriesWish:
        """The series as the service takes it."""
        values = self.cleaned_data
        return SeriesWish(
            rhythm=Rhythm(values["rhythm"]),
            first_day=values["first_day"],
            start=values["start"],
            end=values["end"],
            count=values["count"],
            last_day=values["last_day"],
            week_of_month=int(values["week_of_month"]) if values["week_of_month"] else None,
            only_school_weeks=values["only_school_weeks"],
        )

    @property
    def mark(self) -> str:
        """A mark of the wish that differs once anything in the form does."""
        return fingerprint(vars(self.wish))


def initial_series(starts: datetime | None, ends: datetime | None) -> dict[str, Any]:
    """Return what the form shows first: the hours of a date there is, in local time."""
    hours: dict[str, time] = {}
    if starts is not None and ends is not None:
        hours = {"start": starts.time(), "end": ends.time()}
    return {"rhythm": Rhythm.WEEKLY, **hours}
