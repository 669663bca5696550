"""Whom a date needs to help, and offering it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from miteinander.community.people.services import Contact
from miteinander.encounters.activities.enums import Role
from miteinander.encounters.activities.forms.sign_up import GuestSignUpForm
from miteinander.encounters.activities.models import RoleWanted
from miteinander.encounters.activities.services.together import RoleKey
from miteinander.foundation.core.languages import (
    INTERFACE_CHOICES,
    NAMES,
    OWN_NAMES,
    SPOKEN,
    SPOKEN_CHOICES,
)
from miteinander.foundation.ui.fields import LineField, PhoneField
from miteinander.foundation.ui.forms import PlainForm

ALL_DATES = "all"
MOST = 20
PAIRS = 3
SIMPLE = (Role.HOST, Role.COOK, Role.DRIVER, Role.CHILD_CARE)


def _number(label: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, min_value=0, max_value=MOST, required=False, initial=0,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "dir": "ltr"}),
        error_messages={
            "invalid": gettext_lazy("Please write a number, for example 2."),
            "min_value": gettext_lazy("Please write a number, for example 2."),
            "max_value": gettext_lazy("Please write a number up to 20."),
        },
    )  # fmt: skip


class RolesForm(PlainForm):
    """How many people of each role are wanted, for one date or for all that come."""

    def __init__(self, *args: Any, dates: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """Offer ``dates`` by key and words."""
        super().__init__(*args, **kwargs)
        self.fields["which"] = forms.ChoiceField(
            label=_("For which date?"), choices=[(ALL_DATES, _("For all coming dates")), *dates]
        )
        for role in SIMPLE:
            self.fields[role] = _number(role.label)
        for number in range(1, PAIRS + 1):
            self._add_pair(number)

    def _add_pair(self, number: int) -> None:
        languages = [("", _("Please choose")), *SPOKEN_CHOICES]
        self.fields[f"interpreters_{number}"] = _number(_("How many interpreters?"))
        for side, label in (("a", _("Between this language")), ("b", _("and this language"))):
            self.fields[f"language_{side}_{number}"] = forms.ChoiceField(
                label=label, choices=languages, required=False
            )

    def pairs(self) -> list[list[Any]]:
        """Return the fields of each line for interpreters."""
        return [
            [self[f"interpreters_{n}"], self[f"language_a_{n}"], self[f"language_b_{n}"]]
            for n in range(1, PAIRS + 1)
        ]

    def simple(self) -> list[Any]:
        """Return the fields of the other roles."""
        return [self[role] for role in SIMPLE]

    def clean(self) -> dict[str, Any]:
        """Ask for both languages of interpreters."""
        typed = self.cleaned_data
        for n in range(1, PAIRS + 1):
            first, second = typed.get(f"language_a_{n}"), typed.get(f"language_b_{n}")
            if typed.get(f"interpreters_{n}") and (not first or not second or first == second):
                self.add_error(
                    f"language_a_{n}",
                    ValidationError(_("Choose two different languages."), code="pair"),
                )
        return typed

    def counts(self) -> dict[RoleKey, int]:
        """Return what was typed, for the service."""
        typed = self.cleaned_data
        counts = {RoleKey(role): typed.get(role) or 0 for role in SIMPLE}
        for n in range(1, PAIRS + 1):
            if wanted := typed.get(f"interpreters_{n}"):
                key = RoleKey(Role.INTERPRETER, typed[f"language_a_{n}"], typed[f"language_b_{n}"])
                counts[key] = counts.get(key, 0) + wanted
        return counts


def initial_of(rows: Sequence[RoleWanted]) -> dict[str, Any]:
    """Return what is stored for a date as values of the form."""
    values: dict[str, Any] = {row.role: row.wanted for row in rows if not row.language_a}
    pairs = [row for row in rows if row.language_a and row.wanted]
    for number, row in enumerate(pairs[:PAIRS], start=1):
        values[f"interpreters_{number}"] = row.wanted
        values[f"language_a_{number}"] = row.language_a
        values[f"language_b_{number}"] = row.language_b
    return values


class OfferForm(PlainForm):
    """What somebody signed in wants to do, and as a host which languages they speak."""

    wanted = forms.ChoiceField(
        label=gettext_lazy("What would you like to do?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose what you would like to do."),
            "invalid_choice": gettext_lazy("Choose what you would like to do."),
        },
    )

    def __init__(
        self,
        *args: Any,
        wanted: Sequence[RoleWanted],
        languages: Sequence[str] = SPOKEN,
        **kwargs: Any,
    ) -> None:
        """Offer the roles still looked for, and ``languages`` to hosts."""
        super().__init__(*args, **kwargs)
        open_roles = [row for row in wanted if row.missing > 0]
        field = self.fields["wanted"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (tells the type)
        field.choices = [(str(row.pk), row.label) for row in open_roles]
        if len(open_roles) == 1:
            field.initial = str(open_roles[0].pk)
        if any(row.role == Role.HOST for row in open_roles):
            self.fields["speaks"] = forms.MultipleChoiceField(
                label=_("As a host, I speak there:"),
                help_text=_("We show these languages for this date, without your name."),
                choices=[(code, f"{NAMES[code]} – {OWN_NAMES[code]}") for code in languages],
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )

    def said_languages(self) -> list[str]:
        """Return the ticked languages."""
        return list(self.cleaned_data.get("speaks") or [])


class GuestOfferForm(OfferForm):
    """The same for somebody without an account: a name and one contact are enough."""

    name = LineField(
        label=gettext_lazy("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
        error_messages={"required": gettext_lazy("Please write your name.")},
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        help_text=gettext_lazy("We send you the answer and a link to take your offer back."),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
        error_messages=GuestSignUpForm.base_fields["email"].error_messages,
    )
    phone = PhoneField(
        label=gettext_lazy("Telephone"),
        help_text=gettext_lazy("If you have no e-mail. The organisers call you."),
        required=False,
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language for messages to you"), choices=INTERFACE_CHOICES
    )
    entry = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"language": get_language(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Ask for at least one contact."""
        typed = self.cleaned_data
        missing = not typed.get("email") and not typed.get("phone")
        if missing and not {"email", "phone"} & self.errors.keys():
            message = _("Please write an e-mail address or a telephone number.")
            self.add_error("email", ValidationError(message, code="no_contact"))
        return typed

    def contact(self) -> Contact:
        """Return what was typed, for the service."""
        typed = self.cleaned_data
        return Contact(
            name=typed["name"], email=typed["email"], phone=typed["phone"],
            language=typed["language"],
        )  # fmt: skip
