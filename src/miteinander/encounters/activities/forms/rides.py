"""Offering and looking for a ride, and choosing what contact is shared."""

from collections.abc import Sequence
from datetime import time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from miteinander.community.people.models import Person
from miteinander.community.regions.models import Region
from miteinander.encounters.activities.enums import RideDirection, RideKind
from miteinander.encounters.activities.services.rides import RideFacts, ways_to_reach
from miteinander.encounters.activities.services.rides.entering import MOST_SEATS
from miteinander.foundation.core.text import latin_digits, one_line
from miteinander.foundation.ui.fields import LineField
from miteinander.foundation.ui.forms import PlainForm


class ClockField(forms.TimeField):
    """A time of day, as the browser sends it or as people type it, in any kind of digits."""

    widget = forms.TimeInput(attrs={"type": "time", "dir": "ltr"}, format="%H:%M")
    default_error_messages = {
        "invalid": gettext_lazy("Please write a time, for example 17:30."),
    }

    def to_python(self, value: Any) -> time | None:
        """Read the time."""
        text = one_line(latin_digits(value)).replace(".", ":") if isinstance(value, str) else value
        read: time | None = super().to_python(text)
        return read


class RideForm(PlainForm):
    """What is asked of somebody who offers or looks for a ride."""

    municipality = forms.ModelChoiceField(
        label=gettext_lazy("From where?"),
        queryset=Region.objects.none(),
        empty_label=gettext_lazy("Please choose"),
    )
    seats = forms.TypedChoiceField(coerce=int)
    direction = forms.ChoiceField(
        label=gettext_lazy("Which way?"),
        choices=RideDirection.choices,
        initial=RideDirection.BOTH,
        widget=forms.RadioSelect,
    )
    leaves_at = ClockField(
        label=gettext_lazy("When do you leave, about?"),
        required=False,
    )
    meeting_point = LineField(
        label=gettext_lazy("Where do people meet you?"),
        help_text=gettext_lazy(
            "A public place, for example: bus stop at the town hall. Please no home address."
            " It is shown once you both agreed."
        ),
        max_length=120,
        required=False,
    )
    fits_wheelchair = forms.BooleanField(required=False)
    has_child_seat = forms.BooleanField(required=False)
    women_only = forms.BooleanField(
        label=gettext_lazy("We are women. Only women in the car, please"),
        help_text=gettext_lazy(
            "Then you ride only with others who ticked this, too. Children may come along."
            " Nobody asks you for a proof."
        ),
        required=False,
    )

    def __init__(self, *args: Any, kind: str, places: Sequence[Region], **kwargs: Any) -> None:
        """Ask what fits ``kind``: drivers are asked more."""
        super().__init__(*args, **kwargs)
        self.kind = kind
        is_offer = kind == RideKind.OFFERED
        field = self.fields["municipality"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (tells the type)
        field.queryset = Region.objects.filter(pk__in=[place.pk for place in places]).defer(
            "boundary"
        ).order_by("name", "pk")  # fmt: skip
        seats: Any = self.fields["seats"]
        seats.label = (
            _("How many people can you take along?") if is_offer else _("For how many people?")
        )
        seats.choices = [(n, n) for n in range(1, MOST_SEATS[RideKind(kind)] + 1)]
        self.fields["fits_wheelchair"].label = (
            _("A wheelchair fits in") if is_offer else _("We come with a wheelchair")
        )
        self.fields["has_child_seat"].label = (
            _("There is a child seat") if is_offer else _("We need a child seat in the car")
        )
        if not is_offer:
            del self.fields["leaves_at"], self.fields["meeting_point"]

    def facts(self) -> RideFacts:
        """Return what was said, for the service."""
        typed = dict(self.cleaned_data)
        place = typed.pop("municipality")
        return RideFacts(kind=self.kind, municipality_id=place.pk, **typed)

    def refuse(self, error: ValidationError) -> None:
        """Say what the service refused, at the field where there is one."""
        field = {"meeting_point": "meeting_point", "seats": "seats"}.get(getattr(error, "code", ""))
        self.add_error(field, ValidationError(error.messages))


class ShareForm(PlainForm):
    """Which contact the other one may see, once both agreed."""

    shares = forms.ChoiceField(
        label=gettext_lazy("How may the other person reach you?"),
        help_text=gettext_lazy(
            "The other person sees your name and this, and nothing else. Only once you both agreed."
        ),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Please choose how you can be reached.")},
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        """Offer the contacts ``person`` has."""
        super().__init__(*args, **kwargs)
        field: Any = self.fields["shares"]
        field.choices = [(way.value, way.label) for way in ways_to_reach(person)]
        if len(field.choices) == 1:
            field.initial = field.choices[0][0]
