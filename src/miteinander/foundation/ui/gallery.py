"""What the gallery shows: every component in every state, with invented content."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from miteinander.foundation.core import clock
from miteinander.foundation.core.languages import INTERFACE_CHOICES
from miteinander.foundation.core.pagination import page_of
from miteinander.foundation.ui import icons, patterns
from miteinander.foundation.ui.components import MapDot, Step, Table, Task
from miteinander.foundation.ui.fields import LineField, ParagraphField, PhoneField
from miteinander.foundation.ui.forms import PlainForm

WAYS = ("ltr", "rtl")
THEMES = ("light", "dark")
PLACES = (
    ("Hofgeismar", 51.496, 9.385, 2), ("Baunatal", 51.258, 9.418, 6),
    ("Wolfhagen", 51.327, 9.171, 3), ("Kaufungen", 51.281, 9.617, 2),
    ("Vellmar", 51.358, 9.479, 9), ("Trendelburg", 51.574, 9.423, 0),
    ("Zierenberg", 51.369, 9.302, 1), ("Naumburg", 51.247, 9.166, 0),
    ("Helsa", 51.257, 9.689, 1), ("Wesertal", 51.64, 9.58, 2),
    ("Lohfelden", 51.271, 9.546, 4), ("Calden", 51.409, 9.403, 0),
    ("Immenhausen", 51.428, 9.481, 1), ("Breuna", 51.417, 9.189, 0),
    ("Söhrewald", 51.223, 9.583, 1), ("Fuldatal", 51.357, 9.54, 3),
    ("Fuldabrück", 51.256, 9.483, 2), ("Niestetal", 51.311, 9.571, 1),
    ("Nieste", 51.307, 9.675, 0), ("Ahnatal", 51.362, 9.41, 1),
    ("Schauenburg", 51.283, 9.333, 0), ("Habichtswald", 51.336, 9.32, 2),
    ("Espenau", 51.392, 9.467, 0), ("Grebenstein", 51.446, 9.413, 1),
    ("Liebenau", 51.497, 9.282, 0), ("Reinhardshagen", 51.49, 9.6, 1),
    ("Bad Karlshafen", 51.644, 9.452, 2), ("Bad Emstal", 51.249, 9.252, 1),
)  # fmt: skip


class ExampleForm(PlainForm):
    """One field of each kind."""

    name = LineField(label=_("Your name"), help_text=_("As people should call you."), max_length=60)
    phone = PhoneField(label=_("Telephone"), required=False)
    language = forms.ChoiceField(label=_("Language"), choices=INTERFACE_CHOICES)
    message = ParagraphField(label=_("What would you like to tell us?"), required=False)
    way = forms.ChoiceField(
        label=_("How may we reach you?"),
        choices=[("mail", _("By e-mail")), ("phone", _("By telephone"))],
        widget=forms.RadioSelect,
    )
    days = forms.MultipleChoiceField(
        label=_("When do you have time?"),
        choices=[("morning", _("In the morning")), ("evening", _("In the evening"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    agreed = forms.BooleanField(label=_("I have read the privacy notice."))


@dataclass(frozen=True)
class Occasion:
    """An invented occasion."""

    key: str
    topic: str
    title: str
    language: str
    place: str
    languages: str
    start: datetime
    end: datetime
    seats: tuple[int, int, int, int]


def _occasions() -> list[Occasion]:
    morning = clock.start_of_day(clock.today())
    told = (
        ("food", "Kochen wie bei Oma und wie in Aleppo", "de", "Baunatal, Bürgerhaus",
         "Deutsch, العربية", (4, 6, 3, 6)),
        ("craft", "Reparatur-Café: Fahrräder vor dem Winter", "de", "Wolfhagen, Schulwerkstatt",
         "Deutsch, Українська", (2, 6, 2, 6)),
        ("music", "نغنّي معًا: أغانٍ من هنا ومن هناك", "ar", "Hofgeismar, Museum",
         "Deutsch, فارسی, English", (6, 6, 6, 6)),
    )  # fmt: skip
    return [
        Occasion(
            f"gallery-{number}", topic, title, language, place, languages,
            morning + timedelta(days=number, hours=18),
            morning + timedelta(days=number, hours=20, minutes=30), seats,
        )
        for number, (topic, title, language, place, languages, seats) in enumerate(told, start=2)
    ]  # fmt: skip


def _tasks() -> list[Task]:
    return [
        Task(_("What happens"), "#tasks", "complete"),
        Task(_("When and where"), "#tasks", "incomplete", _("The place is still missing.")),
        Task(_("Who meets people at the door"), "#tasks"),
    ]


def _table() -> Table:
    return Table(
        _("Dates of this week"),
        [_("Title"), _("Place"), _("Signed up")],
        [["Kochen", "Baunatal", "7/12"], ["Reparatur-Café", "Wolfhagen", "4/12"]],
    )


def gallery_context(params: QueryDict) -> dict[str, Any]:
    """Return the content of the gallery in the asked direction and theme."""
    way, theme = params.get("dir", ""), params.get("theme", "")
    return {
        "forced_direction": way if way in WAYS else "",
        "forced_theme": theme if theme in THEMES else "",
        "icon_names": sorted(icons.names()),
        "topics": list(patterns.LOOKS),
        "example": ExampleForm(initial={"name": "Amira", "phone": "+49561123456"}),
        "wrong": ExampleForm({"phone": "12"}, prefix="wrong"),
        "occasions": _occasions(),
        "links": page_of(list(range(100)), QueryDict("page=3")),
        "steps": [Step(_("Time"), "done"), Step(_("About you"), "current"), Step(_("Ready"))],
        "tasks": _tasks(),
        "table": _table(),
        "dots": [MapDot(name, "#map", lat, lon, count) for name, lat, lon, count in PLACES],
    }
