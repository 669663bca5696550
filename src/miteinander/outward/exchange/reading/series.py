"""Works out what happens when: one series of a calendar file and its dates to come."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import recurring_ical_events

from miteinander.outward.exchange.reading.blocks import Entry
from miteinander.outward.exchange.reading.limits import Limits, Refused
from miteinander.outward.exchange.reading.rules import check_rules

HOME = ZoneInfo("Europe/Berlin")
SINGLE = "single"
_DEFAULT_LENGTH = timedelta(hours=1)
_TIMES = {"DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"}


@dataclass
class Found:
    """An occasion as the calendar tells it; ``dates`` are (key, start, end) in UTC."""

    uid: str
    title: str
    description: str = ""
    location: str = ""
    url: str = ""
    language: str = ""
    is_cancelled: bool = False
    dates: list[tuple[str, str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_series(
    uid: str, entries: list[Entry], default_zone: bytes, now: datetime, limits: Limits
) -> list[Found]:
    """Return the occasions of one series; an occurrence with its own title is its own.

    Raises:
        Refused: nothing of the series can be taken.
    """
    for entry in entries:
        _check_entry(entry)
    calendar = _parsed(entries, default_zone)
    events = list(calendar.walk("VEVENT"))
    for event in events:
        _check_event(event)
    main = next((event for event in events if "RECURRENCE-ID" not in event), events[0])
    if _word(main, "STATUS") == "CANCELLED":
        return [Found(uid=uid, title=_text(main, "SUMMARY"), is_cancelled=True)]
    occurrences = _coming(calendar, main, now, limits)
    notes = _notes(entries, main)
    is_single = not any(name in main for name in ("RRULE", "RDATE", "RECURRENCE-ID"))
    return _grouped(uid, main, occurrences, notes, is_single=is_single)


def _check_entry(entry: Entry) -> None:
    if not entry.is_complete:
        raise Refused("cut_off")
    if entry.has_long_line:
        raise Refused("long_line")
    if entry.value(b"CLASS").upper() in {b"PRIVATE", b"CONFIDENTIAL"}:
        raise Refused("private")
    check_rules(entry)


def _parsed(entries: Iterable[Entry], default_zone: bytes) -> icalendar.Calendar:
    lines = [b"BEGIN:VCALENDAR", b"VERSION:2.0", b"PRODID:-"]
    lines += [default_zone] if default_zone else []
    for entry in entries:
        tidy = (
            line.replace(b" ", b"") if line[:5].upper() == b"RRULE" else line
            for line in entry.lines
        )
        lines += [b"BEGIN:VEVENT", *tidy, b"END:VEVENT"]
    lines.append(b"END:VCALENDAR")
    parsed = icalendar.Calendar.from_ical(b"\r\n".join(lines) + b"\r\n")
    if not isinstance(parsed, icalendar.Calendar):
        raise Refused("unreadable")
    return parsed


def _check_event(event: Any) -> None:
    if any(name in _TIMES for name, _error in event.errors):
        raise Refused("unreadable_time")
    start = getattr(event.get("DTSTART"), "dt", None)
    if not isinstance(start, date):
        raise Refused("no_start")
    end = getattr(event.get("DTEND"), "dt", None)
    length = getattr(event.get("DURATION"), "dt", timedelta())
    if length < timedelta() or (end is not None and _moment(end) < _moment(start)):
        raise Refused("ends_before_start")
    if not _text(event, "SUMMARY"):
        raise Refused("no_title")


def _coming(calendar: Any, main: Any, now: datetime, limits: Limits) -> list[Any]:
    last = now + timedelta(days=limits.days)
    found = recurring_ical_events.of(calendar).between(now, last)
    coming = [
        event for event in found if _word(event, "STATUS") != "CANCELLED" and _span(event)[0] > now
    ]
    if len(coming) > limits.dates:
        raise Refused("too_many_dates")
    if not coming:
        raise Refused("too_far" if _moment(main["DTSTART"].dt) > last else "over")
    return sorted(coming, key=_span)


def _grouped(
    uid: str, main: Any, occurrences: list[Any], notes: list[str], *, is_single: bool
) -> list[Found]:
    title = _text(main, "SUMMARY")
    found: dict[str, Found] = {}
    keys: set[str] = set()
    for event in occurrences:
        key = SINGLE if is_single else _key(event, keys)
        keys.add(key)
        own = _text(event, "SUMMARY") != title
        name = f"{uid}#{key}" if own else uid
        if name not in found:
            found[name] = _words(name, event if own else main, notes)
        start, end = _span(event)
        found[name].dates.append((SINGLE if own else key, _iso(start), _iso(end)))
    return list(found.values())


def _words(uid: str, event: Any, notes: list[str]) -> Found:
    return Found(
        uid=uid,
        title=_text(event, "SUMMARY"),
        description=_text(event, "DESCRIPTION"),
        location=_text(event, "LOCATION"),
        url=_text(event, "URL"),
        language=str(getattr(event.get("SUMMARY"), "params", {}).get("LANGUAGE", "")),
        notes=list(notes),
    )


def _notes(entries: list[Entry], main: Any) -> list[str]:
    start = main["DTSTART"].dt
    notes = []
    if not isinstance(start, datetime):
        notes.append("all_day")
    elif "DTEND" not in main and "DURATION" not in main:
        notes.append("no_end")
    names_zone = any(line.upper().startswith(b"DTSTART;TZID=") for line in entries[0].lines)
    if names_zone and isinstance(start, datetime) and start.tzinfo is None:
        notes.append("unknown_zone")
    return notes


def _key(event: Any, taken: set[str]) -> str:
    """Name an occurrence by its planned day, so that another hour is a change, not a new date."""
    planned = event["RECURRENCE-ID"].dt
    key = f"{_moment(planned).astimezone(HOME):%Y-%m-%d}"
    if key in taken:
        key = f"{_moment(event['DTSTART'].dt).astimezone(UTC):%Y-%m-%dT%H%MZ}"
    return key


def _span(event: Any) -> tuple[datetime, datetime]:
    """Return start and end; a whole day ends at 23:59, and what has no end lasts an hour."""
    first, last = event["DTSTART"].dt, event["DTEND"].dt
    start, end = _moment(first), _moment(last)
    if not isinstance(first, datetime) and not isinstance(last, datetime):
        last_day = max(first, last - timedelta(days=1))
        end = datetime.combine(last_day, time(23, 59), tzinfo=HOME)
    return start, end if end > start else start + _DEFAULT_LENGTH


def _moment(value: date) -> datetime:
    """Return a moment; a time without a zone is that of the district."""
    if not isinstance(value, datetime):
        value = datetime.combine(value, time())
    aware = value if value.tzinfo is not None else value.replace(tzinfo=HOME)
    return aware.astimezone(UTC)


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()


def _text(event: Any, name: str) -> str:
    value = event.get(name, "")
    return str(value[0] if isinstance(value, list) else value).strip()


def _word(event: Any, name: str) -> str:
    return _text(event, name).upper()
