"""The questions of the questionnaire: one page, one thing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from miteinander.community.people.enums import Background
from miteinander.community.regions import queries as regions
from miteinander.community.regions.models import Region
from miteinander.cooperation.tandems.enums import Doing, Gender, GenderWish, Way
from miteinander.cooperation.tandems.models import Seeker
from miteinander.foundation.core.languages import SPOKEN_CHOICES
from miteinander.foundation.ui import week
from miteinander.foundation.ui.fields import LineField
from miteinander.foundation.ui.forms import PlainForm

REACHES = (5, 10, 20, 40)


class QuestionForm(PlainForm):
    """A page of the questionnaire; begins with what was answered before."""

    same: tuple[str, ...] = ()

    @classmethod
    def begin(cls, seeker: Seeker) -> dict[str, Any]:
        """Return what the form begins with."""
        return {name: getattr(seeker, name) for name in cls.same}

    def answers(self) -> dict[str, Any]:
        """Return the fields of a seeker that were answered."""
        return {name: self.cleaned_data[name] for name in self.same}


def _some(label: Any, choices: Any, missing: Any, **more: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        choices=choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": missing},
        **more,
    )


class WantsForm(QuestionForm):
    """What somebody would like."""

    same = ("wants",)
    wants = _some(_("What would you like?"), Doing.choices, _("Choose at least one thing."))


class GivesForm(QuestionForm):
    """What somebody can give: everybody has something."""

    same = ("gives",)
    gives = _some(
        _("What can you give?"), Doing.choices,
        _("Choose at least one thing. Talking counts, too."),
        help_text=_("Everybody gives and everybody gets."),
    )  # fmt: skip


class SpeaksForm(QuestionForm):
    """Languages two people can talk in."""

    same = ("speaks",)
    speaks = _some(
        _("In which languages can you talk with somebody?"),
        SPOKEN_CHOICES,
        _("Choose at least one language."),
        help_text=_("It need not be perfect."),
    )


class PractisesForm(QuestionForm):
    """Languages somebody wants to practise."""

    same = ("practises",)
    practises = _some(
        _("Which languages would you like to practise?"),
        SPOKEN_CHOICES,
        _("Choose at least one language."),
    )


class TimesForm(QuestionForm):
    """When somebody has time."""

    times = _some(
        _("When do you often have time?"),
        week.slot_choices(),
        _("Choose at least one time."),
        help_text=_("The more you choose, the easier it is to find somebody."),
    )

    @classmethod
    def begin(cls, seeker: Seeker) -> dict[str, Any]:
        """Return the parts of the week chosen before."""
        return {"times": week.slots_of(seeker.times)}

    def answers(self) -> dict[str, Any]:
        """Return the parts of the week as bits."""
        return {"times": week.bits_of(self.cleaned_data["times"])}


class WaysForm(QuestionForm):
    """How somebody wants to meet."""

    same = ("ways",)
    ways = _some(_("How would you like to meet?"), Way.choices, _("Choose at least one way."))


class PlaceForm(QuestionForm):
    """Where somebody lives, and how far they go."""

    municipality = forms.ModelChoiceField(
        label=_("Where do you live?"),
        queryset=Region.objects.none(),
        error_messages={"required": _("Choose your municipality.")},
    )
    reach_km = forms.TypedChoiceField(
        label=_("How far can you go to meet somebody?"),
        choices=[(km, pgettext_lazy("distance", "%(km)d km") % {"km": km}) for km in REACHES],
        coerce=int,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the municipalities of the instance."""
        super().__init__(*args, **kwargs)
        field = self.fields["municipality"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (tells the type)
        field.queryset, field.empty_label = regions.municipalities(), _("Please choose")

    @classmethod
    def begin(cls, seeker: Seeker) -> dict[str, Any]:
        """Return where somebody said to live."""
        return {"municipality": seeker.municipality_id, "reach_km": seeker.reach_km}

    def answers(self) -> dict[str, Any]:
        """Return place and distance."""
        typed = self.cleaned_data
        return {"municipality": typed["municipality"], "reach_km": typed["reach_km"]}


class YouForm(QuestionForm):
    """What the rules about age and gender need to know."""

    same = ("birth_year", "gender", "is_family")
    name = LineField(
        label=_("Your name"),
        help_text=_("The other person sees it only when both have said yes."),
        max_length=120,
        error_messages={"required": _("Please write your name.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    birth_year = forms.IntegerField(
        label=_("In which year were you born?"),
        help_text=_("Nobody else sees it. Under 18 a parent must agree."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "bday-year"}),
        error_messages={
            "required": _("Enter the year in which you were born."),
            "invalid": _("Write the year with four digits, for example 1985."),
        },
    )
    gender = forms.ChoiceField(
        label=_("What fits you?"),
        help_text=_("Some people want to meet only women or only men. Nobody else sees it."),
        choices=[*Gender.choices, ("", _("Rather not say"))],
        widget=forms.RadioSelect,
        required=False,
    )
    is_family = forms.BooleanField(
        label=_("We take part as a family with children"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask for the name only where the profile has none."""
        super().__init__(*args, **kwargs)
        if self.initial.get("known_name"):
            del self.fields["name"]

    @classmethod
    def begin(cls, seeker: Seeker) -> dict[str, Any]:
        """Return what was answered, and whether the name is known."""
        return super().begin(seeker) | {"known_name": bool(seeker.person.name)}


class WhomForm(QuestionForm):
    """Whom somebody wants to meet."""

    same = ("gender_wish", "age_from", "age_to")
    gender_wish = forms.ChoiceField(
        label=_("Whom do you want to meet?"),
        choices=[("", _("No matter")), *GenderWish.choices],
        widget=forms.RadioSelect,
        required=False,
    )
    age_from = forms.IntegerField(
        label=_("From which age?"),
        help_text=_("Empty means: no matter. A wish about age makes it harder to find somebody."),
        min_value=0, max_value=120, required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    age_to = forms.IntegerField(
        label=_("Up to which age?"), min_value=0, max_value=120, required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip


class KindsForm(QuestionForm):
    """Families, old and young, and more than two."""

    same = ("families_are_fine", "wants_bridge", "wants_group")
    families_are_fine = forms.BooleanField(
        label=_("Meeting a family with children is fine for me"), required=False
    )
    wants_bridge = forms.BooleanField(label=_("I like it when old and young meet"), required=False)
    wants_group = forms.BooleanField(
        label=_("I would rather meet in a group of three or four"), required=False
    )


class SideForm(QuestionForm):
    """The side, which belongs to the person, and whether the same side is fine."""

    same = ("same_side_is_fine",)
    side = forms.ChoiceField(
        label=_("How long have you lived here?"),
        help_text=_("We bring people together who have long lived here and people who are new."
                    " Nobody else sees your answer."),
        choices=Background.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose an answer.")},
    )  # fmt: skip
    same_side_is_fine = forms.BooleanField(
        label=_("I also like to meet somebody who has lived here as long as I have"),
        required=False,
    )

    @classmethod
    def begin(cls, seeker: Seeker) -> dict[str, Any]:
        """Return what the profile says."""
        return super().begin(seeker) | {"side": seeker.person.background}


class RulesForm(QuestionForm):
    """The house rules, and how others reach somebody."""

    same = ("hides_address",)
    accepts = forms.BooleanField(
        label=_("I keep to these rules"),
        error_messages={"required": _("Please accept the rules.")},
    )
    hides_address = forms.BooleanField(
        label=_("Hide my telephone number and e-mail address"),
        help_text=_("The other person writes to you through this site then."),
        required=False,
    )


FORMS: dict[str, type[QuestionForm]] = {
    "wants": WantsForm,
    "gives": GivesForm,
    "speaks": SpeaksForm,
    "practises": PractisesForm,
    "times": TimesForm,
    "ways": WaysForm,
    "place": PlaceForm,
    "you": YouForm,
    "whom": WhomForm,
    "kinds": KindsForm,
    "side": SideForm,
    "rules": RulesForm,
}
