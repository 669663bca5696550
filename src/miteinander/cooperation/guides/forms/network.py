"""What a guide offers, which papers were seen, a pause, and leaving."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from miteinander.community.people.enums import LanguageLevel
from miteinander.community.regions.models import Region
from miteinander.cooperation.guides.enums import AssignmentTopic, MeetingWay
from miteinander.cooperation.guides.models import Guide
from miteinander.cooperation.guides.queries.network import Wanted
from miteinander.cooperation.guides.services.network import Documents, Profile
from miteinander.foundation.core.languages import SPOKEN_CHOICES
from miteinander.foundation.ui import week
from miteinander.foundation.ui.days import DayField
from miteinander.foundation.ui.forms import PlainForm

LANGUAGES = 5


class ProfileForm(PlainForm):
    """Languages with level, areas, topics, times and ways of one guide."""

    areas = forms.MultipleChoiceField(
        label=gettext_lazy("Where can you guide?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one municipality.")},
    )
    municipality = forms.ModelChoiceField(
        label=gettext_lazy("Where do you live?"),
        queryset=Region.objects.none(),
        error_messages={"required": gettext_lazy("Choose your municipality.")},
    )
    ways = forms.MultipleChoiceField(
        label=gettext_lazy("How can you be met?"),
        choices=MeetingWay.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose how you can be met.")},
    )
    topics = forms.MultipleChoiceField(
        label=gettext_lazy("What do you know well?"),
        choices=AssignmentTopic.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    unwanted = forms.MultipleChoiceField(
        label=gettext_lazy("What do you not want to do?"),
        choices=AssignmentTopic.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    times = forms.MultipleChoiceField(
        label=gettext_lazy("When do you have time?"),
        help_text=gettext_lazy("Nothing chosen means: at any time."),
        choices=week.slot_choices(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    has_relay = forms.BooleanField(
        label=gettext_lazy("Hide my telephone number and e-mail address from the people I guide"),
        help_text=gettext_lazy("They write to you through this site then."),
        required=False,
    )

    def __init__(self, *args: Any, places: QuerySet[Region], **kwargs: Any) -> None:
        """Offer ``places``, and some lines for languages."""
        super().__init__(*args, **kwargs)
        areas, municipality = self.fields["areas"], self.fields["municipality"]
        assert isinstance(areas, forms.MultipleChoiceField)  # noqa: S101 (tells the type)
        assert isinstance(municipality, forms.ModelChoiceField)  # noqa: S101 (tells the type)
        areas.choices = [(str(place.pk), place.name) for place in places]
        municipality.queryset = places
        for number in range(1, LANGUAGES + 1):
            self._add_language(number)

    def _add_language(self, number: int) -> None:
        self.fields[f"language_{number}"] = forms.ChoiceField(
            label=_("Language %(number)d") % {"number": number},
            choices=[("", _("None")), *SPOKEN_CHOICES], required=False,
        )  # fmt: skip
        self.fields[f"level_{number}"] = forms.ChoiceField(
            label=_("How well? (language %(number)d)") % {"number": number},
            choices=[("", _("Please choose")), *LanguageLevel.choices], required=False,
        )  # fmt: skip

    def language_pairs(self) -> list[tuple[Any, Any]]:
        """Return the fields of the lines for languages, to be shown in pairs."""
        return [
            (self[f"language_{number}"], self[f"level_{number}"])
            for number in range(1, LANGUAGES + 1)
        ]

    def clean(self) -> dict[str, Any]:
        """Ask for at least one language."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        if not any(typed.get(f"language_{number}") for number in range(1, LANGUAGES + 1)):
            error = ValidationError(_("Choose at least one language."), code="no_language")
            self.add_error("language_1", error)
        for number in range(1, LANGUAGES + 1):
            if typed.get(f"language_{number}") and not typed.get(f"level_{number}"):
                error = ValidationError(_("Choose how well."), code="no_level")
                self.add_error(f"level_{number}", error)
        return typed

    def profile(self) -> Profile:
        """Return what was typed, for the service."""
        typed = self.cleaned_data
        lines = range(1, LANGUAGES + 1)
        return Profile(
            languages=tuple(
                (typed[f"language_{n}"], typed[f"level_{n}"])
                for n in lines if typed[f"language_{n}"]
            ),
            municipality_id=typed["municipality"].pk,
            areas=tuple(map(int, typed["areas"])),
            topics=tuple(typed["topics"]), unwanted=tuple(typed["unwanted"]),
            ways=tuple(typed["ways"]),
            times=week.bits_of(typed["times"]), has_relay=typed["has_relay"],
        )  # fmt: skip


def profile_of(guide: Guide) -> dict[str, Any]:
    """Return what the form begins with."""
    spoken: dict[str, str] = {}
    for number, row in enumerate(guide.languages.all()[:LANGUAGES], start=1):
        spoken |= {f"language_{number}": row.code, f"level_{number}": row.level}
    return {
        "areas": [str(region.pk) for region in guide.areas.all()],
        "municipality": guide.municipality_id,
        "ways": guide.ways, "topics": guide.topics, "unwanted": guide.unwanted,
        "has_relay": guide.has_relay,
        "times": week.slots_of(guide.times),
        **spoken,
    }  # fmt: skip


class NetworkFilterForm(PlainForm):
    """Which guides to list; what is none of the choices is not looked at."""

    language = forms.ChoiceField(label=gettext_lazy("Language"), required=False)
    area = forms.ModelChoiceField(
        label=gettext_lazy("Municipality"), queryset=Region.objects.none(), required=False
    )
    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        choices=[
            ("", gettext_lazy("All who are in the network")),
            ("active", pgettext_lazy("guides", "Active")),
            ("paused", pgettext_lazy("guides", "On a pause")),
            ("papers", pgettext_lazy("guides", "Papers end soon")),
            ("left", pgettext_lazy("guides", "Left")),
        ],
        required=False,
    )

    def __init__(self, *args: Any, places: QuerySet[Region], **kwargs: Any) -> None:
        """Offer ``places``."""
        super().__init__(*args, **kwargs)
        field, language = self.fields["area"], self.fields["language"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (tells the type)
        assert isinstance(language, forms.ChoiceField)  # noqa: S101 (tells the type)
        field.queryset, field.empty_label = places, _("Everywhere")
        language.choices = [("", _("Any language")), *SPOKEN_CHOICES]

    def wanted(self) -> Wanted:
        """Return what was chosen, for the query."""
        self.is_valid()
        typed = self.cleaned_data
        area = typed.get("area")
        return Wanted(typed.get("language", ""), area.pk if area else 0, typed.get("state", ""))


class DocumentsForm(PlainForm):
    """Which papers were seen, and when; there is no field for the papers."""

    confidentiality_on = DayField(
        label=gettext_lazy("Confidentiality declaration signed on"), required=False
    )
    duties_told_on = DayField(
        label=gettext_lazy("Duties under § 72a SGB VIII explained on"), required=False
    )
    police_inspected_on = DayField(
        label=gettext_lazy("Police certificate inspected on"), required=False
    )
    police_valid_until = DayField(
        label=gettext_lazy("Inspect it again on"),
        help_text=gettext_lazy("Empty means: after the usual number of years."),
        required=False,
    )
    certificate_seen_on = DayField(
        label=gettext_lazy("Certificate of an earlier course seen on"), required=False
    )
    is_lead = forms.BooleanField(
        label=gettext_lazy("Coordinates other guides (higher limit of hours)"), required=False
    )

    def documents(self) -> Documents:
        """Return what was typed, for the service."""
        return Documents(**self.cleaned_data)


class PauseForm(PlainForm):
    """From when until when a guide is not asked."""

    begins = DayField(label=gettext_lazy("Pause from"))
    ends = DayField(
        label=gettext_lazy("Pause until"),
        help_text=gettext_lazy("Empty means: until you end it."),
        required=False,
    )
