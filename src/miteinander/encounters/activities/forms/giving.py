"""How seats are given, as a form in plain words."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from miteinander.encounters.activities.enums import Giving, Setting
from miteinander.encounters.activities.forms.planning import SeenForm, area
from miteinander.encounters.activities.queries.giving import HALF
from miteinander.encounters.activities.services.planning import GIVING_FACTS
from miteinander.foundation.ui.fields import ParagraphField

WHOLE = 100
LONGEST_HOURS = 24 * 60
MOST_COMPANIONS = 20
OLDEST = 120


class Mix(models.TextChoices):
    """Whether seats are kept for both sides."""

    NONE = "none", gettext_lazy("No. Example: Everybody takes any free seat.")
    HALF = (
        "half",
        gettext_lazy(
            "Half and half. Example: Of 12 seats, 6 are kept for people who have long lived here"
            " and 6 for people who are new."
        ),
    )
    OWN = (
        "own",
        gettext_lazy(
            # xgettext:no-python-format  # noqa: ERA001 (read by xgettext)
            "Other shares. Example: You keep 30 % for newcomers. The rest is open to everybody."
        ),
    )


WAYS = (
    (
        Giving.AT_ONCE,
        gettext_lazy(
            "At once, while seats last. Example: Olena signs up on Monday. She has her seat on"
            " Monday."
        ),
    ),
    (
        Giving.APPROVAL,
        gettext_lazy(
            "After we have said yes. Example: Yusuf asks for a seat and answers your question. You"
            " read it and say yes."
        ),
    ),
    (
        Giving.DRAW,
        gettext_lazy(
            "By a fair draw. Example: 30 people want 12 seats. Three days before, the computer"
            " draws who comes. Who had no luck the last time has more lots."
        ),
    ),
)


def _number(label: Any, help_text: Any, most: int, *, least: int = 0) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        min_value=least,
        max_value=most,
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


def _mix_of(values: dict[str, Any]) -> str:
    shares = values.get("local_share"), values.get("newcomer_share")
    if not any(shares):
        return Mix.NONE
    return Mix.HALF if shares == (HALF, HALF) else Mix.OWN


class GivingForm(SeenForm):
    """Who gets a seat, when, and for whom the occasion is."""

    giving = forms.ChoiceField(
        label=gettext_lazy("When does somebody get a seat?"),
        choices=WAYS,
        widget=forms.RadioSelect,
    )
    question = ParagraphField(
        label=gettext_lazy("Your question to people who ask for a seat"),
        help_text=gettext_lazy(
            "It is asked where you say yes yourself. Example: Can you bring a bicycle?"
        ),
        max_length=300,
        required=False,
        widget=area(2),
    )
    draw_hours = _number(
        gettext_lazy("How many hours before the start are the seats drawn?"),
        gettext_lazy("Only for a draw. Example: 72 hours are three days."),
        LONGEST_HOURS,
        least=1,
    )
    mix = forms.ChoiceField(
        label=gettext_lazy("Do you keep seats for both sides?"),
        help_text=gettext_lazy("Whoever does not say which side is theirs takes any free seat."),
        choices=Mix.choices,
        widget=forms.RadioSelect,
    )
    local_share = _number(
        gettext_lazy("Per cent for people who have long lived here"),
        gettext_lazy("Only for other shares. Example: 30"),
        WHOLE,
    )
    newcomer_share = _number(
        gettext_lazy("Per cent for newcomers"),
        gettext_lazy("Only for other shares. Example: 30"),
        WHOLE,
    )
    release_hours = _number(
        gettext_lazy("Until how many hours before the start are the seats kept?"),
        gettext_lazy("After that everybody takes any free seat. Example: 72 hours are three days."),
        LONGEST_HOURS,
    )
    has_offers_by_hand = forms.BooleanField(
        label=gettext_lazy("We offer free seats to people on the waiting list ourselves"),
        help_text=gettext_lazy(
            "Without a tick it goes by itself. Example: Fatima waits longest. She gets a message"
            " and has one day to say yes."
        ),
        required=False,
    )
    signs_up_once = forms.BooleanField(
        label=gettext_lazy("It is a course: people sign up once for all dates"),
        help_text=gettext_lazy(
            "Every date is ticked, and people can take single ones out. They get one mail with all"
            " dates."
        ),
        required=False,
    )
    most_companions = _number(
        gettext_lazy("How many people may somebody bring along?"),
        gettext_lazy("Adults and children together. Example: 3. Enter 0 if nobody."),
        MOST_COMPANIONS,
    )
    monthly_limit = _number(
        gettext_lazy("How many seats may one person have in a month?"),
        gettext_lazy(
            "Leave it empty if it does not matter. Example: With 1, others have their turn first."
            " One day before the start everybody may come."
        ),
        31,
        least=1,
    )
    min_age = _number(gettext_lazy("From which age?"), gettext_lazy("Example: 16"), OLDEST, least=1)
    max_age = _number(gettext_lazy("Up to which age?"), "", OLDEST, least=1)
    setting = forms.ChoiceField(
        label=gettext_lazy("Is it for one group only?"),
        help_text=gettext_lazy(
            "People say themselves that they belong to it. Nobody has to prove anything."
        ),
        choices=[("", gettext_lazy("No, for everybody")), *Setting.choices],
        required=False,
    )
    required_id = forms.TypedChoiceField(
        label=gettext_lazy("Must people have been at another meeting first?"),
        help_text=gettext_lazy("Example: First the safety course, then the bicycle tour."),
        coerce=int,
        empty_value=None,
        required=False,
    )

    def __init__(self, *args: Any, others: list[tuple[int, str]], **kwargs: Any) -> None:
        """Offer ``others``, by key and title, as meetings that may be needed first."""
        initial = kwargs.get("initial") or {}
        kwargs["initial"] = {"mix": _mix_of(initial), **initial}
        super().__init__(*args, **kwargs)
        field = self.fields["required_id"]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101 (tells the type)
        field.choices = [("", _("No")), *others]

    @property
    def is_for_certain_people(self) -> bool:
        """Whether somebody filled in, or typed wrong, for whom it is."""
        return self._is_used("min_age", "max_age", "setting", "required_id")

    @property
    def has_limit(self) -> bool:
        """Whether somebody filled in, or typed wrong, how often one person may come."""
        return self._is_used("monthly_limit")

    def _is_used(self, *names: str) -> bool:
        return any(self[name].errors or self[name].value() for name in names)

    def clean(self) -> dict[str, Any]:
        """Fill in what was left empty, and look whether the numbers fit each other."""
        values = super().clean() or self.cleaned_data
        needless = {
            "draw_hours": values.get("giving") != Giving.DRAW,
            "release_hours": values.get("mix") == Mix.NONE,
            "most_companions": False,
        }
        for name, is_needless in needless.items():
            if is_needless:
                self.errors.pop(name, None)
            if values.get(name) is None and name not in self.errors:
                values[name] = self.initial.get(name)
        self._clean_shares(values)
        first, last = values.get("min_age"), values.get("max_age")
        if first and last and first > last:
            self.add_error(
                "max_age",
                ValidationError(_("The first age must not be above the second."), code="ages"),
            )
        return values

    def _clean_shares(self, values: dict[str, Any]) -> None:
        if values.get("mix") != Mix.OWN:
            for name in ("local_share", "newcomer_share"):
                self.errors.pop(name, None)
                values[name] = HALF if values.get("mix") == Mix.HALF else 0
            return
        local, newcomer = values.get("local_share") or 0, values.get("newcomer_share") or 0
        values["local_share"], values["newcomer_share"] = local, newcomer
        if not {"local_share", "newcomer_share"} & self.errors.keys():
            if local + newcomer > WHOLE:
                message = _("Together these are more than all seats.")
                self.add_error("newcomer_share", ValidationError(message, code="too_much"))
            elif not local + newcomer:
                message = _("Enter a number of per cent for at least one side.")
                self.add_error("local_share", ValidationError(message, code="required"))

    @property
    def facts(self) -> dict[str, object]:
        """The facts as the service takes them."""
        return {name: self.cleaned_data[name] for name in GIVING_FACTS}
