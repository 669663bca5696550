"""Who a guest is: the name, one contact, and a language."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from miteinander.community.people.enums import AgeGroup, Background
from miteinander.community.people.services import Contact
from miteinander.foundation.core.languages import INTERFACE_CHOICES
from miteinander.foundation.ui.fields import LineField, PhoneField
from miteinander.foundation.ui.forms import PlainForm


class GuestContactForm(PlainForm):
    """Who a guest is: a name, and one contact is enough."""

    name = LineField(
        label=gettext_lazy("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
        error_messages={"required": gettext_lazy("Please write your name.")},
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        help_text=gettext_lazy("We send you the time, the place and a link to give the seat back."),
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
        help_text=gettext_lazy("If you have no e-mail. We only call when something changes."),
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
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        missing = not typed.get("email") and not typed.get("phone")
        if missing and not {"email", "phone"} & self.errors.keys():
            message = _("Please write an e-mail address or a telephone number.")
            self.add_error("email", ValidationError(message, code="no_contact"))
        return typed

    def contact(self) -> Contact:
        """Return what was typed, for the service."""
        typed = self.cleaned_data
        return Contact(
            name=typed["name"],
            email=typed["email"],
            phone=typed["phone"],
            language=typed["language"],
            background=typed["background"] or Background.UNDISCLOSED,
            age_group=typed.get("age_group") or AgeGroup.UNDISCLOSED,
        )
