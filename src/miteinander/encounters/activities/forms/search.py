"""The filters of the list of meetings. They stand in the address, so a list can be passed on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from miteinander.community.regions.models import Region
from miteinander.encounters.activities.enums import Audience, Topic, When
from miteinander.encounters.activities.queries.criteria import NEAR_KM, Criteria
from miteinander.encounters.activities.queries.periods import days_of
from miteinander.foundation.core import clock
from miteinander.foundation.core.languages import NAMES, OWN_NAMES, SPOKEN
from miteinander.foundation.core.text import latin_digits, one_line

LONGEST_WORDS = 200
WHOLE_AREA = "all"
DAY_LABELS = {"first": gettext_lazy("From %(day)s"), "last": gettext_lazy("Until %(day)s")}
BASIC = ("q", "when", "place")


@dataclass(frozen=True)
class Chip:
    """A filter that is on, and the query string of the list without it."""

    label: str
    without: str


def _language_choices() -> list[tuple[str, str]]:
    return [(code, f"{NAMES[code]} – {OWN_NAMES[code]}") for code in SPOKEN]


def _flat(field: forms.ChoiceField) -> list[tuple[str, str]]:
    choices: Any = field.choices
    return list(choices)


class DayField(forms.DateField):
    """A day, as the browser sends it or as people type it, in any of the three kinds of digits."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    default_error_messages = {
        "invalid": gettext_lazy("Please choose a day, for example 24.12.2026."),
    }

    def to_python(self, value: Any) -> date | None:
        """Read the day."""
        text = one_line(latin_digits(value)) if isinstance(value, str) else value
        for form in ("%Y-%m-%d", "%d.%m.%Y"):
            try:
                return self.strptime(text, form) if text else None
            except ValueError:
                continue
        raise ValidationError(self.error_messages["invalid"], code="invalid")


class SearchForm(forms.Form):
    """What somebody looks for. A value that cannot be used is said and left out, no more."""

    q = forms.CharField(
        label=gettext_lazy("What are you looking for?"),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    when = forms.ChoiceField(
        label=gettext_lazy("When?"),
        required=False,
        choices=[("", gettext_lazy("Any day")), *When.choices],
    )
    place = forms.ChoiceField(label=gettext_lazy("Where?"), required=False)
    km = forms.ChoiceField(
        label=gettext_lazy("How far away?"),
        required=False,
        choices=[
            ("", gettext_lazy("Up to 10 km")),
            ("5", gettext_lazy("Up to 5 km")),
            ("20", gettext_lazy("Up to 20 km")),
            ("40", gettext_lazy("Up to 40 km")),
            (WHOLE_AREA, gettext_lazy("In the whole area")),
        ],
    )
    language = forms.ChoiceField(label=gettext_lazy("Language spoken there"), required=False)
    topic = forms.ChoiceField(
        label=gettext_lazy("What do people do?"),
        required=False,
        choices=[("", gettext_lazy("Everything")), *Topic.choices],
    )
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
    interpretation = forms.BooleanField(label=gettext_lazy("With interpretation"), required=False)
    online = forms.BooleanField(label=gettext_lazy("Online"), required=False)
    first = DayField(label=gettext_lazy("From"), required=False)
    last = DayField(label=gettext_lazy("Until"), required=False)

    use_required_attribute = False
    shown_first: tuple[str, ...] = BASIC

    def __init__(self, data: QueryDict, *, places: Sequence[Region]) -> None:
        super().__init__(data)
        self.typed = data
        self.places = {place.slug: place for place in places}
        self._choose("place", [("", _("Everywhere")), *((p.slug, p.name) for p in places)])
        self._choose("language", [("", _("Any language")), *_language_choices()])
        for name in {"when", "place", "km", "language", "topic", "audience"} & set(self.fields):
            self.fields[name].error_messages["invalid_choice"] = _("We do not know this choice.")

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean_q(self) -> str:
        """Clean the words as people type them."""
        return one_line(self.cleaned_data["q"])

    def clean(self) -> dict[str, Any]:
        """Refuse a span that ends before it begins: its end is left out."""
        first, last = self.cleaned_data.get("first"), self.cleaned_data.get("last")
        if first and last and last < first:
            self.add_error("last", _("The last day is before the first."))
        return self.cleaned_data

    @property
    def basic(self) -> list[forms.BoundField]:
        """The filters most people use."""
        return [self[name] for name in self.shown_first]

    @property
    def more(self) -> list[forms.BoundField]:
        """The others; they are folded away until one is on."""
        return [self[name] for name in self.fields if name not in self.shown_first]

    @property
    def is_more_used(self) -> bool:
        """Whether one of the folded filters is on or could not be used."""
        return any(bound.data or bound.errors for bound in self.more)

    def value(self, name: str) -> Any:
        """Return a usable value, or nothing."""
        self.is_valid()
        return self.cleaned_data.get(name)

    def criteria(self) -> Criteria:
        """Turn what can be used into criteria."""
        first, last = self.value("first"), self.value("last")
        if when := self.value("when"):
            first, last = days_of(when, clock.today())
        km = self.value("km")
        return Criteria(
            words=self.value("q") or "",
            first_day=first,
            last_day=last,
            region=None if km == WHOLE_AREA else self.places.get(self.value("place") or ""),
            km=int(km) if km and km != WHOLE_AREA else NEAR_KM,
            language=self.value("language") or "",
            topic=self.value("topic") or "",
            audience=self.value("audience") or "",
            is_free=bool(self.value("free")),
            has_childcare=bool(self.value("childcare")),
            is_step_free=bool(self.value("wheelchair")),
            has_interpretation=bool(self.value("interpretation")),
            is_online=bool(self.value("online")),
        )

    def problems(self) -> list[tuple[str, str]]:
        """List what was left out: the label of the filter and why."""
        self.is_valid()
        return [
            (str(self.fields[name].label), str(message))
            for name, messages in self.errors.items()
            for message in messages
        ]

    def chips(self) -> list[Chip]:
        """List the filters that are on, each with the address of the list without it."""
        found = []
        for name in self.fields:
            value = self.value(name)
            if value and name != "km":
                found.append(Chip(self._label(name, value), self._without(name)))
        return found

    def _label(self, name: str, value: Any) -> str:
        if name == "q":
            return f"“{value}”"
        if name == "place":
            return self._place_label(value)
        if name in DAY_LABELS:
            day = formats.date_format(value, "SHORT_DATE_FORMAT")
            return str(DAY_LABELS[name]) % {"day": day}
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            return str(dict(_flat(field))[value])
        return str(field.label)

    def _place_label(self, slug: str) -> str:
        """Name the place with the distance, or alone where the whole area was asked for."""
        place, km = self.places[slug].name, self.value("km") or NEAR_KM
        if km == WHOLE_AREA:
            return _("%(place)s and the whole area") % {"place": place}
        return _("%(place)s and up to %(km)s km around") % {"place": place, "km": km}

    def _without(self, name: str) -> str:
        params = self.typed.copy()
        for gone in (name, "page", *(["km"] if name == "place" else [])):
            params.pop(gone, None)
        kept = {key: values for key, values in params.lists() if any(values)}
        query = QueryDict(mutable=True)
        for key, values in kept.items():
            query.setlist(key, values)
        return "?" + query.urlencode()
