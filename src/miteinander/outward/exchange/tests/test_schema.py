import json
import re
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from miteinander.encounters.activities.enums import ActivityStatus, DateStatus
from miteinander.encounters.activities.models import Activity, ActivityDate
from miteinander.encounters.activities.tests.factories import ActivityFactory, DateFactory
from miteinander.encounters.spaces.models import Venue
from miteinander.foundation.ui import slots
from miteinander.outward.exchange import schema

pytestmark = pytest.mark.django_db
JOIN_LINK = "https://meet.example.org/secret-room"
REQUIRED = {
    "@context", "@type", "url", "name", "description", "startDate", "endDate", "eventStatus",
    "eventAttendanceMode", "location", "organizer", "inLanguage", "isAccessibleForFree", "offers",
    "maximumAttendeeCapacity", "remainingAttendeeCapacity", "audience",
}  # fmt: skip


def facts(date: ActivityDate) -> dict[str, Any]:
    head = schema.head_of_date(date)
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', head, re.DOTALL)
    (written,) = found
    return dict(json.loads(written))


def place_of(activity: Activity) -> Venue:
    assert activity.venue
    return activity.venue


def test_an_event_has_every_field_consumers_require() -> None:
    starts_at = datetime(2027, 7, 1, 18, tzinfo=ZoneInfo("Europe/Berlin"))
    date = DateFactory.create(starts_at=starts_at, capacity=12, seats_taken=5)
    told = facts(date)
    assert set(told) >= REQUIRED
    assert told["@type"] == "Event"
    assert told["name"] == f"Kochen {date.activity.pk}"
    assert told["startDate"] == "2027-07-01T18:00:00+02:00"
    assert told["endDate"] == "2027-07-01T20:00:00+02:00"
    assert told["eventStatus"] == "https://schema.org/EventScheduled"
    assert told["eventAttendanceMode"] == "https://schema.org/OfflineEventAttendanceMode"
    assert told["remainingAttendeeCapacity"] == 7
    assert told["inLanguage"] == ["de"]
    assert told["isAccessibleForFree"] is True
    location = told["location"]
    assert location["@type"] == "Place"
    assert location["address"]["@type"] == "PostalAddress"
    assert location["address"]["addressLocality"] == place_of(date.activity).municipality.name


def test_winter_has_another_offset() -> None:
    starts_at = datetime(2027, 12, 1, 18, tzinfo=ZoneInfo("Europe/Berlin"))
    assert (
        facts(DateFactory.create(starts_at=starts_at))["startDate"] == "2027-12-01T18:00:00+01:00"
    )


def test_a_cancelled_or_full_date_says_so() -> None:
    told = facts(DateFactory.create(status=DateStatus.CANCELLED, capacity=1, seats_taken=1))
    assert told["eventStatus"] == "https://schema.org/EventCancelled"
    assert told["offers"]["availability"] == "https://schema.org/SoldOut"


@pytest.mark.parametrize(("has_venue", "mode"), [(True, "Mixed"), (False, "Online")])
def test_an_online_date_names_its_page_and_never_the_link(has_venue: bool, mode: str) -> None:  # noqa: FBT001
    place = {} if has_venue else {"venue": None}
    activity = ActivityFactory.create(is_online=True, online_url=JOIN_LINK, **place)
    date = DateFactory.create(activity=activity)
    told = facts(date)
    assert told["eventAttendanceMode"] == f"https://schema.org/{mode}EventAttendanceMode"
    location = told["location"]
    virtual = location[1] if isinstance(location, list) else location
    assert virtual == {"@type": "VirtualLocation", "url": told["url"]}
    assert JOIN_LINK not in schema.head_of_date(date)


def test_no_title_ends_the_script_or_the_tags() -> None:
    title = '</script><script>alert(1)</script>"\u2028&<!--'
    date = DateFactory.create(activity=ActivityFactory.create(parts={"title": title}))
    head = schema.head_of_date(date)
    assert facts(date)["name"] == title
    assert head.count("<script") == head.count("</script") == 1
    assert "\u2028" not in head.partition("<script")[2]
    assert "<!--" not in head


def test_open_graph_tags_are_there() -> None:
    head = schema.head_of_date(DateFactory.create())
    for name in ("og:title", "og:description", "og:url", "og:type", "og:locale"):
        assert f'<meta property="{name}" content="' in head


def test_the_page_of_a_draft_tells_machines_nothing() -> None:
    date = DateFactory.create(activity__status=ActivityStatus.DRAFT)
    assert slots.render("activities.detail.head", None, date) == ""
    assert slots.render("activities.detail.calendar", None, date) == ""


def test_the_page_of_a_public_date_links_its_calendar_file() -> None:
    date = DateFactory.create()
    assert "ld+json" in slots.render("activities.detail.head", None, date)
    with translation.override("de"):
        link = slots.render("activities.detail.calendar", None, date)
    assert f'href="/de/calendar/dates/{date.pk}.ics"' in link
    assert Activity.objects.count() == 1
