"""Choosing what to print."""

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from miteinander.encounters.activities.sheets import MOST_LANGUAGES
from miteinander.foundation.core.languages import INTERFACE_CHOICES
from miteinander.foundation.ui.forms import PlainForm


class PosterForm(PlainForm):
    """Languages and size of a poster."""

    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages on the poster"),
        choices=INTERFACE_CHOICES,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one language.")},
    )
    size = forms.ChoiceField(
        label=gettext_lazy("Size"),
        choices=[("a4", "A4"), ("a3", "A3")],
        initial="a4",
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"languages": [get_language() or "de"], **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.fields["languages"].help_text = ngettext(
            "At most %(count)s language.", "At most %(count)s languages.", MOST_LANGUAGES
        ) % {"count": MOST_LANGUAGES}

    def clean_languages(self) -> list[str]:
        """Refuse more languages than a poster has room for."""
        chosen: list[str] = self.cleaned_data["languages"]
        if len(chosen) > MOST_LANGUAGES:
            raise forms.ValidationError(
                _("Choose at most %(count)s languages."),
                code="too_many",
                params={"count": MOST_LANGUAGES},
            )
        return chosen
