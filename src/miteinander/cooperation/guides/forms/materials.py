"""Files, links and questions of a module."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from miteinander.cooperation.guides.file_kinds import KINDS
from miteinander.cooperation.guides.services.materials import (
    MOST_OF_FILE,
    File,
    QuestionFacts,
)
from miteinander.foundation.core.languages import INTERFACE_CHOICES
from miteinander.foundation.ui.fields import LineField
from miteinander.foundation.ui.forms import PlainForm

ANY_DIRECTION = forms.TextInput(attrs={"dir": "auto"})
ENDINGS = ",".join(f".{kind.ending}" for kind in KINDS) + ",.jpeg"


def _language() -> forms.ChoiceField:
    return forms.ChoiceField(label=gettext_lazy("Language"), choices=INTERFACE_CHOICES)


class MaterialForm(PlainForm):
    """A file or a link, with a title."""

    title = LineField(label=gettext_lazy("Title"), max_length=120, widget=ANY_DIRECTION)
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("A PDF, a picture, a text or slides. At most 5 megabytes."),
        required=False,
        widget=forms.FileInput(attrs={"accept": ENDINGS}),
    )
    link = forms.URLField(
        label=gettext_lazy("or a link"),
        max_length=500,
        required=False,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"dir": "ltr"}),
        error_messages={"invalid": gettext_lazy("Enter an address that begins with https://.")},
    )
    language = _language()

    def clean(self) -> dict[str, Any]:
        """Want exactly one of file and link, and refuse what is too big before it is read."""
        typed = super().clean() or {}
        file = typed.get("file")
        if bool(file) == bool(typed.get("link")) and not self.errors:
            raise ValidationError(_("Choose a file or enter a link."), code="one_of_both")
        if file and (file.size or 0) > MOST_OF_FILE:
            self.add_error(
                "file", _("The file is too big. At most 5 megabytes fit. Make it smaller.")
            )
        return typed

    def sent_file(self) -> File | None:
        """Return the file, where one was sent."""
        file = self.cleaned_data.get("file")
        return File(file.name, file.read()) if file else None


class QuestionForm(PlainForm):
    """A question, the right answer, one or two wrong ones, and why."""

    words = LineField(label=gettext_lazy("Question"), max_length=300, widget=ANY_DIRECTION)
    right = LineField(label=gettext_lazy("Right answer"), max_length=200, widget=ANY_DIRECTION)
    wrong = LineField(label=gettext_lazy("Wrong answer"), max_length=200, widget=ANY_DIRECTION)
    also_wrong = LineField(
        label=gettext_lazy("Another wrong answer"),
        max_length=200,
        required=False,
        widget=ANY_DIRECTION,
    )
    why = LineField(
        label=gettext_lazy("Why is it so?"), max_length=300, required=False, widget=ANY_DIRECTION
    )
    language = _language()

    def facts(self) -> QuestionFacts:
        """Return what was typed, for the service."""
        return QuestionFacts(**self.cleaned_data)
