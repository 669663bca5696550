"""A version in another language, written beside the original."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from miteinander.encounters.activities.forms.planning import area
from miteinander.encounters.activities.services.words import PARTS
from miteinander.foundation.core.languages import direction
from miteinander.foundation.ui.fields import LineField, ParagraphField
from miteinander.foundation.ui.forms import PlainForm


class VersionForm(PlainForm):
    """The words in one language; the checkbox counts only where facts differ."""

    title = LineField(label=gettext_lazy("Title"), max_length=120)
    summary = ParagraphField(
        label=gettext_lazy("What happens? In one or two sentences"),
        max_length=300,
        required=False,
        widget=area(3),
    )
    description = ParagraphField(
        label=gettext_lazy("More about it"), max_length=10_000, required=False, widget=area(8)
    )
    way_there = ParagraphField(
        label=gettext_lazy("How people find the place"),
        max_length=10_000,
        required=False,
        widget=area(3),
    )
    question = ParagraphField(
        label=gettext_lazy("What do you ask people who want to come?"),
        max_length=300,
        required=False,
        widget=area(2),
    )
    differences_confirmed = forms.BooleanField(
        label=gettext_lazy("I have checked this. It is meant to be different."),
        required=False,
        widget=forms.HiddenInput,
    )

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        """Let the fields be written in ``language``, in its direction."""
        super().__init__(*args, **kwargs)
        for name in PARTS:
            attrs = self.fields[name].widget.attrs
            attrs["lang"], attrs["dir"] = language, direction(language)

    def ask_to_confirm(self) -> None:
        """Show the question that is asked only when facts differ."""
        self.fields["differences_confirmed"].widget = forms.CheckboxInput()
        self.add_error(
            "differences_confirmed",
            ValidationError(
                _("Some facts are different from the original. Change them, or tick this box."),
                code="facts_differ",
            ),
        )

    def beside(self, original: dict[str, str]) -> list[tuple[BoundField, str]]:
        """Pair each field with the words of the original; parts the original lacks are left out."""
        return [(self[name], original[name]) for name in PARTS if original.get(name)]

    @property
    def parts(self) -> dict[str, str]:
        """The words as the service takes them."""
        return {name: self.cleaned_data.get(name, "") for name in PARTS}
