"""The filter of the record."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from miteinander.foundation.audit.queries import RecordCriteria, verb_choices


class RecordFilter(forms.Form):
    """Which part of the record to show; everything is optional."""

    use_required_attribute = False
    verb = forms.ChoiceField(label=_("What was done"), required=False)
    since = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        label=_("To"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Everything")), *verb_choices()]
        self.fields["verb"].choices = choices  # type: ignore[attr-defined]

    def criteria(self) -> RecordCriteria:
        """Return what was filled in well; the rest does not narrow the record."""
        self.full_clean()
        data = self.cleaned_data
        return RecordCriteria(
            verb=data.get("verb") or "", since=data.get("since"), until=data.get("until")
        )
