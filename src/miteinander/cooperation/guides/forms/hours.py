"""Time a guide reports, and a correction of it."""

from django import forms
from django.utils.translation import gettext_lazy

from miteinander.cooperation.guides.enums import CorrectionReason
from miteinander.cooperation.guides.services.hours import MOST_KILOMETRES, MOST_MINUTES
from miteinander.foundation.ui.days import DayField
from miteinander.foundation.ui.forms import PlainForm


class TimeForm(PlainForm):
    """Minutes and kilometres."""

    minutes = forms.IntegerField(label=gettext_lazy("Minutes"), min_value=1, max_value=MOST_MINUTES)
    kilometres = forms.IntegerField(
        label=gettext_lazy("Kilometres"), min_value=0, max_value=MOST_KILOMETRES, initial=0
    )


class ReportForm(TimeForm):
    """Other time on a day, such as a reflection group."""

    day = DayField(label=gettext_lazy("Day"))
    field_order = ("day", "minutes", "kilometres")


class CorrectionForm(TimeForm):
    """What is right, and why it changes."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Reason"), choices=CorrectionReason.choices, widget=forms.RadioSelect
    )
