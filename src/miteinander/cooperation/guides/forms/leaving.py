"""Why somebody leaves a course."""

from django import forms
from django.utils.translation import gettext_lazy

from miteinander.cooperation.guides.enums import LeaveReason
from miteinander.foundation.ui.forms import PlainForm


class LeaveForm(PlainForm):
    """The reason, from a closed list."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Reason"), choices=LeaveReason.choices, widget=forms.RadioSelect
    )
