"""The small pages of the task list, as forms."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from miteinander.community.organisations.models import Organisation
from miteinander.encounters.activities.enums import Audience, Topic
from miteinander.encounters.activities.models import ActivityDate
from miteinander.encounters.spaces.enums import Access
from miteinander.foundation.core.languages import INTERFACE_CHOICES, SPOKEN_CHOICES
from miteinander.foundation.core.text import latin_digits
from miteinander.foundation.ui.fields import LineField, ParagraphField, PhoneField
from miteinander.foundation.ui.forms import PlainForm

DEAREST_EURO = 1000


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


class EuroField(forms.CharField):
    """A price as people write it: ``5``, ``2,50`` or ``2.50 €``. Gives cents."""

    def prepare_value(self, value: Any) -> Any:
        """Show cents as euros."""
        if isinstance(value, int):
            return f"{value // 100},{value % 100:02d}" if value % 100 else str(value // 100)
        return value

    def clean(self, value: Any) -> int:
        """Read euros, give cents."""
        text = latin_digits(super().clean(value)).replace("€", "").replace(",", ".").strip()
        try:
            cents = Decimal(text or "0") * 100
        except InvalidOperation:
            cents = Decimal(-1)
        if not cents.is_finite() or cents < 0 or cents != cents.to_integral_value():
            raise ValidationError(_("Enter the price as a number. Example: 2,50"), code="invalid")
        if cents > DEAREST_EURO * 100:
            raise ValidationError(_("This price is too high."), code="too_high")
        return int(cents)


def _access_field(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=Access.choices, widget=forms.RadioSelect, required=False
    )


class AccessForm(SeenForm):
    """What it costs and what helps to come: childcare, and whether a wheelchair gets in."""

    cost_cents = EuroField(
        label=gettext_lazy("What does it cost for one person, in euros?"),
        help_text=gettext_lazy("Enter 0 if it is free."),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "dir": "ltr"}),
    )
    has_childcare = forms.BooleanField(
        label=gettext_lazy("Somebody looks after children"), required=False
    )
    step_free = _access_field(gettext_lazy("Can people get in with a wheelchair, without steps?"))
    accessible_toilet = _access_field(gettext_lazy("Is there a toilet for wheelchair users?"))

    def __init__(self, *args: Any, has_venue: bool, **kwargs: Any) -> None:
        """Ask for wheelchair access only where there is a place."""
        super().__init__(*args, **kwargs)
        if not has_venue:
            del self.fields["step_free"], self.fields["accessible_toilet"]


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


class SeatsForm(SeenForm):
    """How many people can come, for each coming date."""

    def __init__(
        self, *args: Any, dates: list[ActivityDate], labels: list[str], **kwargs: Any
    ) -> None:
        """Ask for a number per date, named by ``labels``."""
        super().__init__(*args, **kwargs)
        self.taken = {f"seats_{row.pk}": row.seats_taken for row in dates}
        self.fields["close"] = forms.MultipleChoiceField(
            choices=[(name, name) for name in self.taken],
            required=False,
            widget=forms.MultipleHiddenInput,
        )
        for row, label in zip(dates, labels, strict=True):
            self.fields[f"seats_{row.pk}"] = forms.IntegerField(
                label=label,
                min_value=1,
                max_value=5000,
                initial=row.capacity,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )

    def rows(self) -> list[tuple[BoundField, int]]:
        """Pair each number with the seats taken, where fewer were asked for than that."""
        return [
            (self[name], taken if self.has_error(name, "too_few_seats") else 0)
            for name, taken in self.taken.items()
        ]

    @property
    def seats(self) -> dict[int, int]:
        """Number of seats by key of the date; one that is to be closed keeps those it has."""
        closed = set(self.cleaned_data["close"])
        return {_key(name): self.cleaned_data[name] for name in self.taken if name not in closed}

    @property
    def closing(self) -> set[int]:
        """Keys of the dates that are to take nobody new."""
        return {_key(name) for name in self.cleaned_data["close"]}


def _key(name: str) -> int:
    return int(name.removeprefix("seats_"))


class AskBackForm(PlainForm):
    """What a coordinator wants to know before approving."""

    question = ParagraphField(
        label=gettext_lazy("What do you want to know or have changed?"),
        max_length=1000,
        widget=area(4),
    )
