"""A day people can mean: years far away are mistakes, and break the arithmetic of time zones."""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

FIRST, LAST = date(2000, 1, 1), date(2098, 12, 31)


class DayField(forms.DateField):
    """A day between the years 2000 and 2098, chosen from the browser's calendar."""

    def __init__(self, **kwargs: Any) -> None:
        message = _("Check the year of this day.")
        super().__init__(
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            validators=[MinValueValidator(FIRST, message), MaxValueValidator(LAST, message)],
            **kwargs,
        )
