"""The calendar entry of a first meeting: when and where, and nobody's name."""

from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from miteinander.cooperation.tandems.models import Tandem
from miteinander.foundation.core import clock
from miteinander.outward.exchange import content_lines as lines
from miteinander.outward.exchange.calendars import calendar_head, folded

LENGTH = timedelta(hours=1)


def first_date_calendar(tandem: Tandem, language: str) -> bytes:
    """Return the first meeting of a tandem as an iCalendar file; calendars are shared.

    Raises:
        ValueError: no time is proposed.
    """
    if tandem.starts_at is None:
        raise ValueError("a tandem without a time")
    with translation.override(language):
        address = settings.SITE_URL + reverse("tandems:tandem", args=[tandem.pk])
        words = _("Tandem: we meet")
        place = tandem.venue.address if tandem.venue else str(tandem.get_way_display())
        if tandem.venue:
            place = f"{tandem.venue.name}, {place}"
    host = urlsplit(settings.SITE_URL).hostname
    return folded(
        [
            *calendar_head("", language),
            *lines.BERLIN,
            "BEGIN:VEVENT",
            f"UID:tandem-{tandem.pk}@{host}",
            f"SEQUENCE:{tandem.date_turn}",
            lines.utc_time("DTSTAMP", clock.now()),
            lines.local_time("DTSTART", tandem.starts_at),
            lines.local_time("DTEND", tandem.starts_at + LENGTH),
            lines.text("SUMMARY", words, language),
            lines.text("LOCATION", place),
            lines.uri("URL", address),
            "STATUS:CONFIRMED",
            "CLASS:PRIVATE",
            "END:VEVENT",
            "END:VCALENDAR",
        ]
    )
