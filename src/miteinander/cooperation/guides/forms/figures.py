"""A new amount or cap."""

from django import forms
from django.utils.translation import gettext_lazy

from miteinander.cooperation.guides.enums import FigureKey
from miteinander.cooperation.guides.services.figures import NewFigure
from miteinander.foundation.ui.days import DayField
from miteinander.foundation.ui.fields import LineField
from miteinander.foundation.ui.forms import PlainForm


class FigureForm(PlainForm):
    """Which figure, since when, and where it stands."""

    key = forms.ChoiceField(label=gettext_lazy("What?"), choices=FigureKey.choices)
    value = forms.DecimalField(
        label=gettext_lazy("Value"),
        min_value=0,
        max_digits=9,
        decimal_places=2,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "dir": "ltr"}),
    )
    valid_from = DayField(label=gettext_lazy("Valid from"))
    source = LineField(
        label=gettext_lazy("Source"),
        help_text=gettext_lazy("Where does this figure stand?"),
        max_length=300,
    )

    def figure(self) -> NewFigure:
        """Return what was typed, for the service."""
        typed = self.cleaned_data
        return NewFigure(typed["key"], typed["value"], typed["valid_from"], typed["source"])
