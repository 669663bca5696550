"""How many people can come, as a form."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from miteinander.encounters.activities.forms.planning import SeenForm
from miteinander.encounters.activities.models import ActivityDate


class SeatsForm(SeenForm):
    """How many people can come, for each coming date."""

    def __init__(
        self, *args: Any, dates: list[ActivityDate], labels: list[str], **kwargs: Any
    ) -> None:
        """Ask for a number per date, named by ``labels``."""
        super().__init__(*args, **kwargs)
        self.taken = {f"seats_{row.pk}": row.seats_taken for row in dates}
        self.fields["close"] = forms.MultipleChoiceField(
            choices=[(name, name) for name in self.taken],
            required=False,
            widget=forms.MultipleHiddenInput,
        )
        for row, label in zip(dates, labels, strict=True):
            self.fields[f"seats_{row.pk}"] = forms.IntegerField(
                label=label,
                min_value=1,
                max_value=5000,
                initial=row.capacity,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )

    def rows(self) -> list[tuple[BoundField, int]]:
        """Pair each number with the seats taken, where fewer were asked for than that."""
        return [
            (self[name], taken if self.has_error(name, "too_few_seats") else 0)
            for name, taken in self.taken.items()
        ]

    @property
    def seats(self) -> dict[int, int]:
        """Number of seats by key of the date; one that is to be closed keeps those it has."""
        closed = set(self.cleaned_data["close"])
        return {_key(name): self.cleaned_data[name] for name in self.taken if name not in closed}

    @property
    def closing(self) -> set[int]:
        """Keys of the dates that are to take nobody new."""
        return {_key(name) for name in self.cleaned_data["close"]}


def _key(name: str) -> int:
    return int(name.removeprefix("seats_"))
