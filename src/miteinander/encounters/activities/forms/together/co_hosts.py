"""Choosing an organisation to invite with."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from miteinander.community.organisations.models import Organisation
from miteinander.foundation.ui.forms import PlainForm


class OrganisationField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Organisations by their names."""

    def label_from_instance(self, obj: Any) -> str:
        """Return the name."""
        return str(obj.name)


class CoHostForm(PlainForm):
    """Which organisation to ask."""

    organisation = OrganisationField(
        label=gettext_lazy("Which organisation do you want to ask?"),
        help_text=gettext_lazy(
            "Its members read the question and answer it. Until then nothing is shown."
        ),
        queryset=Organisation.objects.none(),
        empty_label=gettext_lazy("Please choose"),
        error_messages={
            "required": gettext_lazy("Choose an organisation from the list."),
            "invalid_choice": gettext_lazy("Choose an organisation from the list."),
        },
    )

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        """Offer ``organisations``, by their names."""
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (tells the type)
        field.queryset = organisations
