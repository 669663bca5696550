"""Who pays, which account, and a budget."""

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from miteinander.community.regions.models import Region
from miteinander.cooperation.guides.services.payments import LONGEST_HOLDER
from miteinander.foundation.ui.fields import LineField
from miteinander.foundation.ui.forms import PlainForm


class PayerForm(PlainForm):
    """An account, and where its owner pays."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail of the account"),
        help_text=gettext_lazy("The person must have signed in once with this address."),
    )
    region = forms.ModelChoiceField(
        label=gettext_lazy("District or municipality"),
        queryset=Region.objects.none(),
        required=False,
        empty_label=gettext_lazy("Everywhere"),
    )

    def __init__(self, *args: object, regions: QuerySet[Region], **kwargs: object) -> None:
        """Offer ``regions``."""
        super().__init__(*args, **kwargs)
        field = self.fields["region"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (tells the type)
        field.queryset = regions


class AccountForm(PlainForm):
    """Whose account, and its IBAN with or without blanks."""

    holder = LineField(
        label=gettext_lazy("Account holder"),
        max_length=LONGEST_HOLDER,
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
    )
    iban = LineField(
        label=gettext_lazy("IBAN"),
        max_length=60,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )


class BudgetForm(PlainForm):
    """How many hours in which year, and where."""

    region = forms.ModelChoiceField(
        label=gettext_lazy("District or municipality"),
        queryset=Region.objects.none(),
        empty_label=gettext_lazy("Please choose"),
    )
    year = forms.IntegerField(label=gettext_lazy("Year"), localize=False)
    hours = forms.IntegerField(label=gettext_lazy("Hours of the whole team"), min_value=0)

    def __init__(self, *args: object, regions: QuerySet[Region], **kwargs: object) -> None:
        """Offer ``regions``."""
        super().__init__(*args, **kwargs)
        field = self.fields["region"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (tells the type)
        field.queryset = regions
