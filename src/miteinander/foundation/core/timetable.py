"""The parts of a week in which somebody has time, as bits of one whole number."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

DAYS = 7
PARTS = ("morning", "afternoon", "evening")
NOON, EVENING = 12, 17
EVERY_TIME = (1 << DAYS * len(PARTS)) - 1


def bit(day: int, part: int) -> int:
    """Return the bit of a part of a day; Monday is 0, morning is 0."""
    return 1 << (day * len(PARTS) + part)


def bits(slots: Iterable[tuple[int, int]]) -> int:
    """Join parts of days."""
    whole = 0
    for day, part in slots:
        whole |= bit(day, part)
    return whole


def slots(whole: int) -> list[tuple[int, int]]:
    """Take ``whole`` apart again, Monday morning first."""
    every = ((day, part) for day in range(DAYS) for part in range(len(PARTS)))
    return [slot for slot in every if whole & bit(*slot)]


def bit_at(moment: datetime) -> int:
    """Return the bit of the part of the week ``moment`` lies in, by the clock on the wall here."""
    local = timezone.localtime(moment)
    part = 0 if local.hour < NOON else 1 if local.hour < EVENING else 2
    return bit(local.weekday(), part)
