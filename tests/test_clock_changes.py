"""Nights on which clocks change, leap days and turns of the year: lists, feeds and dates agree."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse

from miteinander.encounters.activities.enums import When
from miteinander.encounters.activities.models import ActivityDate
from miteinander.encounters.activities.queries.periods import days_of
from miteinander.encounters.activities.services.dates import wall_time
from miteinander.encounters.activities.tests.factories import ActivityFactory, DateFactory
from miteinander.foundation.core import clock

pytestmark = pytest.mark.django_db
BERLIN = ZoneInfo("Europe/Berlin")
DAYS = [
    date(2027, 3, 28), date(2027, 10, 31), date(2028, 2, 29), date(2027, 12, 31), date(2028, 1, 1),
]  # fmt: skip
EDGES = (time(0, 15), time(3, 30), time(23, 45))


def at(day: date, moment: time) -> datetime:
    return datetime.combine(day, moment, tzinfo=BERLIN)


@pytest.fixture
def around() -> dict[str, ActivityDate]:
    """Fill in dates at the edges of each day and of those before and after."""
    made = {}
    with clock.held_at(at(date(2027, 1, 4), time(9))):
        for day in {near + timedelta(days=step) for near in DAYS for step in (-1, 0, 1)}:
            for moment in EDGES:
                title = f"{day:%Y-%m-%d}T{moment:%H:%M}"
                starts_at = wall_time(day, moment)
                made[title] = DateFactory.create(
                    activity=ActivityFactory.create(parts__title=title),
                    starts_at=starts_at,
                    ends_at=starts_at + timedelta(minutes=10),
                )
    return made


def shown(client: Client, now: datetime, **query: str) -> set[str]:
    with clock.held_at(now):
        text = client.get(reverse("activities:list"), query).content.decode()
    return {f"{day:%Y-%m-%d}T{moment:%H:%M}" for day in DAYS for moment in EDGES
            if f"{day:%Y-%m-%d}T{moment:%H:%M}" in text}  # fmt: skip


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_today_is_the_whole_day_of_the_district_and_nothing_else(
    client: Client, around: dict[str, ActivityDate], day: date
) -> None:
    of_day = {f"{day:%Y-%m-%d}T{moment:%H:%M}" for moment in EDGES}
    midnight = at(day, time(0, 0))
    assert shown(client, midnight, when=When.TODAY) == of_day
    yesterday = at(day - timedelta(days=1), time(23, 59))
    assert shown(client, yesterday, when=When.TOMORROW) == of_day
    assert shown(client, yesterday, first=str(day), last=str(day)) == of_day


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_a_day_is_as_long_as_its_clocks_say(day: date) -> None:
    length = clock.end_of_day(day).timestamp() - clock.start_of_day(day).timestamp()
    hours = {date(2027, 3, 28): 23, date(2027, 10, 31): 25}.get(day, 24)
    assert length == hours * 3600
    with clock.held_at(clock.end_of_day(day) - timedelta(seconds=1)):
        assert clock.today() == day


@pytest.mark.parametrize(
    ("today", "when", "first", "last"),
    [
        ("2027-03-27", When.WEEKEND, "2027-03-27", "2027-03-28"),
        ("2027-10-31", When.WEEKEND, "2027-10-31", "2027-10-31"),
        ("2027-12-31", When.TOMORROW, "2028-01-01", "2028-01-01"),
        ("2027-12-31", When.WEEKEND, "2028-01-01", "2028-01-02"),
        ("2027-12-27", When.WEEK, "2027-12-27", "2028-01-02"),
        ("2027-12-31", When.NEXT_WEEK, "2028-01-03", "2028-01-09"),
        ("2027-12-31", When.MONTH, "2027-12-31", "2027-12-31"),
        ("2028-02-01", When.MONTH, "2028-02-01", "2028-02-29"),
        ("2027-02-01", When.MONTH, "2027-02-01", "2027-02-28"),
        ("2028-02-28", When.TOMORROW, "2028-02-29", "2028-02-29"),
    ],
)
def test_the_words_for_days_hold_over_turns(today: str, when: str, first: str, last: str) -> None:
    expected = (date.fromisoformat(first), date.fromisoformat(last))
    assert days_of(when, date.fromisoformat(today)) == expected


@pytest.mark.parametrize("title", ["2027-03-28T03:30", "2027-10-31T23:45", "2028-02-29T00:15"])
def test_page_and_calendar_file_say_the_time_on_the_wall(
    client: Client, around: dict[str, ActivityDate], title: str
) -> None:
    row, (day, moment) = around[title], title.split("T")
    with clock.held_at(at(date(2027, 1, 4), time(9))):
        page = client.get(reverse("activities:detail", args=[row.pk])).content.decode()
        written = client.get(reverse("exchange:date_ics", args=[row.pk])).content.decode()
    assert moment in page
    stamp = f"{day.replace('-', '')}T{moment.replace(':', '')}00"
    assert f"DTSTART;TZID=Europe/Berlin:{stamp}" in written
