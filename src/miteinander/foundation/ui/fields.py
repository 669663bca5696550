"""Form fields that clean what people type."""

import unicodedata
from typing import Any

import phonenumbers
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from miteinander.foundation.core.text import latin_digits, one_line, paragraphs

REGION = "DE"
SHORTEST = 6  # digits without the country's


class LineField(forms.CharField):
    """A short text in one line."""

    def to_python(self, value: Any) -> str:
        """Clean the text before it is measured."""
        return one_line(super().to_python(value) or "")


class ParagraphField(forms.CharField):
    """A longer text; line breaks stay."""

    widget = forms.Textarea(attrs={"rows": 6})

    def to_python(self, value: Any) -> str:
        """Clean the text before it is measured."""
        return paragraphs(super().to_python(value) or "")


def plain_number(value: str) -> str:
    """Return a typed telephone number in Latin digits, without invisible characters."""
    return "".join(
        char for char in latin_digits(one_line(value)) if unicodedata.category(char) != "Cf"
    )


def _can_be_called(number: phonenumbers.PhoneNumber) -> bool:
    """Tell whether the length fits; stricter rules refuse numbers newer than our tables."""
    reason = phonenumbers.is_possible_number_with_reason(number)
    is_long_enough = number.national_number >= 10 ** (SHORTEST - 1)
    return bool(reason == phonenumbers.ValidationResult.IS_POSSIBLE and is_long_enough)


class PhoneField(forms.CharField):
    """A telephone number, kept in one written form (E.164), shown in groups."""

    widget = forms.TelInput(attrs={"autocomplete": "tel", "dir": "ltr", "inputmode": "tel"})
    default_error_messages = {
        "invalid": _(
            "Please write the number with its area code, for example 0561 123456"
            " or +380 44 123 4567."
        ),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 40)
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        """Return the number in E.164.

        Raises:
            ValidationError: it cannot be a telephone number.
        """
        typed = plain_number(super().to_python(value) or "")
        if not typed:
            return ""
        try:
            number = phonenumbers.parse(typed, REGION)
        except phonenumbers.NumberParseException:
            number = None
        if number is None or not _can_be_called(number):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))

    def prepare_value(self, value: Any) -> Any:
        """Show a stored number in groups; leave what somebody is typing as it is."""
        return grouped(value) if isinstance(value, str) and value.startswith("+") else value


def grouped(number: str) -> str:
    """Write a number in its international groups; what is no number stays as it is."""
    try:
        parsed = phonenumbers.parse(number, REGION)
    except phonenumbers.NumberParseException:
        return number
    if not phonenumbers.is_possible_number(parsed):
        return number
    return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL))
