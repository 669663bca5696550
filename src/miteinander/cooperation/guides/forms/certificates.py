"""The number somebody checks."""

from django import forms
from django.utils.translation import gettext_lazy

from miteinander.foundation.ui.fields import LineField
from miteinander.foundation.ui.forms import PlainForm


class CheckForm(PlainForm):
    """A number as it stands on paper."""

    number = LineField(
        label=gettext_lazy("Number of the certificate"),
        help_text=gettext_lazy("Three groups of four signs, for example 2A3B-4C5D-6E7F."),
        max_length=40,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Please write the number.")},
    )
