"""How many people come along with somebody."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from miteinander.encounters.activities.models import Participation
from miteinander.foundation.ui.forms import PlainForm

LONGEST_LIST = 12


def people_field(label: str, most: int) -> forms.IntegerField:
    """Ask for a number of people: chosen from a list, typed only where that would be long."""
    widget: forms.Widget = forms.NumberInput(attrs={"inputmode": "numeric", "dir": "ltr"})
    if most <= LONGEST_LIST:
        widget = forms.Select(choices=[(number, number) for number in range(most + 1)])
    too_many = ngettext(
        "You can bring at most %(count)s person.", "You can bring at most %(count)s people.", most
    ) % {"count": most}
    return forms.IntegerField(
        label=label, initial=0, min_value=0, max_value=most, required=False, widget=widget,
        error_messages={
            "invalid": _("Please write a number, for example 2."),
            "min_value": _("Please write a number, for example 2."),
            "max_value": too_many,
        },
    )  # fmt: skip


class FewerForm(PlainForm):
    """How many people still come along with somebody who has a seat or waits for one."""

    def __init__(self, *args: Any, seat: Participation, **kwargs: Any) -> None:
        kwargs["initial"] = {"companions": seat.companions, "children": seat.children}
        super().__init__(*args, **kwargs)
        self.seat = seat
        if seat.companions:
            self.fields["companions"] = people_field(
                _("How many adults come with you?"), seat.companions
            )
        if seat.children:
            self.fields["children"] = people_field(
                _("How many children come with you?"), seat.children
            )

    def numbers(self) -> tuple[int, int]:
        """Return adults and children who still come along; who is not mentioned comes as before."""
        typed = {name: self.cleaned_data.get(name) for name in ("companions", "children")}
        adults, children = typed["companions"], typed["children"]
        return (
            self.seat.companions if adults is None else adults,
            self.seat.children if children is None else children,
        )
