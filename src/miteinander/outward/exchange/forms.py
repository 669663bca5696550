"""What one has to say to bring a calendar in."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from miteinander.foundation.core.languages import INTERFACE_CHOICES
from miteinander.foundation.ui.forms import PlainForm
from miteinander.outward.exchange.enums import REFUSALS


class CalendarImportForm(PlainForm):
    """A calendar file and the language its words are in."""

    calendar = forms.FileField(
        label=_("Calendar file"),
        help_text=_("Most calendars can export a file that ends in “.ics”. At most 1 megabyte."),
        allow_empty_file=True,
        error_messages={"required": _("Choose the file your calendar has exported.")},
    )
    language = forms.ChoiceField(
        label=_("Language of the texts in it"), choices=INTERFACE_CHOICES, initial="de"
    )

    def clean_calendar(self) -> Any:
        """Refuse what is too big before anything is read."""
        file = self.cleaned_data["calendar"]
        if (file.size or 0) > settings.CALENDAR_IMPORT_LIMITS["octets"]:
            raise forms.ValidationError(str(REFUSALS["too_big"]), code="too_big")
        return file
