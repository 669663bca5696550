"""Forms of the people app: signing in, the profile, languages, passkeys."""

import re
from typing import Any

from allauth.mfa.webauthn.forms import LoginWebAuthnForm
from allauth.mfa.webauthn.internal import auth
from django import forms
from django.core.exceptions import ValidationError
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from miteinander.community.people.enums import AgeGroup, Background, LanguageLevel, SwitchOffReason
from miteinander.community.regions.models import Region
from miteinander.community.regions.queries import municipalities
from miteinander.foundation.core.languages import INTERFACE_CHOICES, SPOKEN_CHOICES
from miteinander.foundation.core.text import latin_digits
from miteinander.foundation.ui.fields import LineField, PhoneField
from miteinander.foundation.ui.forms import PlainForm

# What a browser's answer that was tampered with makes the parser stumble over.
_BROKEN = (AttributeError, KeyError, OverflowError, TypeError, ValueError)
_PASSKEY_FAILED = _("That did not work. Please try again, or use a code instead.")


class SignInForm(PlainForm):
    """Ask for the address to which the code goes."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        help_text=_("We send you a code. You need no password."),
        error_messages={
            "required": _("Please write your e-mail address."),
            "invalid": _("Please check the e-mail address. It looks like name@example.org."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
    )

    def clean_email(self) -> str:
        """Addresses are kept in small letters."""
        return str(self.cleaned_data["email"]).lower()


class AddressForm(SignInForm):
    """Ask for the address somebody wants to be reached at from now on."""

    def __init__(self, *args: Any, current: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.current = current
        self.fields["email"].label = _("Your new e-mail address")
        self.fields["email"].help_text = _("We send a code to this address.")

    def clean_email(self) -> str:
        """Refuse the address that is there already; only its owner can learn that here."""
        email = super().clean_email()
        if email == self.current:
            message = _("This is your address already. Please write the new one.")
            raise ValidationError(message, code="same_address")
        return email


class CodeForm(PlainForm):
    """Ask for the code from the mail; spaces and the digits of all scripts are fine."""

    code = LineField(
        label=_("Code from the e-mail"),
        max_length=40,
        error_messages={"required": _("Please write the code from the e-mail.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "dir": "ltr"}
        ),
    )

    def __init__(self, *args: Any, expected: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.expected = expected

    def clean_code(self) -> str:
        """Compare with what was sent; nothing was sent where ``expected`` is empty."""
        digits = re.sub(r"\D", "", latin_digits(self.cleaned_data["code"]))
        if not self.expected or not constant_time_compare(digits, self.expected):
            message = _("This code is not right. Please look at the newest e-mail from us.")
            raise ValidationError(message, code="wrong_code")
        return digits


class ProfileForm(PlainForm):
    """What a person says of themselves; only the name is needed."""

    name = LineField(
        label=_("Your name"),
        max_length=120,
        help_text=_("Organisers see this name on their list."),
        error_messages={"required": _("Please write your name.")},
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
    )
    municipality: forms.ModelChoiceField[Region] = forms.ModelChoiceField(
        label=_("Where I live"),
        queryset=Region.objects.none(),
        required=False,
        empty_label=_("Rather not say"),
        help_text=_("Then we can show you first what happens near you."),
    )
    language = forms.ChoiceField(
        label=_("Language for messages"),
        choices=INTERFACE_CHOICES,
        help_text=_("We write our e-mails to you in this language."),
    )
    phone = PhoneField(
        label=_("Telephone"),
        required=False,
        help_text=_("Only for organisers you sign up with, if something changes at short notice."),
    )
    background = forms.ChoiceField(
        label=_("Which is true for you?"),
        choices=Background.choices,
        required=False,
        widget=forms.RadioSelect,
        help_text=_(
            "We want both sides to meet, so we count how many of each come."
            " Nobody sees your answer. You may skip this question."
        ),
    )

    age_group = forms.ChoiceField(
        label=_("How old are you?"),
        choices=AgeGroup.choices,
        required=False,
        help_text=_("We only count how many of each age come. Nobody sees your answer."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["municipality"].queryset = municipalities()  # type: ignore[attr-defined]

    def clean_background(self) -> str:
        """Skipping the question is an answer too."""
        return self.cleaned_data["background"] or Background.UNDISCLOSED

    def clean_age_group(self) -> str:
        """Skipping the question is an answer too."""
        return self.cleaned_data["age_group"] or AgeGroup.UNDISCLOSED


class SpokenLanguageForm(PlainForm):
    """Add a language somebody speaks."""

    language = forms.ChoiceField(label=_("Language"), choices=SPOKEN_CHOICES)
    level = forms.ChoiceField(
        label=_("How well?"),
        choices=LanguageLevel.choices,
        initial=LanguageLevel.B1,
        help_text=_("A1 is a little, B1 is enough for everyday life, C2 is nearly perfect."),
    )


class AccountSearchForm(PlainForm):
    """Find accounts; sent by POST, so that no name stands in an address."""

    typed = LineField(
        label=_("Name or e-mail"),
        max_length=120,
        help_text=_("A part of it is enough."),
        error_messages={"required": _("Please write a part of the name or of the e-mail.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )


class SwitchOffForm(PlainForm):
    """Ask why an account is switched off."""

    reason = forms.ChoiceField(
        label=_("Why?"),
        choices=SwitchOffReason.choices,
        widget=forms.RadioSelect,
        help_text=_("We keep the reason. Only administrators see it."),
        error_messages={"required": _("Please choose a reason.")},
    )


class PasskeyForm(forms.Form):
    """Take the browser's answer to the ceremony of a new passkey."""

    name = LineField(
        label=_("Name of this passkey"),
        max_length=60,
        help_text=_("For example the device: my telephone."),
        error_messages={"required": _("Please give the passkey a name.")},
    )
    credential = forms.JSONField(
        widget=forms.HiddenInput,
        error_messages={"required": _PASSKEY_FAILED, "invalid": _PASSKEY_FAILED},
    )

    def clean_credential(self) -> dict[str, Any]:
        """Check the ceremony against what this session asked for."""
        credential: dict[str, Any] = self.cleaned_data["credential"]
        try:
            auth.parse_registration_response(credential)
            data = auth.complete_registration(credential)
        except (ValidationError, *_BROKEN) as error:
            raise ValidationError(_PASSKEY_FAILED, code="passkey") from error
        if not data.is_user_verified():
            raise ValidationError(_PASSKEY_FAILED, code="passkey")
        return credential


class PasskeySignInForm(LoginWebAuthnForm):  # type: ignore[misc]
    """Take the browser's answer to a sign-in by passkey."""

    def clean_credential(self) -> Any:
        """Return the passkey, whatever nonsense was sent in its place."""
        try:
            return super().clean_credential()
        except (ValidationError, *_BROKEN) as error:
            raise ValidationError(_PASSKEY_FAILED, code="passkey") from error
