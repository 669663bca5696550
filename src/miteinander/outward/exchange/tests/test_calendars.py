from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from miteinander.community.organisations.tests.factories import OrganisationFactory
from miteinander.encounters.activities.enums import DateStatus
from miteinander.encounters.activities.models import ActivityDate
from miteinander.encounters.activities.tests.factories import (
    ActivityFactory,
    DateFactory,
    ParticipationFactory,
    write_words,
)
from miteinander.foundation.content.enums import VersionState
from miteinander.outward.exchange import calendars, queries
from miteinander.outward.exchange.tests.reading_back import events, only_event, parsed

pytestmark = pytest.mark.django_db
BERLIN = ZoneInfo("Europe/Berlin")
JOIN_LINK = "https://meet.example.org/secret-room"


def calendar_of(date: ActivityDate, language: str = "de") -> bytes:
    return calendars.date_calendar(
        dates=queries.calendar_dates(ActivityDate.objects.filter(pk=date.pk)), language=language
    )


def test_a_date_tells_everything_a_guest_must_know() -> None:
    organisation = OrganisationFactory.create(email="kontakt@example.org", name="Heimatverein")
    activity = ActivityFactory.create(
        organisation=organisation, cost_cents=250, languages=("de", "ar"), contact_phone="0561 1"
    )
    venue = activity.venue
    assert venue
    venue.latitude, venue.longitude, venue.bus_stop = 51.3, 9.5, "Rathaus"
    venue.save()
    date = DateFactory.create(activity=activity, sequence=3)
    event = only_event(calendar_of(date))
    assert str(event["UID"]) == f"date-{date.pk}@127.0.0.1"
    assert event["SEQUENCE"] == 3
    assert str(event["STATUS"]) == "CONFIRMED"
    assert event["DTSTART"].dt == date.starts_at.replace(microsecond=0)
    assert event["DTSTART"].params["TZID"] == "Europe/Berlin"
    assert event["DTEND"].dt.astimezone(UTC) == date.ends_at.astimezone(UTC).replace(microsecond=0)
    assert str(event["SUMMARY"]) == f"Kochen {activity.pk}"
    assert event["SUMMARY"].params["LANGUAGE"] == "de"
    assert venue.name in str(event["LOCATION"])
    assert venue.address in str(event["LOCATION"])
    assert event["GEO"].to_ical() == "51.3;9.5"
    assert str(event["URL"]).endswith(f"/activities/{date.pk}/")
    assert str(event["ORGANIZER"]) == "mailto:kontakt@example.org"
    assert "Erika Beispiel" in str(event["CONTACT"])
    assert event["CATEGORIES"].cats
    told = str(event["DESCRIPTION"])
    for words in ("Wir kochen zusammen.", "Hof", "Rathaus", "2,50", "Erika Beispiel", "0561 1"):
        assert words in told


def test_an_organisation_without_a_public_mail_is_no_organizer() -> None:
    assert "ORGANIZER" not in only_event(calendar_of(DateFactory.create()))


def test_the_wanted_language_is_written_and_else_the_original() -> None:
    date = DateFactory.create()
    write_words(date.activity, "ar", VersionState.HUMAN, {"title": "طبخ", "summary": "معا"})
    arabic = only_event(calendar_of(date, "ar"))
    assert str(arabic["SUMMARY"]) == "طبخ"
    assert arabic["SUMMARY"].params["LANGUAGE"] == "ar"
    turkish = only_event(calendar_of(date, "tr"))
    assert turkish["SUMMARY"].params["LANGUAGE"] == "de"
    assert turkish["DESCRIPTION"].params["LANGUAGE"] == "de"


def test_a_cancelled_date_says_so_twice() -> None:
    date = DateFactory.create(status=DateStatus.CANCELLED)
    event = only_event(calendar_of(date))
    assert str(event["STATUS"]) == "CANCELLED"
    assert str(event["SUMMARY"]) != f"Kochen {date.activity.pk}"
    assert f"Kochen {date.activity.pk}" in str(event["SUMMARY"])


@pytest.mark.parametrize(
    ("day", "offset"),
    [((2027, 3, 27), 1), ((2027, 3, 28), 2), ((2027, 10, 30), 2), ((2027, 10, 31), 1),
     ((2028, 2, 29), 1), ((2027, 12, 31), 1)],
)  # fmt: skip
def test_wall_time_is_kept_over_clock_changes(day: tuple[int, int, int], offset: int) -> None:
    starts_at = datetime(*day, 18, tzinfo=BERLIN)
    date = DateFactory.create(starts_at=starts_at, ends_at=starts_at + timedelta(hours=8))
    written = calendar_of(date)
    event = only_event(written)
    assert f"DTSTART;TZID=Europe/Berlin:{starts_at:%Y%m%d}T180000".encode() in written
    assert event["DTSTART"].dt.astimezone(UTC).hour == 18 - offset
    assert event["DTEND"].dt.astimezone(UTC) == date.ends_at.astimezone(UTC)


def test_the_stamps_rise_with_a_change_of_words_too() -> None:
    date = DateFactory.create(changed_at=datetime(2020, 1, 1, tzinfo=UTC))
    changed_at = date.activity.versions.get().changed_at.replace(microsecond=0)
    event = only_event(calendar_of(date))
    assert event["LAST-MODIFIED"].dt == event["DTSTAMP"].dt == changed_at


def test_only_a_seat_of_ones_own_carries_the_link_to_join() -> None:
    activity = ActivityFactory.create(is_online=True, online_url=JOIN_LINK)
    seat = ParticipationFactory.create(date=DateFactory.create(activity=activity))
    assert JOIN_LINK.encode() not in calendar_of(seat.date)
    own = only_event(calendars.personal_calendar(seats=[seat], language="de"))
    assert str(own["CONFERENCE"]) == JOIN_LINK
    assert JOIN_LINK in str(own["DESCRIPTION"])
    assert seat.token in str(own["DESCRIPTION"])


def test_a_feed_says_its_name_and_when_to_ask_again() -> None:
    calendar = parsed(calendars.date_calendar(dates=[], language="de", name="Alle Treffen"))
    assert str(calendar["NAME"]) == "Alle Treffen"
    assert calendar["REFRESH-INTERVAL"].dt == timedelta(hours=1)


def test_hostile_words_stay_inside_their_property() -> None:
    title = "Fest\r\nATTENDEE:mailto:x@example.org\u2028END:VEVENT"
    activity = ActivityFactory.create(parts={"title": title, "description": "a\\n;,:\nEND:VEVENT"})
    activity.organisation.email = "a@example.org"
    activity.organisation.name = 'X"\r\nATTENDEE:mailto:y@example.org'
    activity.organisation.save()
    event = only_event(calendar_of(DateFactory.create(activity=activity)))
    assert "ATTENDEE" not in event
    assert "a\\n;,:\nEND:VEVENT" in str(event["DESCRIPTION"])


def test_many_dates_are_many_events() -> None:
    activity = ActivityFactory.create()
    dates = DateFactory.create_batch(5, activity=activity)
    found = events(calendars.date_calendar(dates=dates, language="de", name="x"))
    assert [str(event["UID"]).split("@")[0] for event in found] == [
        f"date-{date.pk}" for date in dates
    ]
