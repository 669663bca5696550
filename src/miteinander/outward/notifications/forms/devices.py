"""What a browser tells when somebody switches notes on, and how somebody wants reminders."""

from django import forms
from django.utils.translation import gettext_lazy as _

from miteinander.foundation.core.outside import LONGEST_ADDRESS
from miteinander.foundation.ui.forms import PlainForm
from miteinander.outward.notifications.enums import ReminderWay


class DeviceForm(PlainForm):
    """Filled in by the script of the page; whoever has none never sends it."""

    endpoint = forms.CharField(max_length=LONGEST_ADDRESS, widget=forms.HiddenInput)
    p256dh = forms.CharField(max_length=100, widget=forms.HiddenInput)
    auth = forms.CharField(max_length=40, widget=forms.HiddenInput)


class ReminderWayForm(PlainForm):
    """On which ways reminders come."""

    way = forms.ChoiceField(
        label=_("How should we remind you?"),
        help_text=_("Two days and four hours before a meeting."),
        choices=[*ReminderWay.choices, ("none", _("Not at all"))],
        widget=forms.RadioSelect,
    )

    def chosen(self) -> str:
        """Return the way, empty for none."""
        way: str = self.cleaned_data["way"]
        return "" if way == "none" else way
