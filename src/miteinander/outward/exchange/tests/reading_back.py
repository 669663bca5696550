"""Reads our calendars with the library, as a stranger's program would."""

from typing import Any

import icalendar


def parsed(written: bytes) -> Any:
    return icalendar.Calendar.from_ical(written)


def events(written: bytes) -> list[Any]:
    found = parsed(written).walk("VEVENT")
    assert not any(event.errors for event in found)
    return list(found)


def only_event(written: bytes) -> Any:
    (event,) = events(written)
    return event
