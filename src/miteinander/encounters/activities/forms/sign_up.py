"""Asking for a seat: who comes along, for whom the meeting is, and for guests who they are."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from miteinander.community.people.enums import AgeGroup, Background
from miteinander.encounters.activities.enums import Giving
from miteinander.encounters.activities.forms.guests import GuestContactForm
from miteinander.encounters.activities.forms.party import people_field
from miteinander.encounters.activities.models import Activity, ActivityDate
from miteinander.encounters.activities.services.seats import Wish
from miteinander.encounters.activities.terms import statements_of
from miteinander.foundation.ui.fields import ParagraphField
from miteinander.foundation.ui.formats import day_words
from miteinander.foundation.ui.forms import PlainForm

LONGEST_ANSWER = 1000


class WishForm(PlainForm):
    """What anybody is asked who wants a seat; only what this occasion needs."""

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
    age_group = forms.ChoiceField(
        label=gettext_lazy("How old are you?"),
        help_text=gettext_lazy(
            "We only count this, too. Nobody sees your answer. You can leave it out."
        ),
        choices=AgeGroup.choices,
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        date: ActivityDate,
        has_question: bool,
        course: Sequence[ActivityDate] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        activity = date.activity
        if course:
            self._ask_for_dates(course)
        self.most_companions = activity.most_companions
        if activity.has_mix:
            self.fields["background"].help_text = _(
                "Some seats are kept for each side, so that both sides come together."
                " Nobody sees your answer. You can leave it out and get any free seat."
            )
        if activity.most_companions:
            self._ask_for_companions(activity.most_companions)
        if activity.giving == Giving.APPROVAL:
            self._ask_question(has_question=has_question)
        self._ask_statement(activity)

    def _ask_for_dates(self, course: Sequence[ActivityDate]) -> None:
        """Ask for which dates of a course; all with a free seat are ticked."""
        labels = {
            row.pk: f"{day_words(row.starts_at)}, {localtime(row.starts_at):%H:%M}"
            for row in course
        }
        free = [r for r in course if r.seats_left > 0 or r.activity.giving != Giving.AT_ONCE]
        self.fields["dates"] = forms.TypedMultipleChoiceField(
            label=_("For which dates?"),
            help_text=_("It is a course. Please come to all dates if you can."),
            choices=[(row.pk, labels[row.pk]) for row in (course if self.is_bound else free)],
            initial=[row.pk for row in free],
            coerce=int,
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": _("Choose at least one date.")},
        )
        full = ", ".join(labels[row.pk] for row in course if row not in free)
        if full:
            words = _("All seats are taken on: %(days)s.") % {"days": full}
            self.fields["dates"].help_text = f"{self.fields['dates'].help_text} {words}"

    def date_ids(self) -> list[int]:
        """Return the chosen dates of a course, none where it is none."""
        return list(self.cleaned_data.get("dates") or [])

    def _ask_for_companions(self, most: int) -> None:
        self.fields["companions"] = people_field(_("How many adults come with you?"), most)
        self.fields["children"] = people_field(_("How many children come with you?"), most)

    def _ask_question(self, *, has_question: bool) -> None:
        self.fields["answer"] = ParagraphField(
            label=_("Your answer") if has_question else _("Why would you like to come?"),
            help_text=_("One sentence is enough. Only the organisers read it."),
            max_length=LONGEST_ANSWER,
            required=False,
            widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        )

    def _ask_statement(self, activity: Activity) -> None:
        said = statements_of(activity)
        if not said:
            return
        self.fields["is_stated"] = forms.BooleanField(
            label=" ".join(said),
            help_text=_("This meeting is for a certain group. Nobody asks you for a proof."),
            error_messages={
                "required": _(
                    "Please tick this if it is true for you. If it is not, this meeting is"
                    " not meant for you: look what else is on."
                )
            },
        )

    def clean(self) -> dict[str, Any]:
        """Count all who come along together."""
        typed = self.cleaned_data
        together = (typed.get("companions") or 0) + (typed.get("children") or 0)
        if together > self.most_companions and not {"companions", "children"} & self.errors.keys():
            message = ngettext(
                "Together you can bring at most %(count)s person.",
                "Together you can bring at most %(count)s people.",
                self.most_companions,
            ) % {"count": self.most_companions}
            self.add_error("companions", ValidationError(message, code="too_many_companions"))
        return typed

    def wish(self, *, may_wait: bool) -> Wish:
        """Return what was asked for, for the service."""
        typed = self.cleaned_data
        return Wish(
            companions=typed.get("companions") or 0,
            children=typed.get("children") or 0,
            side=typed["background"] or Background.UNDISCLOSED,
            age_group=typed["age_group"] or AgeGroup.UNDISCLOSED,
            answer=typed.get("answer", ""),
            is_stated=typed.get("is_stated", False),
            may_wait=may_wait,
        )


class GuestSignUpForm(GuestContactForm, WishForm):
    """What a guest says of themselves, and what they wish for."""

    field_order = (
        "dates",
        "name", "email", "phone", "language", "companions", "children", "background", "age_group",
        "answer", "is_stated", "entry",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(self.field_order)


class PersonSignUpForm(WishForm):
    """What somebody who is signed in adds to their profile."""

    field_order = (
        "dates",
        "companions",
        "children",
        "background",
        "age_group",
        "answer",
        "is_stated",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(self.field_order)
