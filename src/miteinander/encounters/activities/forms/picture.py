"""Which part of the picture somebody wants to see: whole months, an organisation, a place."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from miteinander.community.organisations.models import Organisation
from miteinander.community.regions.models import Region
from miteinander.encounters.activities.queries.gathering import Criteria
from miteinander.encounters.activities.queries.picture import By
from miteinander.foundation.core import clock
from miteinander.foundation.ui.forms import PlainForm

MONTHS_BACK = 36
SHOWN_AT_FIRST = 11
MONTHS = 12


def month_before(day: date, months: int) -> date:
    """Return the first day of the month so many months before the one of ``day``."""
    number = day.year * MONTHS + day.month - 1 - months
    return date(number // MONTHS, number % MONTHS + 1, 1)


def _month_choices(today: date) -> list[tuple[str, str]]:
    months = (month_before(today, back) for back in range(MONTHS_BACK))
    return [(month.strftime("%Y-%m"), date_format(month, "F Y")) for month in months]


class PictureForm(PlainForm):
    """The filters of the picture. Only whole months: nobody shall pick out a single evening."""

    by = forms.ChoiceField(label=gettext_lazy("One line for each"), choices=By.choices)
    first = forms.ChoiceField(label=gettext_lazy("From"))
    last = forms.ChoiceField(label=gettext_lazy("Until the end of"))
    organisation = forms.TypedChoiceField(
        label=gettext_lazy("Organisation"), required=False, coerce=int, empty_value=None
    )
    municipality = forms.TypedChoiceField(
        label=gettext_lazy("Place"), required=False, coerce=int, empty_value=None
    )

    def __init__(
        self,
        data: Any,
        *,
        organisations: list[Organisation],
        places: list[Region],
    ) -> None:
        today = clock.today()
        wanted = {
            "by": By.MONTH.value,
            "first": month_before(today, SHOWN_AT_FIRST).strftime("%Y-%m"),
            "last": today.strftime("%Y-%m"),
        }
        super().__init__({**wanted, **{name: data[name] for name in data if data[name]}})
        months = _month_choices(today)
        self._choose("first", months)
        self._choose("last", months)
        self._choose(
            "organisation", [("", _("All")), *((row.pk, row.name) for row in organisations)]
        )
        self._choose("municipality", [("", _("All")), *((row.pk, row.name) for row in places)])

    def _choose(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        """Refuse a span that ends before it begins."""
        values: dict[str, Any] = self.cleaned_data
        if values.get("first", "") > values.get("last", "9999"):
            raise ValidationError(
                _("The first month must not be after the last."), code="turned_round"
            )
        return values

    def criteria(self) -> Criteria:
        """Return what was chosen."""
        first = date.fromisoformat(self.cleaned_data["first"] + "-01")
        last = date.fromisoformat(self.cleaned_data["last"] + "-01")
        return Criteria(
            begin=clock.start_of_day(first),
            end=clock.start_of_day(month_before(last, -1)),
            organisation_id=self.cleaned_data["organisation"],
            municipality_id=self.cleaned_data["municipality"],
        )
