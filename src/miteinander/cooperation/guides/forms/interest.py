"""Wanting to become a guide; and for coordinators, the invitation to a talk."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from miteinander.community.people.models import Person
from miteinander.community.people.services import Contact
from miteinander.community.regions.models import Region
from miteinander.cooperation.guides.enums import InterestStatus, TalkWay
from miteinander.cooperation.guides.services.interests import DECISIONS, LONGEST_PLACE, Talk
from miteinander.encounters.activities.services.dates import wall_time
from miteinander.foundation.core.languages import INTERFACE_CHOICES
from miteinander.foundation.ui.days import DayField
from miteinander.foundation.ui.fields import LineField, PhoneField
from miteinander.foundation.ui.forms import PlainForm

CONTACT = ("name", "email", "phone")


class InterestForm(PlainForm):
    """Who wants to become a guide: a name, one contact, a language, a municipality."""

    name = LineField(
        label=gettext_lazy("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
        error_messages={"required": gettext_lazy("Please write your name.")},
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        help_text=gettext_lazy("We send you a link with which you can take this back."),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
        error_messages={
            "invalid": gettext_lazy(
                "Please write the whole e-mail address, for example name@example.org."
            )
        },
    )
    phone = PhoneField(
        label=gettext_lazy("Telephone"),
        help_text=gettext_lazy("If you have no e-mail. A coordinator calls you."),
        required=False,
    )
    municipality = forms.ModelChoiceField(
        label=gettext_lazy("Where do you live?"),
        queryset=Region.objects.none(),
        error_messages={"required": gettext_lazy("Choose your municipality.")},
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language for messages to you"), choices=INTERFACE_CHOICES
    )
    entry = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(
        self, *args: Any, places: QuerySet[Region], person: Person | None = None, **kwargs: Any
    ) -> None:
        """Ask whoever is signed in (``person``) for no contact: it is known."""
        kwargs["initial"] = {"language": get_language(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.person = person
        field = self.fields["municipality"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (tells the type)
        field.queryset, field.empty_label = places, _("Please choose")
        if person is not None:
            for name in CONTACT:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Ask for at least one contact."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        missing = self.person is None and not typed.get("email") and not typed.get("phone")
        if missing and not {"email", "phone"} & self.errors.keys():
            message = _("Please write an e-mail address or a telephone number.")
            self.add_error("email", ValidationError(message, code="no_contact"))
        return typed

    def contact(self) -> Contact:
        """Return who it is, for the service."""
        typed, person = self.cleaned_data, self.person
        if person is not None:
            return Contact(name=person.name, email=person.email or "", language=typed["language"])
        return Contact(
            name=typed["name"], email=typed["email"], phone=typed["phone"],
            language=typed["language"],
        )  # fmt: skip


class TalkForm(PlainForm):
    """When, how and where to talk."""

    day = DayField(label=gettext_lazy("Day"))
    start = forms.TimeField(
        label=gettext_lazy("Time"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    way = forms.ChoiceField(
        label=gettext_lazy("How do you want to talk?"),
        choices=TalkWay.choices,
        widget=forms.RadioSelect,
    )
    place = LineField(
        label=gettext_lazy("Place"),
        help_text=gettext_lazy("The person reads this in the mail. For a talk by video: the link."),
        max_length=LONGEST_PLACE,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )

    def talk(self) -> Talk:
        """Return what was typed, for the service."""
        typed = self.cleaned_data
        starts_at = wall_time(typed["day"], typed["start"])
        return Talk(starts_at=starts_at, way=typed["way"], place=typed["place"])


class DecisionForm(PlainForm):
    """What came of the talk: one of three answers, and nothing else."""

    status = forms.ChoiceField(
        choices=[(status, InterestStatus(status).label) for status in DECISIONS],
        error_messages={"required": gettext_lazy("Choose suitable, later or not.")},
    )
