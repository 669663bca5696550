"""How search engines and messengers read a date: schema.org Event and Open Graph."""

import json
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import get_language

from miteinander.encounters.activities.models import Activity, ActivityDate
from miteinander.encounters.spaces.models import Venue
from miteinander.foundation.content import queries as content
from miteinander.foundation.content.queries import Reading
from miteinander.outward.exchange.calendars import page_address

SCHEMA = "https://schema.org"
_SCRIPT_ESCAPES = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}
_LONGEST_SUMMARY = 300
Facts = dict[str, Any]


def event_facts(date: ActivityDate, reading: Reading) -> Facts:
    """Return the schema.org Event of a public date, with nothing its page does not show."""
    address = page_address(date)
    return occasion_facts(date.activity, reading, address) | {
        "startDate": localtime(date.starts_at).isoformat(),
        "endDate": localtime(date.ends_at).isoformat(),
        "eventStatus": f"{SCHEMA}/Event{'Cancelled' if date.is_cancelled else 'Scheduled'}",
        "inLanguage": date.spoken,
        "offers": _offer(date, address),
        "maximumAttendeeCapacity": date.capacity,
        "remainingAttendeeCapacity": date.seats_left,
    }


def occasion_facts(activity: Activity, reading: Reading, address: str) -> Facts:
    """Return what is true of an occasion whenever it is; ``address`` is that of its page."""
    return {
        "@context": SCHEMA,
        "@type": "Event",
        "@id": address,
        "url": address,
        "name": reading.part("title"),
        "description": summary_of(reading),
        "eventAttendanceMode": f"{SCHEMA}/{_attendance_mode(activity)}EventAttendanceMode",
        "location": _location(activity, address),
        "organizer": _organizers(activity),
        "isAccessibleForFree": activity.is_free,
        "audience": {"@type": "Audience", "audienceType": activity.get_audience_display()},
    }


def summary_of(reading: Reading) -> str:
    """Return the short text, or the beginning of the long one."""
    return reading.part("summary") or reading.part("description")[:_LONGEST_SUMMARY]


def data_script(facts: Facts) -> SafeString:
    """Return ``facts`` as a data block that no text in it can end or break."""
    written = json.dumps(facts, ensure_ascii=False).translate(_SCRIPT_ESCAPES)
    return format_html(
        '<script type="application/ld+json">{}</script>',
        mark_safe(written),  # noqa: S308 (every letter that means something to HTML is escaped)
    )


def open_graph(reading: Reading, address: str) -> SafeString:
    """Return the tags that messengers make a preview from."""
    tags = {
        "og:type": "website",
        "og:title": reading.part("title"),
        "og:description": summary_of(reading),
        "og:url": address,
        "og:locale": reading.language.replace("-", "_"),
    }
    return format_html_join("\n", '<meta property="{}" content="{}">', tags.items())


def head_of_date(date: ActivityDate) -> SafeString:
    """Return what the head of a date's page tells machines, in the active language."""
    reading = content.read(date.activity, get_language() or settings.LANGUAGE_CODE)
    tags = open_graph(reading, page_address(date))
    return format_html("{}\n{}", tags, data_script(event_facts(date, reading)))


def calendar_address(date: ActivityDate) -> str:
    """Return the address of the calendar file of a date."""
    return reverse("exchange:date_ics", args=[date.pk])


def _organizers(activity: Activity) -> Facts | list[Facts]:
    """Who invites; a list only where more than one organisation does."""
    written = [
        {
            "@type": "Organization",
            "name": organisation.name,
            "url": settings.SITE_URL + organisation.get_absolute_url(),
        }
        for organisation in activity.inviting
    ]
    return written[0] if len(written) == 1 else written


def _attendance_mode(activity: Activity) -> str:
    if not activity.is_online:
        return "Offline"
    return "Mixed" if activity.venue else "Online"


def _location(activity: Activity, page: str) -> Facts | list[Facts]:
    """The place, the page in place of the secret link to join online, or both."""
    places: list[Facts] = []
    if activity.venue:
        places.append(_place(activity.venue))
    if activity.is_online:
        places.append({"@type": "VirtualLocation", "url": page})
    if not places:
        region = activity.municipality or activity.organisation.municipality
        address = _postal(addressLocality=region.name)
        places.append({"@type": "Place", "name": region.name, "address": address})
    return places[0] if len(places) == 1 else places


def _place(venue: Venue) -> Facts:
    place: Facts = {
        "@type": "Place",
        "name": venue.name,
        "address": _postal(
            streetAddress=venue.street,
            postalCode=venue.postcode,
            addressLocality=venue.municipality.name,
        ),
    }
    if venue.latitude is not None and venue.longitude is not None:
        place["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": venue.latitude,
            "longitude": venue.longitude,
        }
    return place


def _postal(**parts: str) -> Facts:
    known = {name: value for name, value in parts.items() if value}
    return {"@type": "PostalAddress", **known, "addressCountry": "DE"}


def _offer(date: ActivityDate, address: str) -> Facts:
    availability = "InStock" if date.seats_left and not date.is_closed else "SoldOut"
    offer = {
        "@type": "Offer",
        "price": f"{date.activity.cost_cents / 100:.2f}",
        "priceCurrency": "EUR",
        "availability": f"{SCHEMA}/{availability}",
        "url": address,
    }
    if date.activity.published_at:
        offer["validFrom"] = localtime(date.activity.published_at).isoformat()
    return offer
