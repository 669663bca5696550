"""The calendar entry of a guide: when and in which municipality, and nobody's name."""

from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from miteinander.cooperation.guides.models import Assignment
from miteinander.outward.exchange import content_lines as lines
from miteinander.outward.exchange.calendars import calendar_head, folded


def assignment_calendar(row: Assignment, language: str) -> bytes:
    """Return one assignment as an iCalendar file; calendars are shared, so it tells little."""
    with translation.override(language):
        address = settings.SITE_URL + reverse("guides:assignment", args=[row.pk])
        words = str(row.request.get_kind_display())
    host = urlsplit(settings.SITE_URL).hostname
    return folded(
        [
            *calendar_head("", language),
            *lines.BERLIN,
            "BEGIN:VEVENT",
            f"UID:assignment-{row.pk}@{host}",
            lines.utc_time("DTSTAMP", row.agreed_at),
            lines.local_time("DTSTART", row.starts_at),
            lines.local_time("DTEND", row.ends_at),
            lines.text("SUMMARY", words, language),
            lines.text("LOCATION", row.request.municipality.name),
            lines.uri("URL", address),
            "STATUS:CONFIRMED",
            "CLASS:PRIVATE",
            "END:VEVENT",
            "END:VCALENDAR",
        ]
    )
