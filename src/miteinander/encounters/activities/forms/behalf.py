"""Signing somebody up who cannot do it alone: what the organiser types."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from miteinander.community.people.enums import AgeGroup, Background
from miteinander.community.people.services import Contact
from miteinander.encounters.activities.enums import Giving
from miteinander.encounters.activities.forms.planning import area
from miteinander.encounters.activities.models import Activity
from miteinander.encounters.activities.services.seats import Wish
from miteinander.encounters.activities.services.seats.wishes import LONGEST_ANSWER, has_conditions
from miteinander.foundation.core.languages import INTERFACE_CHOICES
from miteinander.foundation.ui.fields import LineField, ParagraphField, PhoneField
from miteinander.foundation.ui.forms import PlainForm


def _people(label: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=0,
        initial=0,
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


class BehalfForm(PlainForm):
    """Name and consent are needed; how to reach the person only if there is a way."""

    entry = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    name = LineField(
        label=gettext_lazy("Name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "dir": "ltr"}),
    )
    phone = PhoneField(
        label=gettext_lazy("Telephone"),
        help_text=gettext_lazy(
            "Leave both empty if the person has neither. Then you tell the person all news."
        ),
        required=False,
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language for messages"), choices=INTERFACE_CHOICES
    )
    companions = _people(gettext_lazy("How many adults come along?"))
    children = _people(gettext_lazy("How many children come along?"))
    background = forms.ChoiceField(
        label=gettext_lazy("Long here or new here?"),
        help_text=gettext_lazy(
            "Ask the person. We only count it, to see whether both sides meet. Nobody sees it."
        ),
        choices=[("", gettext_lazy("Not asked")), *Background.choices],
        required=False,
    )
    age_group = forms.ChoiceField(
        label=gettext_lazy("How old is the person?"),
        help_text=gettext_lazy("We only count it. Nobody sees it."),
        choices=[("", gettext_lazy("Not asked")), *AgeGroup.choices],
        required=False,
    )
    answer = ParagraphField(
        label=gettext_lazy("What the person answers"),
        max_length=LONGEST_ANSWER,
        required=False,
        widget=area(3),
    )
    is_stated = forms.BooleanField(
        label=gettext_lazy("The person says: This meeting is for people like me"),
        error_messages={
            "required": gettext_lazy("This meeting is for a certain group. Ask the person.")
        },
    )
    has_consent = forms.BooleanField(
        label=gettext_lazy("The person wants this. I have asked"),
        help_text=gettext_lazy(
            "We note that you signed the person up, and that the person said yes to it."
        ),
        error_messages={"required": gettext_lazy("Ask the person first, then tick the box.")},
    )
    may_wait = forms.BooleanField(
        label=gettext_lazy("Put the person on the waiting list"),
        required=False,
        widget=forms.HiddenInput,
    )

    def __init__(self, *args: Any, activity: Activity, question: str, **kwargs: Any) -> None:
        """Ask only for what ``activity`` needs; ``question`` is the one it puts to people."""
        kwargs["initial"] = {"language": get_language(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        needless = set()
        if activity.giving != Giving.APPROVAL:
            needless |= {"answer"}
        if not has_conditions(activity):
            needless |= {"is_stated"}
        if not activity.most_companions:
            needless |= {"companions", "children"}
        for name in needless:
            del self.fields[name]
        if question and "answer" in self.fields:
            self.fields["answer"].help_text = question

    def ask_may_wait(self) -> None:
        """Show the question that is asked only once no seat is left."""
        self.fields["may_wait"].widget = forms.CheckboxInput()
        message = _("No seat is left. Tick the box to put the person on the waiting list.")
        self.add_error("may_wait", ValidationError(message, code="all_seats_taken"))

    def contact(self) -> Contact:
        """Return who it is, for the service."""
        typed = self.cleaned_data
        return Contact(
            name=typed["name"],
            email=typed["email"],
            phone=typed["phone"],
            language=typed["language"],
            background=typed["background"] or Background.UNDISCLOSED,
            age_group=typed["age_group"] or AgeGroup.UNDISCLOSED,
        )

    def wish(self) -> Wish:
        """Return what is asked for, for the service."""
        typed = self.cleaned_data
        return Wish(
            companions=typed.get("companions") or 0,
            children=typed.get("children") or 0,
            side=typed["background"] or Background.UNDISCLOSED,
            age_group=typed["age_group"] or AgeGroup.UNDISCLOSED,
            answer=typed.get("answer", ""),
            is_stated=typed.get("is_stated", False),
            may_wait=typed["may_wait"],
        )
