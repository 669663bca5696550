"""A time, an answer with a time, a report after an assignment, and words to pass on."""

import secrets
from datetime import datetime

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy

from miteinander.cooperation.guides.enums import AssignmentResult, AssignmentStatus
from miteinander.cooperation.guides.services.assignments import REPORTED, Report
from miteinander.cooperation.guides.services.hours import MOST_KILOMETRES, MOST_MINUTES
from miteinander.cooperation.guides.services.relay import LONGEST_WORDS
from miteinander.cooperation.guides.services.requests import LONGEST
from miteinander.encounters.activities.services.dates import wall_time
from miteinander.foundation.ui.days import DayField
from miteinander.foundation.ui.forms import PlainForm


class MomentForm(PlainForm):
    """Day and time by the clock on the wall here."""

    day = DayField(label=gettext_lazy("Day"))
    start = forms.TimeField(
        label=gettext_lazy("Time"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )

    def starts_at(self) -> datetime:
        """Return what was typed as one moment."""
        return wall_time(self.cleaned_data["day"], self.cleaned_data["start"])


class RequestTimeForm(MomentForm):
    """Another time for a request."""

    minutes = forms.IntegerField(
        label=gettext_lazy("How many minutes does it take?"), min_value=1, max_value=LONGEST
    )


class AssignmentReportForm(PlainForm):
    """What happened, in under a minute."""

    status = forms.ChoiceField(
        label=gettext_lazy("What happened?"),
        choices=lazy(lambda: [(word.value, word.label) for word in REPORTED], list)(),
        widget=forms.RadioSelect,
        initial=AssignmentStatus.HAPPENED,
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes"), min_value=1, max_value=MOST_MINUTES,
        error_messages={"required": gettext_lazy("Enter how many minutes it took.")},
    )  # fmt: skip
    kilometres = forms.IntegerField(
        label=gettext_lazy("Kilometres"), min_value=0, max_value=MOST_KILOMETRES, required=False
    )
    result = forms.ChoiceField(
        label=gettext_lazy("What came of it?"),
        choices=AssignmentResult.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what came of it.")},
    )
    has_follow_up = forms.BooleanField(
        label=gettext_lazy("They would like another date"), required=False
    )
    wants_apart = forms.BooleanField(
        label=gettext_lazy("Please do not ask me for these people again"),
        help_text=gettext_lazy("You need no reason, and they are not told."),
        required=False,
    )

    def full_clean(self) -> None:
        """Ask for minutes and result only where it took place."""
        has_happened = self["status"].value() == AssignmentStatus.HAPPENED
        for name in ("minutes", "result"):
            self.fields[name].required = has_happened or not self.is_bound
        super().full_clean()

    def report(self) -> Report:
        """Return what was typed, for the service."""
        typed = self.cleaned_data
        return Report(
            status=typed["status"], minutes=typed["minutes"] or 0,
            kilometres=typed["kilometres"] or 0, result=typed["result"],
            has_follow_up=typed["has_follow_up"], wants_apart=typed["wants_apart"],
        )  # fmt: skip


class WordsForm(PlainForm):
    """Words to pass on; ``entry`` marks the filled-in form, so that it is passed on once."""

    words = forms.CharField(
        label=gettext_lazy("Your message"),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        error_messages={"required": gettext_lazy("Please write your message.")},
    )
    entry = forms.CharField(widget=forms.HiddenInput, max_length=64)

    @classmethod
    def fresh(cls) -> "WordsForm":
        """Return an empty form with a mark of its own."""
        return cls(initial={"entry": secrets.token_urlsafe(16)})
