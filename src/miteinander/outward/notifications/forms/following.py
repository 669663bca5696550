"""What somebody wants to hear of, where without an account, and how often."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from miteinander.community.organisations.models import Organisation
from miteinander.community.regions.models import Region
from miteinander.encounters.activities.enums import Audience, Topic
from miteinander.foundation.core.languages import NAMES, OWN_NAMES, SPOKEN
from miteinander.foundation.ui.forms import PlainForm
from miteinander.outward.notifications.enums import Frequency
from miteinander.outward.notifications.interests import Wanted

NEAR_KM = "10"
FLAGS = {"free": "is_free", "childcare": "has_childcare", "wheelchair": "is_step_free"}


class FollowForm(PlainForm):
    """What to follow; the same names as the filters of the list, so an address fills it in."""

    place = forms.ChoiceField(label=gettext_lazy("Where?"), required=False)
    km = forms.ChoiceField(
        label=gettext_lazy("How far away?"),
        required=False,
        choices=[
            ("0", gettext_lazy("Only this place")),
            ("5", gettext_lazy("Up to 5 km")),
            ("10", gettext_lazy("Up to 10 km")),
            ("20", gettext_lazy("Up to 20 km")),
            ("40", gettext_lazy("Up to 40 km")),
        ],
    )
    topic = forms.ChoiceField(
        label=gettext_lazy("What do people do?"),
        required=False,
        choices=[("", gettext_lazy("Everything")), *Topic.choices],
    )
    language = forms.ChoiceField(label=gettext_lazy("Language spoken there"), required=False)
    audience = forms.ChoiceField(
        label=gettext_lazy("For whom?"),
        required=False,
        choices=[("", gettext_lazy("All groups")), *Audience.choices],
    )
    free = forms.BooleanField(label=gettext_lazy("Free of charge"), required=False)
    childcare = forms.BooleanField(label=gettext_lazy("With childcare"), required=False)
    wheelchair = forms.BooleanField(
        label=gettext_lazy("For wheelchairs (step-free)"), required=False
    )
    organisation = forms.CharField(required=False, widget=forms.HiddenInput, max_length=80)

    def __init__(
        self,
        *args: Any,
        places: Sequence[Region],
        organisation: Organisation | None,
        is_visitor: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.places = {place.slug: place for place in places}
        self.followed = organisation
        self._choose("place", [("", _("Everywhere")), *((p.slug, p.name) for p in places)])
        languages = [(code, f"{NAMES[code]} – {OWN_NAMES[code]}") for code in SPOKEN]
        self._choose("language", [("", _("Any language")), *languages])
        if is_visitor:
            self.fields["email"] = forms.EmailField(
                label=_("Your e-mail address"),
                max_length=254,
                help_text=_("We send you a mail. Open the link in it to confirm your address."),
                widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
            )

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    @property
    def first(self) -> list[forms.BoundField]:
        """What most people choose."""
        return [self[name] for name in ("place", "km", "topic", "language")]

    @property
    def more(self) -> list[forms.BoundField]:
        """The rest; folded away until one is chosen."""
        return [self[name] for name in ("audience", *FLAGS)]

    @property
    def is_more_used(self) -> bool:
        """Whether something that is folded away is chosen."""
        return any(bound.value() for bound in self.more)

    def wanted(self) -> Wanted:
        """Return what was chosen."""
        said = self.cleaned_data
        place = self.places.get(said["place"])
        return Wanted(
            municipality=place,
            organisation=self.followed,
            km=int(said["km"] or NEAR_KM) if place else 0,
            topic=said["topic"],
            language=said["language"],
            audience=said["audience"],
            **{field: said[name] for name, field in FLAGS.items()},
        )


class FrequencyForm(PlainForm):
    """How often somebody wants to hear of new meetings."""

    frequency = forms.ChoiceField(
        label=gettext_lazy("How often do you want to hear of new meetings?"),
        choices=Frequency.choices,
        widget=forms.RadioSelect,
    )
