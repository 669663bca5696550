"""Date polls as forms: proposing dates, answering, taking the seat that was asked about."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from miteinander.community.people.enums import Background
from miteinander.encounters.activities.enums import PollChoice, PollGuests
from miteinander.encounters.activities.forms.dates.rows import YEARS, RowFields
from miteinander.encounters.activities.forms.guests import GuestContactForm
from miteinander.encounters.activities.forms.sign_up import WishForm
from miteinander.encounters.activities.models import PollAnswer
from miteinander.encounters.activities.queries.polls import DateCount
from miteinander.encounters.activities.services.dates import wall_time
from miteinander.encounters.activities.services.polls import AHEAD, MOST, usual_close
from miteinander.foundation.core import clock
from miteinander.foundation.ui.forms import PlainForm

END_OF_DAY = time(23, 59)
ICONS = {
    PollChoice.YES: "check",
    PollChoice.IF_NEEDED: "minus",
    PollChoice.NO: "x",
}


class ProposeForm(RowFields):
    """Dates to propose as rows, and until which day people can answer."""

    until = forms.DateField(
        label=gettext_lazy("Until which day can people answer?"),
        help_text=gettext_lazy(
            "If you leave this empty: seven days, but never later than one day before the first"
            " date."
        ),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, row_count: int, **kwargs: Any) -> None:
        """Offer ``row_count`` rows, at most as many as dates can be proposed."""
        super().__init__(*args, **kwargs)
        self.offer_rows(min(row_count, MOST), can_remove=False)

    def clean(self) -> dict[str, Any]:
        """Read the rows, and the day as a moment."""
        values = super().clean() or self.cleaned_data
        self.read_rows()
        day = values.get("until")
        if day is not None and day.year not in YEARS:
            self.add_error("until", ValidationError(_("Check the year of this day."), "year"))
        return values

    def closes_at(self) -> datetime:
        """Return until when answers are taken: the end of the day, but a day before the first."""
        day = self.cleaned_data.get("until")
        if day is None:
            return usual_close(self.planned, clock.now())
        end = wall_time(day, END_OF_DAY)
        latest = min((row.starts_at - AHEAD for row in self.planned), default=end)
        return latest if clock.local(latest).date() == day else end


@dataclass(frozen=True)
class VoteRow:
    """One proposed date with its count, and the choices for it; none once it has passed."""

    count: DateCount
    field: BoundField | None

    def options(self) -> Iterator[tuple[BoundField, str]]:
        """Give each choice with its pictogram."""
        if self.field is not None:
            yield from zip(self.field.subwidgets, ICONS.values(), strict=True)


class VotesForm(PlainForm):
    """For each proposed date still to come: yes, if need be, or no."""

    def __init__(self, *args: Any, counts: Sequence[DateCount], **kwargs: Any) -> None:
        """Ask about ``counts``."""
        super().__init__(*args, **kwargs)
        self.counts = counts
        for count in counts:
            if not count.has_passed:
                self.fields[f"date_{count.date.pk}"] = forms.ChoiceField(
                    label=_("Can you come on this date?"),
                    choices=PollChoice.choices,
                    widget=forms.RadioSelect,
                    error_messages={
                        "required": _("Please choose an answer for each date."),
                        "invalid_choice": _("Please choose one of the answers."),
                    },
                )

    def vote_rows(self) -> list[VoteRow]:
        """Give the dates to the template."""
        names = [(count, f"date_{count.date.pk}") for count in self.counts]
        return [
            VoteRow(count, self[name] if name in self.fields else None) for count, name in names
        ]

    def choices(self) -> dict[int, str]:
        """Return what was answered, by the keys of the proposed dates."""
        typed = self.cleaned_data
        return {
            count.date.pk: typed[f"date_{count.date.pk}"]
            for count in self.counts
            if f"date_{count.date.pk}" in typed
        }


def initial_votes(choices: dict[int, str]) -> dict[str, str]:
    """Return what the form shows of an answer there is."""
    return {f"date_{pk}": choice for pk, choice in choices.items()}


class GuestVotesForm(VotesForm, GuestContactForm):
    """What a guest answers, and who they are."""

    background = forms.ChoiceField(
        label=gettext_lazy("Which is true for you?"),
        help_text=gettext_lazy(
            "We only count this, to see whether both sides come together."
            " Nobody sees your answer. You can leave it out."
        ),
        choices=Background.choices,
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].help_text = _(
            "We write to you which date it will be, and send you a link to change your answer."
        )
        self.fields["phone"].help_text = _("If you have no e-mail.")


class AskGuestsForm(PlainForm):
    """Whom to ask by mail."""

    whom = forms.ChoiceField(
        label=gettext_lazy("Whom do you want to ask?"),
        choices=PollGuests.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Please choose one of the answers.")},
    )


class ChooseForm(PlainForm):
    """Which of the proposed dates it will be."""

    date = forms.IntegerField(
        error_messages={
            "required": gettext_lazy("Please choose one of the dates."),
            "invalid": gettext_lazy("Please choose one of the dates."),
        }
    )


class PolledSeatForm(WishForm):
    """What is still to be said for a seat by somebody who answered a poll; often nothing."""

    def __init__(self, *args: Any, polled: PollAnswer, **kwargs: Any) -> None:
        """Ask nothing again that was said with the answer ``polled``, or before."""
        super().__init__(*args, **kwargs)
        self.known = {"background": polled.side, "age_group": polled.person.age_group}
        for name in self.known:
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Add what is known already."""
        return {**super().clean(), **self.known}
