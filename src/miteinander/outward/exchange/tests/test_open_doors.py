"""Standing offers in calendars and for machines."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from miteinander.community.organisations.tests.factories import ManagerFactory
from miteinander.encounters.activities.enums import ActivityStatus
from miteinander.encounters.activities.models import Activity, ClosedDay, SchoolHoliday
from miteinander.encounters.activities.queries.standing import shown
from miteinander.encounters.activities.services.standing import Hours, Opening, set_opening
from miteinander.encounters.activities.tests.factories import OfferFactory
from miteinander.foundation.core import clock
from miteinander.foundation.core.public import MARK
from miteinander.foundation.ui import slots
from miteinander.outward.exchange import open_doors
from miteinander.outward.exchange.tests.reading_back import events, parsed

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 19, 8, tzinfo=UTC)  # a Monday, the week before the clocks change
TUESDAY = date(2026, 10, 20)
JOIN_LINK = "https://meet.example.org/secret-room"


@pytest.fixture(autouse=True)
def _held_clock() -> Iterator[None]:
    with clock.held_at(NOW), translation.override("en"):
        yield


def read(offer: Activity) -> Activity:
    return shown(Activity.objects.filter(pk=offer.pk)).get()


def file_of(offer: Activity) -> bytes:
    return open_doors.offer_calendar(offer=read(offer), language="de", now=clock.now())


def machine_facts(offer: Activity) -> dict[str, Any]:
    head = slots.render("activities.standing.head", None, read(offer))
    (written,) = re.findall(r"<script[^>]*>(.*?)</script>", head, re.DOTALL)
    return dict(json.loads(written))


def test_the_next_openings_are_events_that_keep_their_wall_time() -> None:
    offer = OfferFactory.create(online_url=JOIN_LINK, is_online=True)
    ClosedDay.objects.create(activity=offer, day=TUESDAY + timedelta(days=14))
    written = file_of(offer)

    found = events(written)
    days = [event["DTSTART"].dt.date() for event in found]
    assert len(found) == open_doors.MOST_OPENINGS
    assert days[:3] == [TUESDAY + timedelta(days=7 * week) for week in (0, 1, 3)]
    assert {event["DTSTART"].dt.time() for event in found} == {time(15)}
    assert {event["DTSTART"].params["TZID"] for event in found} == {"Europe/Berlin"}
    assert len(parsed(written).walk("VTIMEZONE")) == 1
    assert str(found[0]["URL"]).endswith(f"/de/activities/open-doors/{offer.pk}/")
    assert str(found[0]["SUMMARY"]) == f"Kochen {offer.pk}"
    assert JOIN_LINK not in written.decode()


def test_an_opening_keeps_its_name_when_the_hours_change_and_time_passes() -> None:
    offer = OfferFactory.create(hours=[(1, time(9), time(11)), (1, time(15), time(18))])
    before = [str(event["UID"]) for event in events(file_of(offer))]
    assert len(set(before)) == len(before)

    offer.opening_hours.filter(opens=time(15)).update(opens=time(14, 30))
    assert [str(event["UID"]) for event in events(file_of(offer))] == before
    with clock.held_at(NOW + timedelta(days=7)):
        assert [str(event["UID"]) for event in events(file_of(offer))][:4] == before[2:6]


def test_other_hours_raise_the_number_of_the_version_and_the_same_file_keeps_it() -> None:
    offer = OfferFactory.create()
    (before,) = {event["SEQUENCE"] for event in events(file_of(offer))}
    assert {event["SEQUENCE"] for event in events(file_of(offer))} == {before}
    organiser = ManagerFactory.create(organisation=offer.organisation).person

    set_opening(
        actor=organiser, activity_id=offer.pk,
        opening=Opening(hours=[Hours(1, time(14), time(18))]),
    )  # fmt: skip

    (after,) = {event["SEQUENCE"] for event in events(file_of(offer))}
    assert after > before


def test_anybody_gets_the_file_of_a_public_offer_only() -> None:
    offer, draft = OfferFactory.create(), OfferFactory.create(status=ActivityStatus.DRAFT)
    address = reverse("exchange:standing_ics", args=[offer.pk])
    answer = Client().get(address)

    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer[MARK] == "1"
    page = Client().get(reverse("activities:standing_detail", args=[offer.pk])).content.decode()
    assert f'href="{address}"' in page
    assert Client().get(reverse("exchange:standing_ics", args=[draft.pk])).status_code == 404
    for slot in ("activities.standing.head", "activities.standing.calendar"):
        assert slots.render(slot, None, read(draft)) == ""


def test_machines_read_the_next_opening_and_the_schedule() -> None:
    offer = OfferFactory.create(rests_in_holidays=True)
    ClosedDay.objects.create(activity=offer, day=TUESDAY)
    SchoolHoliday.objects.create(
        title="Herbst", first_day=TUESDAY + timedelta(days=7), last_day=TUESDAY + timedelta(days=8)
    )
    told = machine_facts(offer)

    assert told["@type"] == "Event"
    assert told["startDate"] == "2026-11-03T15:00:00+01:00"
    assert told["organizer"]["name"] == offer.organisation.name
    (schedule,) = told["eventSchedule"]
    assert schedule["byDay"] == "https://schema.org/Tuesday"
    assert (schedule["startTime"], schedule["endTime"]) == ("15:00:00", "18:00:00")
    assert schedule["exceptDate"] == ["2026-10-20", "2026-10-27"]


@pytest.mark.parametrize("rows", [1, 5])
def test_a_file_takes_the_same_number_of_queries_for_any_hours(rows: int) -> None:
    hours = [(day, time(15), time(18)) for day in range(rows)]
    address = reverse("exchange:standing_ics", args=[OfferFactory.create(hours=hours).pk])
    Client().get(address)
    with CaptureQueriesContext(connection) as asked:
        Client().get(address)
    page = reverse("activities:standing_detail", args=[Activity.objects.get().pk])
    with CaptureQueriesContext(connection) as looked:
        Client().get(page)
    assert (len(asked), len(looked)) == (6, 7)
