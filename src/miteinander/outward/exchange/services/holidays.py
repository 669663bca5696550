"""Brings school holidays in from a calendar file, read in the worker that can be killed."""

from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta

from django.conf import settings
from django.utils import timezone

from miteinander.encounters.activities.services.holidays import (
    FreeDays,
    HolidaysTaken,
    take_school_holidays,
)
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import Actor, require
from miteinander.outward.exchange.reading.blocks import cut
from miteinander.outward.exchange.reading.limits import Limits, Refused
from miteinander.outward.exchange.reading.runner import (
    CalendarContents,
    FoundDate,
    read_safely,
)

BACK, AHEAD = timedelta(days=400), timedelta(days=7 * 366)  # ministries publish years ahead


@dataclass
class HolidayReport:
    """What became of a file of holidays; with an ``error`` nothing of it was read.

    ``refused`` holds titles and codes of entries that tell no free days. ``names_last_day`` is
    the way some files go against the standard: their end is the last free day itself.
    """

    error: str = ""
    taken: HolidaysTaken = field(default_factory=HolidaysTaken)
    refused: list[tuple[str, str]] = field(default_factory=list)
    names_last_day: bool = False


def import_holidays(*, actor: Actor, octets: bytes) -> HolidayReport:
    """Take the whole days of a calendar file as school holidays, those of years ahead too.

    Hostile files end in a report, never in an exception.
    """
    require(actor, "activities.bring_in_holidays")
    limits = Limits(**settings.CALENDAR_IMPORT_LIMITS)
    contents = read_safely(
        octets, now=clock.now() - BACK, limits=replace(limits, days=(BACK + AHEAD).days)
    )
    if contents.error:
        return HolidayReport(error=contents.error)
    report = HolidayReport(names_last_day=_names_last_day(octets, limits))
    report.refused += [(row.title, row.code) for row in contents.refused]
    stretches = _stretches(contents, report)
    report.taken = take_school_holidays(actor=actor, stretches=stretches)
    return report


def _names_last_day(octets: bytes, limits: Limits) -> bool:
    """Tell whether the ends are last days: files that do not mark days as days mean that."""
    try:
        entries = cut(octets, limits).entries
    except Refused:
        return False
    ends = [
        line.upper() for entry in entries for line in entry.lines if line[:5].upper() == b"DTEND"
    ]
    return bool(ends) and not any(b"VALUE=DATE" in line.partition(b":")[0] for line in ends)


def _stretches(contents: CalendarContents, report: HolidayReport) -> list[FreeDays]:
    stretches = []
    for event in contents.found:
        if event.is_cancelled or "all_day" not in event.notes:
            report.refused.append((event.title, "no_whole_days"))
            continue
        stretches += [_stretch(event.title, date, report) for date in event.dates]
    return stretches


def _stretch(title: str, date: FoundDate, report: HolidayReport) -> FreeDays:
    first, last = (timezone.localdate(moment) for moment in (date.starts_at, date.ends_at))
    has_end = timezone.localtime(date.ends_at) > datetime.combine(
        first, time(23, 59), tzinfo=timezone.get_default_timezone()
    )
    if report.names_last_day and has_end:
        last += timedelta(days=1)
    return FreeDays(first, last, title)
