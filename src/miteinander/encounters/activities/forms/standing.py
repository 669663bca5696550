"""When and where a standing offer takes place, and looking for one."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from miteinander.community.regions.models import Region
from miteinander.encounters.activities.enums import Weekday
from miteinander.encounters.activities.forms.dates.place import LATER, PlaceFields
from miteinander.encounters.activities.forms.search import DayField, SearchForm
from miteinander.encounters.activities.services.standing import MOST_HOURS, Hours, Opening
from miteinander.encounters.spaces.models import Venue
from miteinander.foundation.core import clock
from miteinander.foundation.core.text import latin_digits, one_line
from miteinander.foundation.ui.fields import ParagraphField

TODAY = "today"
FREE_ROWS, FEWEST_ROWS = 2, 4
_FORMS = ("%d.%m.%Y", "%Y-%m-%d")


class OpeningForm(PlaceFields):
    """Hours as rows of a day of the week, from and to; empty rows do not count."""

    first_day = DayField(label=gettext_lazy("From which day on? (optional)"), required=False)
    last_day = DayField(label=gettext_lazy("Until which day? (optional)"), required=False)
    rests_in_holidays = forms.BooleanField(
        label=gettext_lazy("Closed in the school holidays"), required=False
    )
    closed_days = ParagraphField(
        label=gettext_lazy("Single days when it is closed (optional)"),
        help_text=gettext_lazy("One day on each line, for example 24.12.2026"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "ltr"}),
    )

    def __init__(
        self,
        *args: Any,
        venues: list[Venue],
        municipalities: QuerySet[Region],
        row_count: int,
        **kwargs: Any,
    ) -> None:
        """Offer the known places and so many rows."""
        super().__init__(*args, **kwargs)
        self.offer_places(venues, municipalities)
        self.row_count = max(FEWEST_ROWS, min(row_count, MOST_HOURS))
        for number in range(1, self.row_count + 1):
            self._add_row(number)

    def _add_row(self, number: int) -> None:
        self.fields[f"weekday_{number}"] = forms.TypedChoiceField(
            label=_("Day"), required=False, coerce=int, empty_value=None,
            choices=[("", _("No day")), *Weekday.choices],
        )  # fmt: skip
        from_, to = pgettext("time of day", "From"), pgettext("time of day", "To")
        for name, label in (("opens", from_), ("closes", to)):
            self.fields[f"{name}_{number}"] = forms.TimeField(
                label=label, required=False,
                widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            )  # fmt: skip

    def rows(self) -> Iterator[tuple[int, list[BoundField]]]:
        """Give the rows to the template."""
        for number in range(1, self.row_count + 1):
            yield number, [self[f"{name}_{number}"] for name in ("weekday", "opens", "closes")]

    def clean_closed_days(self) -> list[date]:
        """Read one day from each line."""
        return [_day(line) for line in self.cleaned_data["closed_days"].splitlines() if line]

    def clean(self) -> dict[str, Any]:
        """Read the rows, and ask for what the chosen place needs."""
        values = super().clean() or self.cleaned_data
        self.check_place()
        self.hours = [row for n in range(1, self.row_count + 1) if (row := self._row(n))]
        return values

    def _row(self, number: int) -> Hours | None:
        names = [f"{name}_{number}" for name in ("weekday", "opens", "closes")]
        weekday, opens, closes = (self.cleaned_data.get(name) for name in names)
        if set(names) & set(self.errors) or (weekday is None and not (opens or closes)):
            return None
        missing = {
            names[0]: (weekday, _("Choose the day.")),
            names[1]: (opens, _("Enter when it starts.")),
            names[2]: (closes, _("Enter when it ends.")),
        }
        for name, (value, text) in missing.items():
            if value is None:
                self.add_error(name, ValidationError(text, code="required"))
        if weekday is None or opens is None or closes is None:
            return None
        if closes <= opens:
            text = _("The end must be after the start.")
            self.add_error(names[2], ValidationError(text, code="end"))
            return None
        return Hours(weekday, opens, closes)

    @property
    def opening(self) -> Opening:
        """What was typed, for the service."""
        values = self.cleaned_data
        return Opening(
            hours=self.hours,
            first_day=values.get("first_day"),
            last_day=values.get("last_day"),
            closed_days=values["closed_days"],
            rests_in_holidays=values["rests_in_holidays"],
        )


def _day(line: str) -> date:
    text = one_line(latin_digits(line))
    for form in _FORMS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 (a day has no zone)
        except ValueError:
            continue
    raise ValidationError(
        _("We cannot read this day: %(text)s. Write it like 24.12.2026."),
        code="invalid",
        params={"text": text[:40]},
    )


class OfferSearchForm(SearchForm):
    """What somebody looks for among standing offers."""

    when = None  # type: ignore[assignment]
    first = None  # type: ignore[assignment]
    last = None  # type: ignore[assignment]
    interpretation = None  # type: ignore[assignment]
    online = None  # type: ignore[assignment]
    audience = None  # type: ignore[assignment]
    free = None  # type: ignore[assignment]
    weekday = forms.ChoiceField(
        label=gettext_lazy("On which day?"),
        required=False,
        choices=[
            ("", gettext_lazy("Any day")),
            (TODAY, gettext_lazy("Today")),
            *((str(day.value), day.label) for day in Weekday),
        ],
    )
    shown_first = ("weekday", "place")

    def __init__(self, data: QueryDict, *, places: Sequence[Region]) -> None:
        super().__init__(data, places=places)
        self.fields["weekday"].error_messages["invalid_choice"] = _("We do not know this choice.")

    def day(self) -> int | None:
        """Return the day of the week that is looked for."""
        chosen = self.value("weekday")
        if chosen == TODAY:
            return clock.today().weekday()
        return int(chosen) if chosen else None


__all__ = ["LATER", "OfferSearchForm", "OpeningForm"]
