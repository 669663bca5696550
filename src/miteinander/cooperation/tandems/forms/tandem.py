"""What members of a tandem type: words, a time, an end, a call for help; and a talk, noted."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from miteinander.cooperation.tandems.enums import CheckAnswer, EndReason, ReportKind, Way
from miteinander.cooperation.tandems.services.relay import LONGEST_WORDS
from miteinander.cooperation.tandems.services.seekers import Talk
from miteinander.encounters.activities.services.dates import wall_time
from miteinander.encounters.spaces.models import Venue
from miteinander.foundation.ui.days import DayField
from miteinander.foundation.ui.forms import PlainForm


class WordsForm(PlainForm):
    """Words to pass on; ``entry`` marks the filled-in form, so that it is passed on once."""

    words = forms.CharField(
        label=_("Your message"),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        error_messages={"required": _("Please write your message.")},
    )
    entry = forms.CharField(widget=forms.HiddenInput, max_length=64)

    @classmethod
    def fresh(cls) -> "WordsForm":
        """Return an empty form with a mark of its own."""
        return cls(initial={"entry": secrets.token_urlsafe(16)})


class FirstDateForm(PlainForm):
    """Day, time, way and place, by the clock on the wall here."""

    day = DayField(label=_("Day"))
    start = forms.TimeField(
        label=_("Time"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    way = forms.ChoiceField(
        label=_("How do you meet?"), choices=Way.choices, widget=forms.RadioSelect
    )
    venue = forms.TypedChoiceField(
        label=_("Public place"), coerce=int, empty_value=None, required=False,
        help_text=_("The first time you meet where other people are."),
    )  # fmt: skip

    def __init__(self, *args: object, venues: Sequence[Venue], **kwargs: object) -> None:
        """Offer public places near."""
        super().__init__(*args, **kwargs)
        field = self.fields["venue"]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101 (tells the type)
        field.choices = [("", "–"), *((venue.pk, f"{venue.name}, {venue.municipality.name}")
                                      for venue in venues)]  # fmt: skip

    def starts_at(self) -> datetime:
        """Return what was typed as one moment."""
        return wall_time(self.cleaned_data["day"], self.cleaned_data["start"])


class EndForm(PlainForm):
    """Why a tandem ends, from a closed list."""

    reason = forms.ChoiceField(
        label=_("Why do you want to end it?"),
        help_text=_("Only you and the statistics know it. The other person does not see it."),
        choices=EndReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose a reason.")},
    )
    wants_new = forms.BooleanField(label=_("I would like to meet somebody new"), required=False)


class ReportForm(PlainForm):
    """What makes somebody feel unsafe; there is no field for a story."""

    kind = forms.ChoiceField(
        label=_("What happened?"),
        choices=ReportKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose what happened.")},
    )


class CheckForm(PlainForm):
    """How it goes."""

    answer = forms.ChoiceField(
        label=_("How is it going?"),
        choices=CheckAnswer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose an answer.")},
    )


class TalkForm(PlainForm):
    """That a talk took place; for minors two facts more. There is no field for notes."""

    has_consent = forms.BooleanField(label=_("A guardian has agreed in writing"), required=False)
    has_adults = forms.BooleanField(
        label=_("Two adults come along to the meetings"), required=False
    )

    def talk(self) -> Talk:
        """Return what was typed, for the service."""
        return Talk(**self.cleaned_data)
