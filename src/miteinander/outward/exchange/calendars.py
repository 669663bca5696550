"""Calendar files and feeds (RFC 5545, 7986): dates of occasions as any calendar reads them."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import formats, translation
from django.utils.translation import gettext as _

from miteinander.encounters.activities.enums import Topic
from miteinander.encounters.activities.models import Activity, ActivityDate, Participation
from miteinander.foundation.content import queries as content
from miteinander.foundation.content.queries import Reading
from miteinander.foundation.core.languages import NAMES
from miteinander.outward.exchange import content_lines as lines

CONTENT_TYPE = "text/calendar; charset=utf-8"
Dates = Iterable[ActivityDate]


def date_calendar(
    *,
    dates: Dates,
    language: str,
    name: str = "",
    seat_addresses: Mapping[int, str] | None = None,
) -> bytes:
    """Return ``dates`` as an iCalendar file in ``language``, or in the original's where needed.

    Args:
        dates: the dates, with what ``queries.calendar_dates`` loads beside them.
        language: language of the reader.
        name: name of a feed; a feed also says how often to ask again.
        seat_addresses: for the reader's own seats, the address where a seat is given back, by
            the key of the date. Only these dates carry the link to join online.
    """
    own = seat_addresses or {}
    told: dict[tuple[object, ...], bytes] = {}
    written = [folded([*calendar_head(name, language), *lines.BERLIN])]
    with translation.override(language):
        for date in dates:
            written.append(folded(_times(date)))
            seat_address = own.get(date.pk)
            if seat_address is not None:
                written.append(folded(event_facts(date, language, seat_address)))
                continue
            same = (date.activity_id, date.is_cancelled, *date.spoken)
            if same not in told:
                told[same] = folded(event_facts(date, language, None))
            written.append(told[same])
    written.append(folded(["END:VCALENDAR"]))
    return b"".join(written)


def personal_calendar(*, seats: Iterable[Participation], language: str) -> bytes:
    """Return the dates somebody holds a seat for, with the way to join and to give it back."""
    held = list(seats)
    with translation.override(language):
        name = _("My meetings")
        addresses = {
            seat.date_id: settings.SITE_URL + reverse("activities:seat", args=[seat.token])
            for seat in held
        }
    return date_calendar(
        dates=[seat.date for seat in held], language=language, name=name, seat_addresses=addresses
    )


def uid(date: ActivityDate) -> str:
    """Return the name under which every calendar in the world knows ``date``."""
    return f"date-{date.pk}@{urlsplit(settings.SITE_URL).hostname}"


def page_address(date: ActivityDate) -> str:
    """Return the full address of the public page in the active language."""
    return f"{settings.SITE_URL}{date.get_absolute_url()}"


def last_change(date: ActivityDate) -> datetime:
    """Return when the date or the words about it last changed."""
    moments: list[datetime] = [row.changed_at for row in date.activity.versions.all()]
    return max(date.changed_at, *moments) if moments else date.changed_at


def place_line(activity: Activity) -> str:
    """Return where it is in one line, in the active language."""
    venue = activity.venue
    if venue is not None:
        return ", ".join(part for part in (venue.name, venue.address) if part)
    if activity.is_online:
        return _("Online")
    return activity.municipality.name if activity.municipality else ""


def price_line(cents: int) -> str:
    """Return what it costs in words of the active language."""
    if not cents:
        return _("Costs nothing.")
    amount = formats.number_format(Decimal(cents) / 100, 2)
    return _("Costs %(amount)s €.") % {"amount": amount}


def calendar_head(name: str, language: str) -> Iterator[str]:
    """Yield what a calendar file begins with; ``name`` is that of a feed."""
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//miteinander//calendar 1//EN")
    yield "CALSCALE:GREGORIAN"
    if name:
        yield lines.text("NAME", name, language)
        yield lines.text("X-WR-CALNAME", name)
        yield f"X-WR-TIMEZONE:{lines.TIME_ZONE}"
        yield "REFRESH-INTERVAL;VALUE=DURATION:PT1H"
        yield "X-PUBLISHED-TTL:PT1H"


def _times(date: ActivityDate) -> Iterator[str]:
    """What differs between the dates of an occasion."""
    changed = last_change(date)
    yield from ("BEGIN:VEVENT", f"UID:{uid(date)}")
    yield lines.utc_time("DTSTAMP", changed)
    yield lines.utc_time("LAST-MODIFIED", changed)
    yield f"SEQUENCE:{date.sequence}"
    yield lines.local_time("DTSTART", date.starts_at)
    yield lines.local_time("DTEND", date.ends_at)
    yield lines.uri("URL", page_address(date))


def event_facts(date: ActivityDate, language: str, seat_address: str | None) -> Iterator[str]:
    """What all dates of an occasion share, unless one was called off or is the reader's own."""
    activity = date.activity
    yield f"STATUS:{'CANCELLED' if date.is_cancelled else 'CONFIRMED'}"
    yield from _words(date, content.read(activity, language), seat_address)
    yield from _place(activity, language)
    yield from _people(activity)
    if activity.topic:
        yield lines.text("CATEGORIES", str(Topic(activity.topic).label), language)
    if seat_address is not None and activity.online_url:
        yield lines.uri("CONFERENCE", activity.online_url, "VALUE=URI", "FEATURE=VIDEO")
    yield "END:VEVENT"


def folded(unfolded: Iterable[str]) -> bytes:
    """Return lines as they stand in a file."""
    return b"".join(map(lines.folded, unfolded))


def _words(date: ActivityDate, reading: Reading, seat_address: str | None) -> Iterator[str]:
    """Title and description, both wholly in the language the reading is in."""
    with translation.override(reading.language):
        title = reading.part("title")
        if date.is_cancelled:
            title = _("Cancelled: %(title)s") % {"title": title}
        told = "\n\n".join(part for part in _paragraphs(date, reading, seat_address) if part)
    yield lines.text("SUMMARY", title, reading.language)
    yield lines.text("DESCRIPTION", told, reading.language)


def _paragraphs(date: ActivityDate, reading: Reading, seat_address: str | None) -> Iterator[str]:
    activity = date.activity
    yield reading.part("summary")
    yield reading.part("description")
    if way := reading.part("way_there"):
        yield _("Way there: %(way)s") % {"way": way}
    if activity.venue and activity.venue.bus_stop:
        yield _("Nearest stop: %(stop)s") % {"stop": activity.venue.bus_stop}
    if spoken := [str(NAMES[code]) for code in date.spoken]:
        yield _("Languages spoken there: %(languages)s") % {"languages": ", ".join(spoken)}
    yield price_line(activity.cost_cents)
    if contact := contact_line(activity):
        yield _("Contact: %(contact)s") % {"contact": contact}
    if seat_address is None:
        return
    if activity.online_url:
        yield _("Join online: %(link)s") % {"link": activity.online_url}
    if seat_address:
        yield _("You cannot come? Please give your seat back: %(link)s") % {"link": seat_address}


def contact_line(activity: Activity) -> str:
    """Return whom to ask, as the public page says it."""
    known = (activity.contact_name, activity.contact_phone, activity.contact_email)
    return ", ".join(part for part in known if part)


def _place(activity: Activity, language: str) -> Iterator[str]:
    if place := place_line(activity):
        yield lines.text("LOCATION", place, language if activity.venue is None else "")
    venue = activity.venue
    if venue is not None and venue.latitude is not None and venue.longitude is not None:
        yield f"GEO:{venue.latitude:.6f};{venue.longitude:.6f}"


def _people(activity: Activity) -> Iterator[str]:
    if contact := contact_line(activity):
        yield lines.text("CONTACT", contact)
    organisation = activity.organisation
    if organisation.email:
        name = lines.parameter("CN", organisation.name)
        yield lines.uri("ORGANIZER", f"mailto:{organisation.email}", name)
