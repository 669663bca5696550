"""What is typed at the door."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from miteinander.community.people.enums import Background
from miteinander.community.people.services import Contact
from miteinander.encounters.activities.services.desk import nameless
from miteinander.encounters.activities.services.signed_list import SignedList
from miteinander.foundation.ui.fields import LineField, PhoneField
from miteinander.foundation.ui.forms import PlainForm

MOST_LINES = 5000


class KeysField(forms.Field):
    """Keys of lines on a page; what is no key is none."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> frozenset[int]:
        """Read the keys a page sent."""
        sent = [str(key) for key in (value or [])][:MOST_LINES]
        return frozenset(int(key) for key in sent if re.fullmatch("[0-9]{1,12}", key))


class SignedListForm(PlainForm):
    """A list signed on paper: who stood on the page, who had a tick, who has one now."""

    shown = KeysField(required=False)
    before = KeysField(required=False)
    here = KeysField(required=False)
    helpers_shown = KeysField(required=False)
    helpers = KeysField(required=False)
    others_absent = forms.BooleanField(
        label=gettext_lazy("All others did not come"), required=False
    )

    def keys(self, name: str) -> frozenset[int]:
        """Return the keys one field shows, as typed or as stored."""
        field: KeysField = self.fields[name]  # type: ignore[assignment]
        return field.clean(self[name].value())

    @property
    def signed(self) -> SignedList:
        """The list as the service takes it."""
        typed = self.cleaned_data
        return SignedList(
            shown=typed["shown"],
            ticked_before=typed["before"],
            ticked=typed["here"],
            others_absent=typed["others_absent"],
            helpers_shown=typed["helpers_shown"],
            helpers=typed["helpers"],
        )


class WalkInForm(PlainForm):
    """Somebody who came without having signed up; only the name is asked for, or a tick."""

    entry = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    name = LineField(label=gettext_lazy("Name"), max_length=120, required=False)
    nameless = forms.BooleanField(label=gettext_lazy("The person gives no name"), required=False)
    reach = LineField(
        label=gettext_lazy("E-mail or telephone"),
        help_text=gettext_lazy("So that we can invite this person again."),
        max_length=254,
        required=False,
    )
    background = forms.ChoiceField(
        label=gettext_lazy("Long here or new here?"),
        help_text=gettext_lazy(
            "Ask the person. We only count it, to see whether both sides meet. Nobody sees it."
        ),
        choices=[("", gettext_lazy("Not asked")), *Background.choices],
        required=False,
    )
    beyond_seats = forms.BooleanField(
        label=gettext_lazy("Add the person all the same"),
        required=False,
        widget=forms.HiddenInput,
    )

    def ask_beyond_seats(self) -> None:
        """Show the question that is asked only once no seat is left."""
        self.fields["beyond_seats"].widget = forms.CheckboxInput()
        self.add_error(
            "beyond_seats",
            ValidationError(
                _("No seat is left. Tick the box to add the person all the same."),
                code="no_seat",
            ),
        )

    def clean(self) -> dict[str, Any]:
        """Take a name, or the word that there is none."""
        typed: dict[str, Any] = super().clean() or {}
        if not typed.get("name") and not typed.get("nameless") and "name" not in self.errors:
            self.add_error(
                "name",
                ValidationError(
                    _("Enter the name, or tick that the person gives none."), code="required"
                ),
            )
        return typed

    def clean_reach(self) -> str:
        """Accept an e-mail address or a telephone number."""
        text = str(self.cleaned_data["reach"])
        if not text:
            return text
        if "@" in text:
            try:
                validate_email(text)
            except ValidationError:
                raise ValidationError(
                    _("Check the e-mail address, or leave this empty."), code="invalid"
                ) from None
            return text
        return str(PhoneField(required=False).clean(text) or "")

    def contact(self, language: str) -> Contact:
        """Return what was said, as the service takes it."""
        values = self.cleaned_data
        reach = values["reach"]
        return Contact(
            name=values["name"] or nameless(),
            email=reach if "@" in reach else "",
            phone="" if "@" in reach else reach,
            language=language,
            background=values["background"] or Background.UNDISCLOSED,
        )
