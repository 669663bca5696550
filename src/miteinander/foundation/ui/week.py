"""The parts of a week as choices of a form (see ``core.timetable``)."""

from collections.abc import Iterable
from typing import Any

from django.utils.dates import WEEKDAYS
from django.utils.functional import lazy
from django.utils.translation import pgettext_lazy

from miteinander.foundation.core import timetable

PARTS = (
    pgettext_lazy("part of a day", "Morning"),
    pgettext_lazy("part of a day", "Afternoon"),
    pgettext_lazy("part of a day", "Evening"),
)


def _choices() -> list[tuple[str, str]]:
    return [
        (f"{day}-{part}", f"{WEEKDAYS[day]}: {PARTS[part]}")
        for day in range(timetable.DAYS)
        for part in range(len(PARTS))
    ]


def slot_choices() -> Any:
    """Return a choice for each part of each day, in the language of the reader."""
    return lazy(_choices, list)()


def bits_of(typed: Iterable[str]) -> int:
    """Join chosen parts of days into one whole number."""
    pairs = (slot.split("-") for slot in typed)
    return timetable.bits([(int(day), int(part)) for day, part in pairs])


def slots_of(whole: int) -> list[str]:
    """Return the choices a form begins with."""
    return [f"{day}-{part}" for day, part in timetable.slots(whole)]
