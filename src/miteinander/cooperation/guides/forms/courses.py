"""Courses, modules, and what coordinators decide about people in a course."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from miteinander.community.organisations.models import Membership
from miteinander.cooperation.guides.enums import UnitFormat
from miteinander.cooperation.guides.models import Curriculum, Module, Session
from miteinander.cooperation.guides.models.curriculum import MOST_UNITS
from miteinander.cooperation.guides.queries.courses import venues_of
from miteinander.cooperation.guides.services.courses import CoursePlan, When
from miteinander.cooperation.guides.services.curricula import ModuleFacts
from miteinander.encounters.activities.models import ActivityDate
from miteinander.encounters.activities.services.dates import Place
from miteinander.encounters.spaces.models import Venue
from miteinander.foundation.core.languages import INTERFACE_CHOICES, SPOKEN_CHOICES
from miteinander.foundation.ui.days import DayField
from miteinander.foundation.ui.fields import LineField, ParagraphField, PhoneField
from miteinander.foundation.ui.formats import day_words
from miteinander.foundation.ui.forms import PlainForm

NUMERIC = {"inputmode": "numeric", "dir": "ltr"}
MOST_SEATS = 200


class ModuleForm(PlainForm):
    """A module: words, units, and whether a certificate needs it."""

    title = LineField(
        label=gettext_lazy("Title"), max_length=120, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    goals = ParagraphField(
        label=gettext_lazy("What can people do afterwards?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
    units = forms.IntegerField(
        label=gettext_lazy("Teaching units of 45 minutes"),
        min_value=1,
        max_value=MOST_UNITS,
        widget=forms.NumberInput(attrs=NUMERIC),
    )
    is_mandatory = forms.BooleanField(
        label=gettext_lazy("Mandatory for the certificate"), required=False
    )

    def facts(self) -> ModuleFacts:
        """Return what was typed, for the service."""
        typed = self.cleaned_data
        return ModuleFacts(
            title=typed["title"], goals=typed["goals"], units=typed["units"],
            is_mandatory=typed["is_mandatory"], language=get_language() or "de",
        )  # fmt: skip


def module_initial(module: Module) -> dict[str, Any]:
    """Return what the form shows of a module."""
    return {
        "title": module.name, "goals": module.learning_goals, "units": module.units,
        "is_mandatory": module.is_mandatory,
    }  # fmt: skip


class CourseForm(PlainForm):
    """A new course: words, evenings, place, seats, contact, and the presence needed."""

    title = LineField(
        label=gettext_lazy("Title"), max_length=120, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    summary = ParagraphField(
        label=gettext_lazy("In one or two sentences"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of these words"), choices=INTERFACE_CHOICES
    )
    first_day = DayField(label=gettext_lazy("First day"))
    start = forms.TimeField(
        label=gettext_lazy("From"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    end = forms.TimeField(
        label=gettext_lazy("To"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    weeks = forms.TypedChoiceField(
        label=gettext_lazy("How often?"),
        help_text=gettext_lazy("Each module gets one date. You can move single dates later."),
        choices=[(1, gettext_lazy("Every week")), (2, gettext_lazy("Every second week"))],
        coerce=int,
    )
    venue = forms.ModelChoiceField(
        label=gettext_lazy("Place"),
        queryset=Venue.objects.none(),
        required=False,
    )
    online_url = forms.URLField(
        label=gettext_lazy("Link to join online"),
        help_text=gettext_lazy("Only people who have signed up see the link."),
        max_length=500,
        required=False,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"dir": "ltr"}),
    )
    spoken = forms.MultipleChoiceField(
        label=gettext_lazy("Languages spoken there"),
        choices=SPOKEN_CHOICES,
        widget=forms.CheckboxSelectMultiple,
    )
    seats = forms.IntegerField(
        label=gettext_lazy("Seats"),
        min_value=1,
        max_value=MOST_SEATS,
        widget=forms.NumberInput(attrs=NUMERIC),
    )
    share = forms.IntegerField(
        label=gettext_lazy("Presence needed for a certificate, in per cent"),
        min_value=1,
        max_value=100,
        widget=forms.NumberInput(attrs=NUMERIC),
    )
    contact_name = LineField(
        label=gettext_lazy("Who meets people at the door?"),
        max_length=120,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    contact_phone = PhoneField(label=gettext_lazy("Telephone for questions"), required=False)
    contact_email = forms.EmailField(
        label=gettext_lazy("E-mail for questions"),
        required=False,
        widget=forms.EmailInput(attrs={"dir": "ltr"}),
    )

    def __init__(self, *args: Any, curriculum: Curriculum, **kwargs: Any) -> None:
        """Offer the places of the organisation."""
        super().__init__(*args, **kwargs)
        field = self.fields["venue"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (tells the type)
        field.queryset = venues_of(curriculum.organisation)
        field.empty_label = _("Only online")

    def clean(self) -> dict[str, Any]:
        """Ask for a place and for a contact."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        if not typed.get("venue") and not typed.get("online_url") and "venue" not in self.errors:
            self.add_error(
                "venue", ValidationError(_("Choose a place, or enter a link."), code="no_place")
            )
        has_contact = typed.get("contact_phone") or typed.get("contact_email")
        if not has_contact and not {"contact_phone", "contact_email"} & self.errors.keys():
            message = _("Enter a telephone number or an e-mail address for questions.")
            self.add_error("contact_phone", ValidationError(message, code="no_contact"))
        return typed

    def plan(self) -> CoursePlan:
        """Return what was typed, for the service."""
        typed = self.cleaned_data
        venue: Venue | None = typed["venue"]
        return CoursePlan(
            title=typed["title"], summary=typed["summary"], language=typed["language"],
            when=When(typed["first_day"], typed["start"], typed["end"], typed["weeks"]),
            place=Place(
                venue_id=venue.pk if venue else None, is_online=bool(typed["online_url"]),
                online_url=typed["online_url"],
            ),
            seats=typed["seats"], share=typed["share"], contact_name=typed["contact_name"],
            contact_phone=typed["contact_phone"], contact_email=typed["contact_email"],
            spoken=typed["spoken"],
        )  # fmt: skip


class SessionForm(PlainForm):
    """Who trains on a date, how it takes place, and which date it is."""

    date = forms.TypedChoiceField(
        label=gettext_lazy("Date"),
        help_text=gettext_lazy(
            "Was the date cancelled? Add another one on the planning page and choose it here."
        ),
        coerce=int,
    )
    trainer = forms.TypedChoiceField(
        label=gettext_lazy("Trainer"), required=False, coerce=int, empty_value=None
    )
    format = forms.ChoiceField(
        label=gettext_lazy("How does it take place?"),
        choices=UnitFormat.choices,
        widget=forms.RadioSelect,
    )

    def __init__(
        self,
        *args: Any,
        trainers: Sequence[Membership],
        dates: Sequence[ActivityDate],
        **kwargs: Any,
    ) -> None:
        """Offer who belongs to the organisation, and the dates of the course."""
        super().__init__(*args, **kwargs)
        days = self.fields["date"]
        assert isinstance(days, forms.TypedChoiceField)  # noqa: S101 (tells the type)
        days.choices = [(row.pk, _label_of(row)) for row in dates]
        field = self.fields["trainer"]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101 (tells the type)
        field.choices = [("", _("Not said yet")), *((r.person_id, r.person.name) for r in trainers)]


def _label_of(date: ActivityDate) -> str:
    words = f"{day_words(date.starts_at)}, {localtime(date.starts_at):%H:%M}"
    return _("%(date)s (cancelled)") % {"date": words} if date.is_cancelled else words


class MakeUpForm(PlainForm):
    """On which date of another course somebody makes a module up."""

    session = forms.TypedChoiceField(
        label=gettext_lazy("Date in another course"),
        coerce=int,
        error_messages={"required": gettext_lazy("Choose one of these dates.")},
    )

    def __init__(self, *args: Any, sessions: Sequence[Session], **kwargs: Any) -> None:
        """Offer ``sessions``."""
        super().__init__(*args, **kwargs)
        field = self.fields["session"]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101 (tells the type)
        field.choices = [
            (row.pk, f"{day_words(row.date.starts_at)}: {row.module.name}") for row in sessions
        ]


class IssueForm(PlainForm):
    """In which second language the certificate is."""

    language = forms.ChoiceField(
        label=gettext_lazy("Second language of the certificate"), choices=INTERFACE_CHOICES
    )
