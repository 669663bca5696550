"""Which part of the picture somebody wants to see: a year or a quarter, and a region."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from miteinander.community.regions.models import Region
from miteinander.cooperation.guides.queries.picture import Span
from miteinander.foundation.core import clock
from miteinander.foundation.ui.forms import PlainForm

YEARS_BACK = 3
MONTHS = 3
QUARTERS = (4, 3, 2, 1)


def _begin(year: int, quarter: int) -> date:
    return date(year, quarter * MONTHS - 2, 1)


def _periods(today: date) -> list[tuple[str, str]]:
    """Name the present year and those before, each followed by its quarters so far."""
    found = []
    for year in range(today.year, today.year - YEARS_BACK - 1, -1):
        found.append((str(year), str(year)))
        for quarter in QUARTERS:
            if _begin(year, quarter) <= today:
                words = {"quarter": quarter, "year": year}
                found.append((f"{year}-{quarter}", _("Quarter %(quarter)d of %(year)d") % words))
    return found


class PictureForm(PlainForm):
    """The filters of the picture; the present year and all regions where nothing is chosen."""

    period = forms.ChoiceField(label=gettext_lazy("Year or quarter"))
    region = forms.TypedChoiceField(
        label=gettext_lazy("Region"), required=False, coerce=int, empty_value=None
    )

    def __init__(self, data: Any, *, regions: list[Region]) -> None:
        today = clock.today()
        super().__init__(
            {"period": str(today.year), **{key: data[key] for key in data if data[key]}}
        )
        self._choose("period", _periods(today))
        self._choose("region", [("", _("All")), *((row.pk, row.name) for row in regions)])

    def _choose(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
        field.choices = choices

    def span(self) -> Span:
        """Return the days that were chosen."""
        year, _dash, quarter = self.cleaned_data["period"].partition("-")
        if not quarter:
            return Span(date(int(year), 1, 1), date(int(year) + 1, 1, 1))
        begin = _begin(int(year), int(quarter))
        is_last = int(quarter) == QUARTERS[0]
        end = date(int(year) + 1, 1, 1) if is_last else _begin(int(year), int(quarter) + 1)
        return Span(begin, end)

    def about(self) -> str:
        """Name what was chosen: the time, then the region."""
        chosen = self.cleaned_data
        names = dict(self.fields["region"].choices)  # type: ignore[attr-defined]
        period = dict(self.fields["period"].choices)[chosen["period"]]  # type: ignore[attr-defined]
        return f"{period} · {names[chosen['region'] or '']}"
