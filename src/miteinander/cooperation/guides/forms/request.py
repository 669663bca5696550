"""Asking for a guide: closed lists, one short note, and how to reach who asks."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from miteinander.community.regions.models import Region
from miteinander.cooperation.guides.enums import (
    AssignmentKind,
    AssignmentTopic,
    GuideTask,
    MeetingWay,
    RequesterKind,
    RequestStatus,
    UnfilledReason,
)
from miteinander.cooperation.guides.models.sealed import Contacts
from miteinander.cooperation.guides.services.requests import LONGEST, LONGEST_NOTE, Wish
from miteinander.encounters.activities.services.dates import wall_time
from miteinander.foundation.core.languages import SPOKEN_CHOICES
from miteinander.foundation.ui.days import DayField
from miteinander.foundation.ui.fields import LineField, PhoneField
from miteinander.foundation.ui.forms import PlainForm

CHOOSE = gettext_lazy("Choose from the list.")


class RequestForm(PlainForm):
    """What is asked for, when and where, and by whom."""

    requester = forms.ChoiceField(
        label=gettext_lazy("Who asks?"), choices=RequesterKind.choices, widget=forms.RadioSelect,
        error_messages={"required": CHOOSE},
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=gettext_lazy("What is it?"), choices=AssignmentKind.choices,
        widget=forms.RadioSelect, error_messages={"required": CHOOSE},
    )  # fmt: skip
    topic = forms.ChoiceField(
        label=gettext_lazy("What is it about?"), choices=AssignmentTopic.choices,
        widget=forms.RadioSelect, error_messages={"required": CHOOSE},
    )  # fmt: skip
    tasks = forms.MultipleChoiceField(
        label=gettext_lazy("What should the guide do?"), choices=GuideTask.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose what the guide should do.")},
    )  # fmt: skip
    language = forms.ChoiceField(
        label=gettext_lazy("Which language should the guide speak?"), choices=SPOKEN_CHOICES
    )
    has_minors = forms.BooleanField(
        label=gettext_lazy("Children or young people are there"), required=False
    )
    way = forms.ChoiceField(
        label=gettext_lazy("How do you want to meet?"), choices=MeetingWay.choices,
        widget=forms.RadioSelect, initial=MeetingWay.IN_PERSON,
    )  # fmt: skip
    municipality = forms.ModelChoiceField(
        label=gettext_lazy("In which municipality?"),
        queryset=Region.objects.none(),
        error_messages={"required": gettext_lazy("Choose your municipality.")},
    )
    place = LineField(
        label=gettext_lazy("Place"),
        help_text=gettext_lazy("Street and house, or a room."),
        max_length=160,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    day = DayField(
        label=gettext_lazy("Day"),
        help_text=gettext_lazy("Empty means: the time is flexible."),
        required=False,
    )
    start = forms.TimeField(
        label=gettext_lazy("Time"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        required=False,
    )
    by_day = DayField(label=gettext_lazy("If flexible: until when at the latest?"), required=False)
    minutes = forms.IntegerField(
        label=gettext_lazy("How many minutes does it take?"), min_value=1, max_value=LONGEST,
        initial=60,
    )  # fmt: skip
    name = LineField(
        label=gettext_lazy("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
        error_messages={"required": gettext_lazy("Please write your name.")},
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
        error_messages={
            "invalid": gettext_lazy(
                "Please write the whole e-mail address, for example name@example.org."
            )
        },
    )
    phone = PhoneField(label=gettext_lazy("Telephone"), required=False)
    person_name = LineField(
        label=gettext_lazy("Name of the person the guide helps, if it is not you"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    person_phone = PhoneField(label=gettext_lazy("Telephone of this person"), required=False)
    note = LineField(
        label=gettext_lazy("One short note"),
        help_text=gettext_lazy(
            "Please write nothing about illness, about residence papers or about religion."
        ),
        max_length=LONGEST_NOTE,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    entry = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args: Any, places: QuerySet[Region], **kwargs: Any) -> None:
        """Offer ``places``."""
        super().__init__(*args, **kwargs)
        field = self.fields["municipality"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (tells the type)
        field.queryset, field.empty_label = places, _("Please choose")

    def clean(self) -> dict[str, Any]:
        """Ask for one contact, and for day and time together."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        missing = not typed.get("email") and not typed.get("phone")
        if missing and not {"email", "phone"} & self.errors.keys():
            message = _("Please write an e-mail address or a telephone number.")
            self.add_error("email", ValidationError(message, code="no_contact"))
        has_half = bool(typed.get("day")) != bool(typed.get("start"))
        if has_half and not {"day", "start"} & self.errors.keys():
            message = _("Enter day and time, or neither if the time is flexible.")
            self.add_error("day", ValidationError(message, code="half"))
        return typed

    def wish(self) -> Wish:
        """Return what is asked for, for the service."""
        typed = self.cleaned_data
        starts_at = wall_time(typed["day"], typed["start"]) if typed["day"] else None
        return Wish(
            municipality_id=typed["municipality"].pk, requester=typed["requester"],
            kind=typed["kind"], topic=typed["topic"], tasks=tuple(typed["tasks"]),
            language=typed["language"], way=typed["way"], has_minors=typed["has_minors"],
            starts_at=starts_at, by_day=typed["by_day"], minutes=typed["minutes"],
        )  # fmt: skip

    def contacts(self) -> Contacts:
        """Return how to reach who asks, for the service."""
        typed = self.cleaned_data
        names = ("name", "email", "phone", "person_name", "person_phone", "place", "note")
        return Contacts(**{name: typed[name] for name in names})


class EndForm(PlainForm):
    """Why nobody could take a request: one of a list."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Why could nobody take it?"),
        choices=UnfilledReason.choices,
        error_messages={"required": CHOOSE},
    )


class StateForm(PlainForm):
    """Which requests to list."""

    status = forms.ChoiceField(
        choices=[(state.value, state.label) for state in RequestStatus], required=False
    )
