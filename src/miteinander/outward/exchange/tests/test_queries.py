from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from miteinander.community.organisations.enums import OrganisationStatus
from miteinander.community.regions.tests.factories import DistrictFactory
from miteinander.encounters.activities.enums import ActivityStatus, DateStatus, ParticipationStatus
from miteinander.encounters.activities.tests.factories import (
    ActivityFactory,
    DateFactory,
    ParticipationFactory,
)
from miteinander.foundation.core import clock
from miteinander.outward.exchange import calendars, queries

pytestmark = pytest.mark.django_db


def test_a_feed_holds_what_is_to_come_and_public() -> None:
    now = clock.now()
    coming = DateFactory.create()
    running = DateFactory.create(
        starts_at=now - timedelta(hours=1), ends_at=now + timedelta(hours=1)
    )
    DateFactory.create(starts_at=now - timedelta(days=2))
    DateFactory.create(starts_at=now + timedelta(days=401))
    DateFactory.create(activity__status=ActivityStatus.DRAFT)
    DateFactory.create(activity__status=ActivityStatus.HIDDEN)
    DateFactory.create(activity__organisation__status=OrganisationStatus.HIDDEN)
    assert list(queries.feed_dates(now)) == [running, coming]


@pytest.mark.parametrize(("days", "is_kept"), [(29, True), (31, False)])
def test_a_cancelled_date_stays_for_30_days(days: int, is_kept: bool) -> None:  # noqa: FBT001
    now = clock.now()
    moment = now - timedelta(days=days)
    date = DateFactory.create(status=DateStatus.CANCELLED, cancelled_at=moment, starts_at=moment)
    assert (date in queries.feed_dates(now)) is is_kept


def test_a_cancelled_date_stays_until_it_would_have_been() -> None:
    now = clock.now()
    date = DateFactory.create(
        status=DateStatus.CANCELLED,
        cancelled_at=now - timedelta(days=90),
        starts_at=now + timedelta(days=1),
    )
    assert list(queries.feed_dates(now)) == [date]


def test_each_feed_holds_its_own() -> None:
    now = clock.now()
    one = DateFactory.create(activity__languages=("de", "uk"))
    DateFactory.create()
    place = one.activity.municipality
    assert place
    place.parent = DistrictFactory.create()
    place.save()
    assert list(queries.dates_of(one.activity.organisation, now)) == [one]
    assert list(queries.dates_at(place, now)) == [one]
    assert list(queries.dates_at(place.parent, now)) == [one]
    assert list(queries.dates_spoken_in("uk", now)) == [one]


@pytest.mark.parametrize("count", [1, 5])
def test_a_feed_takes_a_fixed_number_of_queries(
    django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for _number in range(count):
        DateFactory.create()
    with django_assert_num_queries(6):
        written = calendars.date_calendar(
            dates=queries.feed_dates(clock.now()), language="de", name="x"
        )
    assert written.count(b"BEGIN:VEVENT") == count


@pytest.mark.parametrize("count", [1, 5])
def test_a_personal_feed_takes_a_fixed_number_of_queries(
    django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    seat = ParticipationFactory.create()
    for _number in range(count - 1):
        ParticipationFactory.create(person=seat.person)
    with django_assert_num_queries(6):
        calendars.personal_calendar(
            seats=queries.own_seats(seat.person, clock.now()), language="de"
        )


def test_a_personal_feed_holds_own_seats_only() -> None:
    now = clock.now()
    seat = ParticipationFactory.create()
    ParticipationFactory.create()
    ParticipationFactory.create(person=seat.person, status=ParticipationStatus.GIVEN_BACK)
    ParticipationFactory.create(
        person=seat.person, date__activity=ActivityFactory.create(status=ActivityStatus.HIDDEN)
    )
    assert list(queries.own_seats(seat.person, now)) == [seat]


def test_the_list_of_feeds_names_languages_of_coming_dates_only() -> None:
    now = clock.now()
    DateFactory.create(activity__languages=("de", "fa"))
    DateFactory.create(activity__languages=("so",), starts_at=now - timedelta(days=9))
    addresses = [feed.address.rsplit("/", 1)[1] for feed in queries.language_feeds(now)]
    assert addresses == ["de.ics", "fa.ics"]
