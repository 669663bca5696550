"""Standing offers in calendars and for machines: their next openings as single events.

An opening is not stored, so its name in calendars is made of the offer, the day and the place among
the hours of that day: other hours move the event, a closed day leaves it out.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import get_language

from miteinander.encounters.activities.enums import Weekday
from miteinander.encounters.activities.models import Activity, OpeningHours
from miteinander.encounters.activities.openings import (
    AHEAD,
    Opening,
    holidays_for,
    is_closed_on,
    openings,
    stand_in,
)
from miteinander.encounters.activities.queries.holidays import HolidayCalendar
from miteinander.foundation.content import queries as content
from miteinander.foundation.core import clock
from miteinander.outward.exchange import calendars, schema
from miteinander.outward.exchange import content_lines as lines

MOST_OPENINGS = 26
MOST_EXCEPTIONS = 100
ENGLISH_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def coming_openings(offer: Activity, *, now: datetime) -> list[Opening]:
    """List the openings a calendar file holds: the next ones, half a year of every week."""
    found = openings(offer, now=now, holidays=holidays_for([offer]))
    return list(islice(found, MOST_OPENINGS))


def offer_calendar(*, offer: Activity, language: str, now: datetime) -> bytes:
    """Return the next openings of ``offer`` as an iCalendar file in ``language``.

    The offer must come from ``activities.queries.standing``.
    """
    written = [*calendars.calendar_head("", language), *lines.BERLIN]
    changed = _last_change(offer)
    with translation.override(language):
        for opening in coming_openings(offer, now=now):
            written += _times(offer, opening, changed)
            written += calendars.event_facts(stand_in(offer, opening, now), language, None)
    written.append("END:VCALENDAR")
    return calendars.folded(written)


def _last_change(offer: Activity) -> datetime:
    """Return when the words last changed; hours keep no time of their own."""
    moments: list[datetime] = [row.changed_at for row in offer.versions.all()]
    return max(moments, default=offer.created_at)


def _times(offer: Activity, opening: Opening, changed: datetime) -> Iterator[str]:
    yield from ("BEGIN:VEVENT", f"UID:{uid(offer, opening)}")
    yield lines.utc_time("DTSTAMP", changed)
    yield f"SEQUENCE:{_sequence(offer)}"
    yield lines.local_time("DTSTART", opening.starts_at)
    yield lines.local_time("DTEND", opening.ends_at)
    yield lines.uri("URL", page_address(offer))


def _sequence(offer: Activity) -> int:
    """Return a number that rises with other hours: they are written anew, under higher keys."""
    return max((row.pk for row in offer.opening_hours.all()), default=0)


def uid(offer: Activity, opening: Opening) -> str:
    """Return the name of an opening in every calendar; other hours that day keep it."""
    begins = localtime(opening.starts_at)
    todays = [row for row in offer.opening_hours.all() if row.holds_on(begins.date())]
    number = sum(row.opens < begins.time() for row in todays) + 1
    host = urlsplit(settings.SITE_URL).hostname
    return f"open-{offer.pk}-{begins:%Y%m%d}-{number}@{host}"


def page_address(offer: Activity) -> str:
    """Return the full address of the page of an offer in the active language."""
    return settings.SITE_URL + reverse("activities:standing_detail", args=[offer.pk])


def head_of_offer(offer: Activity) -> SafeString:
    """Return what the head of an offer's page tells machines, in the active language."""
    reading = content.read(offer, get_language() or settings.LANGUAGE_CODE)
    tags = schema.open_graph(reading, page_address(offer))
    return format_html("{}\n{}", tags, schema.data_script(offer_facts(offer, now=clock.now())))


def offer_facts(offer: Activity, *, now: datetime) -> schema.Facts:
    """Return the schema.org Event of a public offer: the next opening, and its schedule."""
    reading = content.read(offer, get_language() or settings.LANGUAGE_CODE)
    holidays = holidays_for([offer])
    told = schema.occasion_facts(offer, reading, page_address(offer)) | {
        "eventStatus": f"{schema.SCHEMA}/EventScheduled",
        "inLanguage": [row.language for row in offer.languages.all()],
        "eventSchedule": [_schedule(row, holidays, now) for row in offer.opening_hours.all()],
    }
    for opening in islice(openings(offer, now=now, holidays=holidays), 1):
        told["startDate"] = localtime(opening.starts_at).isoformat()
        told["endDate"] = localtime(opening.ends_at).isoformat()
    return told


def _schedule(row: OpeningHours, holidays: HolidayCalendar, now: datetime) -> schema.Facts:
    told: schema.Facts = {
        "@type": "Schedule",
        "repeatFrequency": "P1W",
        "byDay": f"{schema.SCHEMA}/{ENGLISH_DAYS[Weekday(row.weekday)]}",
        "startTime": f"{row.opens:%H:%M:%S}",
        "endTime": f"{row.closes:%H:%M:%S}",
        "scheduleTimezone": lines.TIME_ZONE,
    }
    span = {"startDate": row.first_day, "endDate": row.last_day}
    told |= {name: day.isoformat() for name, day in span.items() if day}
    first = clock.local(now).date()
    days = (first + timedelta(days=number) for number in range(AHEAD.days))
    closed = (d for d in days if row.holds_on(d) and is_closed_on(row.activity, d, holidays))
    if left_out := [day.isoformat() for day in islice(closed, MOST_EXCEPTIONS)]:
        told["exceptDate"] = left_out
    return told
