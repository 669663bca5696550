"""Reads our calendars with the library, as a stranger's program would."""

import icalendar


def parsed(written: bytes) -> icalendar.Calendar:
    calendar = icalendar.Calendar.from_ical(written)
    assert isinstance(calendar, icalendar.Calendar)
    return calendar


def events(written: bytes) -> list[icalendar.Event]:
    found = parsed(written).walk("VEVENT")
    assert not any(event.errors for event in found)
    return [event for event in found if isinstance(event, icalendar.Event)]


def only_event(written: bytes) -> icalendar.Event:
    (event,) = events(written)
    return event
