"""What it costs and what helps to come, as a form."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from miteinander.encounters.activities.forms.planning import SeenForm
from miteinander.encounters.spaces.enums import Access
from miteinander.foundation.core.text import latin_digits

DEAREST_EURO = 1000


class EuroField(forms.CharField):
    """A price as people write it: ``5``, ``2,50`` or ``2.50 €``. Gives cents."""

    def prepare_value(self, value: Any) -> Any:
        """Show cents as euros."""
        if isinstance(value, int):
            return f"{value // 100},{value % 100:02d}" if value % 100 else str(value // 100)
        return value

    def clean(self, value: Any) -> int:
        """Read euros, give cents."""
        text = latin_digits(super().clean(value)).replace("€", "").replace(",", ".").strip()
        try:
            cents = Decimal(text or "0") * 100
        except InvalidOperation:
            cents = Decimal(-1)
        if not cents.is_finite() or cents < 0 or cents != cents.to_integral_value():
            raise ValidationError(_("Enter the price as a number. Example: 2,50"), code="invalid")
        if cents > DEAREST_EURO * 100:
            raise ValidationError(_("This price is too high."), code="too_high")
        return int(cents)


def _access_field(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=Access.choices, widget=forms.RadioSelect, required=False
    )


class AccessForm(SeenForm):
    """What it costs and what helps to come: childcare, and whether a wheelchair gets in."""

    cost_cents = EuroField(
        label=gettext_lazy("What does it cost for one person, in euros?"),
        help_text=gettext_lazy("Enter 0 if it is free."),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "dir": "ltr"}),
    )
    has_childcare = forms.BooleanField(
        label=gettext_lazy("Somebody looks after children"), required=False
    )
    step_free = _access_field(gettext_lazy("Can people get in with a wheelchair, without steps?"))
    accessible_toilet = _access_field(gettext_lazy("Is there a toilet for wheelchair users?"))

    def __init__(self, *args: Any, has_venue: bool, **kwargs: Any) -> None:
        """Ask for wheelchair access only where there is a place."""
        super().__init__(*args, **kwargs)
        if not has_venue:
            del self.fields["step_free"], self.fields["accessible_toilet"]
