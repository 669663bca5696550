"""The small pages of the task list, as forms."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from miteinander.community.organisations.models import Organisation
from miteinander.encounters.activities.enums import Audience, Topic
from miteinander.encounters.activities.insiders import Insiders
from miteinander.foundation.core.languages import INTERFACE_CHOICES, SPOKEN_CHOICES
from miteinander.foundation.ui.fields import LineField, ParagraphField, PhoneField
from miteinander.foundation.ui.forms import PlainForm

EVERYBODY = "everybody"


def area(rows: int) -> forms.Textarea:
    """Return a box of so many lines."""
    return forms.Textarea(attrs={"rows": rows})


class SeenForm(PlainForm):
    """A form that remembers which values its page showed, so that nothing is overwritten."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)


class NewActivityForm(PlainForm):
    """Begin with a title; everything else follows on the task list."""

    organisation = forms.ModelChoiceField(
        label=gettext_lazy("Who invites?"),
        queryset=Organisation.objects.none(),
        empty_label=gettext_lazy("Please choose"),
    )
    title = LineField(
        label=gettext_lazy("Title"),
        help_text=gettext_lazy("What happens, in a few words. Example: Cooking together"),
        max_length=120,
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("How do people come?"),
        choices=[
            ("dates", gettext_lazy("On certain dates, and they sign up")),
            ("standing", gettext_lazy("Every week at the same time, without signing up")),
        ],
        initial="dates",
        required=False,
        widget=forms.RadioSelect,
    )
    language = forms.ChoiceField(
        label=gettext_lazy("In which language do you write?"),
        help_text=gettext_lazy("You can add other languages later."),
        choices=INTERFACE_CHOICES,
    )

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        """Offer ``organisations``; with only one there is nothing to choose."""
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (tells the type)
        field.queryset = organisations
        self.only = organisations[0] if len(organisations) == 1 else None
        if self.only:
            del self.fields["organisation"]

    @property
    def organisation_id(self) -> int:
        """Key of the organisation that invites."""
        chosen: Organisation = self.only or self.cleaned_data["organisation"]
        return chosen.pk


class WordsForm(SeenForm):
    """What happens, in the language of the original."""

    title = LineField(label=gettext_lazy("Title"), max_length=120)
    topic = forms.ChoiceField(
        label=gettext_lazy("Topic"),
        choices=[("", gettext_lazy("Please choose")), *Topic.choices],
    )
    summary = ParagraphField(
        label=gettext_lazy("What happens? In one or two sentences"),
        help_text=gettext_lazy("This stands in the list. Short sentences are good for everybody."),
        max_length=300,
        widget=area(3),
    )
    description = ParagraphField(
        label=gettext_lazy("More about it"),
        help_text=gettext_lazy("What will we do? What should people bring?"),
        max_length=10_000,
        required=False,
        widget=area(8),
    )
    way_there = ParagraphField(
        label=gettext_lazy("How people find the place"),
        help_text=gettext_lazy(
            "Example: Two minutes from the bus stop, the door beside the church."
        ),
        max_length=10_000,
        required=False,
        widget=area(3),
    )


class AudienceForm(SeenForm):
    """For whom it is meant first of all."""

    audience = forms.ChoiceField(
        label=gettext_lazy("For whom is the meeting?"),
        choices=Audience.choices,
        widget=forms.RadioSelect,
    )
    only_for = forms.TypedChoiceField(
        label=gettext_lazy("Who sees the meeting?"),
        coerce=lambda typed: "" if typed == EVERYBODY else typed,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, circles: Sequence[Insiders], **kwargs: Any) -> None:
        """Offer ``circles``; without one everybody sees it, and there is nothing to choose."""
        super().__init__(*args, **kwargs)
        field = self.fields["only_for"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (tells the type)
        others = [(group.key, group.label) for group in circles]
        field.choices = [(EVERYBODY, gettext_lazy("Everybody")), *others]
        self.initial["only_for"] = self.initial.get("only_for") or EVERYBODY
        if not circles:
            del self.fields["only_for"]


class LanguagesForm(SeenForm):
    """Which languages are spoken there."""

    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Which languages do people speak there?"),
        choices=SPOKEN_CHOICES,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one language.")},
    )
    has_interpretation = forms.BooleanField(
        label=gettext_lazy("Somebody interprets"), required=False
    )


class ContactForm(SeenForm):
    """Who meets people at the door."""

    contact_name = LineField(
        label=gettext_lazy("Who meets people at the door?"),
        help_text=gettext_lazy("This name is public. A first name is enough."),
        max_length=120,
    )
    contact_phone = PhoneField(
        label=gettext_lazy("Telephone for questions"),
        help_text=gettext_lazy("This number is public."),
        required=False,
    )
    contact_email = forms.EmailField(
        label=gettext_lazy("E-mail for questions"),
        help_text=gettext_lazy("This address is public."),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Ask for one way to put a question."""
        values = super().clean() or self.cleaned_data
        if not values.get("contact_phone") and not values.get("contact_email") and not self.errors:
            self.add_error(
                "contact_phone",
                ValidationError(
                    _("Enter a telephone number or an e-mail address for questions."),
                    code="required",
                ),
            )
        return values


class AskBackForm(PlainForm):
    """What a coordinator wants to know before approving."""

    question = ParagraphField(
        label=gettext_lazy("What do you want to know or have changed?"),
        max_length=1000,
        widget=area(4),
    )
