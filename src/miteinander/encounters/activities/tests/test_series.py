"""The days of a series, worked out from what planners say of it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from miteinander.encounters.activities.models import Activity, SchoolHoliday
from miteinander.encounters.activities.queries.holidays import HolidayCalendar
from miteinander.encounters.activities.services.dates import (
    LAST_IN_MONTH,
    MOST_DATES,
    Rhythm,
    SeriesDay,
    SeriesWish,
    Standing,
    series,
    series_of,
)
from miteinander.encounters.activities.tests.planners import NOW, ready_draft
from miteinander.foundation.core import clock

BERLIN = ZoneInfo("Europe/Berlin")
EASTER = SchoolHoliday(title="Osterferien", first_day=date(2027, 3, 22), last_day=date(2027, 4, 2))
SUMMER = SchoolHoliday(title="Sommerferien", first_day=date(2027, 6, 28), last_day=date(2027, 8, 6))
YEAR_2027 = HolidayCalendar((EASTER, SUMMER))
DAYS = st.dates(date(2026, 6, 2), date(2090, 12, 31))


class Nothing:
    """An occasion without dates, as far as a series asks."""

    class dates:  # noqa: N801 (stands for the relation)
        """No rows."""

        @staticmethod
        def all() -> list[object]:
            """Give none."""
            return []


EMPTY: Activity = Nothing()  # type: ignore[assignment]


@pytest.fixture(autouse=True)
def _held_clock() -> Iterator[None]:
    with clock.held_at(NOW):
        yield


def wish(first_day: date, rhythm: Rhythm = Rhythm.WEEKLY, **more: object) -> SeriesWish:
    values: dict[str, object] = {"start": time(18), "end": time(20), "count": 5}
    return SeriesWish(rhythm, first_day, **(values | more))  # type: ignore[arg-type]


def listed(wished: SeriesWish, holidays: HolidayCalendar | None = None) -> list[SeriesDay]:
    return series_of(EMPTY, wished, holidays or HolidayCalendar(), NOW)


def days(wished: SeriesWish, holidays: HolidayCalendar | None = None) -> list[date]:
    return [row.day for row in listed(wished, holidays) if row.is_addable]


def test_every_second_week_goes_on_over_the_end_of_the_year() -> None:
    assert days(wish(date(2026, 12, 17), Rhythm.FORTNIGHTLY, count=3)) == [
        date(2026, 12, 17), date(2026, 12, 31), date(2027, 1, 14),
    ]  # fmt: skip


def test_the_first_tuesday_of_each_month_is_told_by_the_first_day() -> None:
    assert days(wish(date(2026, 12, 1), Rhythm.MONTHLY, count=3)) == [
        date(2026, 12, 1), date(2027, 1, 5), date(2027, 2, 2),
    ]  # fmt: skip


def test_a_fifth_friday_means_the_last_one_and_no_month_is_left_out() -> None:
    assert days(wish(date(2027, 1, 29), Rhythm.MONTHLY, count=4)) == [
        date(2027, 1, 29), date(2027, 2, 26), date(2027, 3, 26), date(2027, 4, 30),
    ]  # fmt: skip


def test_a_week_of_the_month_before_the_first_day_begins_in_the_next_month() -> None:
    wished = wish(date(2027, 1, 20), Rhythm.MONTHLY, week_of_month=1, count=2)

    assert days(wished) == [date(2027, 2, 3), date(2027, 3, 3)]


def test_a_leap_day_is_a_day_like_others() -> None:
    assert days(wish(date(2028, 2, 22), count=3))[1] == date(2028, 2, 29)
    assert days(wish(date(2028, 2, 29), Rhythm.MONTHLY, count=2))[1] == date(2028, 3, 28)


def test_the_last_day_belongs_to_the_series() -> None:
    wished = wish(date(2027, 1, 5), count=None, last_day=date(2027, 1, 19))

    assert days(wished) == [date(2027, 1, 5), date(2027, 1, 12), date(2027, 1, 19)]


def test_with_a_number_and_a_last_day_whichever_comes_first_ends_it() -> None:
    assert len(days(wish(date(2027, 1, 5), count=2, last_day=date(2027, 12, 1)))) == 2
    assert len(days(wish(date(2027, 1, 5), count=9, last_day=date(2027, 1, 13)))) == 2


@pytest.mark.parametrize("sunday", [date(2027, 3, 28), date(2027, 10, 31)])
def test_the_clock_shows_the_same_before_and_after_it_changes(sunday: date) -> None:
    rows = listed(wish(sunday - timedelta(days=7), count=3))

    shown = {
        (
            row.planned.starts_at.astimezone(BERLIN).time(),
            row.planned.ends_at.astimezone(BERLIN).time(),
        )
        for row in rows
        if row.planned
    }
    assert shown == {(time(18), time(20))}
    starts = [row.planned.starts_at for row in rows if row.planned]
    assert (starts[0].hour, starts[2].hour) in {(17, 16), (16, 17)}


def test_an_hour_the_clocks_skip_is_told_and_not_counted() -> None:
    rows = listed(wish(date(2027, 3, 21), start=time(2, 30), end=time(5), count=2))

    assert [row.standing for row in rows] == [
        Standing.FINE, Standing.NO_SUCH_TIME, Standing.FINE,
    ]  # fmt: skip


def test_the_hour_that_comes_twice_is_the_first_one() -> None:
    (row,) = listed(wish(date(2027, 10, 31), start=time(2, 30), end=time(4), count=1))

    assert row.planned
    assert row.planned.starts_at == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
    assert row.planned.ends_at == datetime(2027, 10, 31, 3, 0, tzinfo=UTC)


def test_an_end_before_the_start_is_on_the_next_day() -> None:
    (row,) = listed(wish(date(2026, 12, 31), start=time(22), end=time(1), count=1))

    assert row.planned
    assert row.planned.ends_at.astimezone(BERLIN).date() == date(2027, 1, 1)


def test_school_holidays_are_left_out_with_their_name_and_do_not_count() -> None:
    rows = listed(wish(date(2027, 3, 16), only_school_weeks=True, count=3), YEAR_2027)

    assert [(row.day.isoformat(), row.holiday) for row in rows] == [
        ("2027-03-16", ""), ("2027-03-23", "Osterferien"), ("2027-03-30", "Osterferien"),
        ("2027-04-06", ""), ("2027-04-13", ""),
    ]  # fmt: skip


def test_every_second_week_keeps_its_weeks_over_the_holidays() -> None:
    wished = wish(date(2027, 3, 9), Rhythm.FORTNIGHTLY, only_school_weeks=True, count=2)

    assert days(wished, YEAR_2027) == [date(2027, 3, 9), date(2027, 4, 6)]


def test_days_nobody_told_us_about_are_marked_and_not_taken_for_school_days() -> None:
    rows = listed(wish(date(2027, 7, 27), only_school_weeks=True, count=2), YEAR_2027)
    known = listed(wish(date(2027, 4, 6), only_school_weeks=True, count=2), YEAR_2027)

    assert [row.is_unknown for row in rows] == [False, False, True, True]
    assert not any(row.is_unknown for row in known)
    assert not any(row.is_unknown for row in listed(wish(date(2027, 7, 27), count=2)))


def test_a_missing_year_between_two_is_not_known() -> None:
    far = SchoolHoliday(title="x", first_day=date(2029, 3, 29), last_day=date(2029, 4, 13))
    calendar = HolidayCalendar((EASTER, SUMMER, far))

    assert not calendar.knows(date(2028, 6, 1))
    assert calendar.knows(date(2027, 5, 1))
    assert calendar.knows(far.first_day)
    assert not calendar.knows(EASTER.first_day - timedelta(days=1))
    assert not HolidayCalendar().knows(date(2027, 5, 1))


def test_more_dates_than_an_occasion_has_are_refused() -> None:
    with pytest.raises(ValidationError, match="60") as refusal:
        listed(wish(date(2027, 1, 5), count=None, last_day=date(2099, 1, 1)))

    assert refusal.value.code == "too_many"
    fits = wish(date(2027, 1, 5), count=None, last_day=date(2027, 1, 5) + timedelta(weeks=59))
    assert len(days(fits)) == MOST_DATES


def test_a_series_at_the_end_of_the_calendar_just_ends() -> None:
    assert days(wish(date(2099, 12, 29), count=9)) == [date(2099, 12, 29)]
    assert days(wish(date(2099, 12, 29), Rhythm.MONTHLY, count=9)) == [date(2099, 12, 29)]


def test_holidays_that_never_end_give_no_dates_and_come_to_an_end() -> None:
    endless = SchoolHoliday(title="x", first_day=date(2000, 1, 1), last_day=date(2199, 1, 1))

    assert days(wish(date(2027, 1, 5), only_school_weeks=True), HolidayCalendar((endless,))) == []


@pytest.mark.django_db
def test_what_is_there_already_or_has_passed_is_told() -> None:
    activity = ready_draft()
    there = activity.dates.get()
    start = there.starts_at.astimezone(BERLIN)
    end = there.ends_at.astimezone(BERLIN)
    wished = wish(start.date(), start=start.time(), end=end.time(), count=2)
    today = wish(NOW.date(), start=time(8), end=time(9), count=2)

    assert [row.standing for row in series_of(activity, wished, HolidayCalendar(), NOW)] == [
        Standing.THERE, Standing.FINE,
    ]  # fmt: skip
    assert [row.standing for row in listed(today)] == [Standing.PAST, Standing.FINE]


@given(first=DAYS, rhythm=st.sampled_from(Rhythm), count=st.integers(1, MOST_DATES))
def test_a_series_has_so_many_dates_on_one_weekday_in_order(
    first: date, rhythm: Rhythm, count: int
) -> None:
    found = days(wish(first, rhythm, count=count))

    assert len(found) == count
    assert found[0] >= first
    assert {day.weekday() for day in found} == {first.weekday()}
    gaps = {(later - day).days for day, later in pairwise(found)}
    allowed = {Rhythm.WEEKLY: {7}, Rhythm.FORTNIGHTLY: {14}, Rhythm.MONTHLY: {28, 35}}
    assert gaps <= allowed[rhythm]


@given(first=DAYS, which=st.one_of(st.none(), st.integers(1, LAST_IN_MONTH)))
def test_a_monthly_series_has_one_date_in_each_month_and_always_the_same(
    first: date, which: int | None
) -> None:
    found = days(wish(first, Rhythm.MONTHLY, week_of_month=which, count=30))

    months = [day.year * 12 + day.month for day in found]
    assert months == list(range(months[0], months[0] + 30))
    wanted = which or series.week_of_month(first)
    for day in found:
        is_last = (day + timedelta(days=7)).month != day.month
        assert is_last if wanted == LAST_IN_MONTH else series.week_of_month(day) == wanted


@given(
    first=DAYS,
    start=st.times().map(lambda t: t.replace(microsecond=0)),
    end=st.times().map(lambda t: t.replace(microsecond=0)),
    rhythm=st.sampled_from(Rhythm),
)
def test_clocks_show_the_wished_hours_on_every_date(
    first: date, start: time, end: time, rhythm: Rhythm
) -> None:
    for row in listed(wish(first, rhythm, start=start, end=end, count=20)):
        if row.planned is not None:
            starts, ends = (
                moment.astimezone(BERLIN) for moment in (row.planned.starts_at, row.planned.ends_at)
            )
            assert (starts.time(), ends.time()) == (start, end)
            assert starts.date() == row.day
            assert row.standing != Standing.FINE or row.planned.starts_at < row.planned.ends_at


@given(first=st.dates(date(2027, 1, 1), date(2027, 9, 1)), rhythm=st.sampled_from(Rhythm))
def test_no_date_of_school_weeks_lies_in_the_holidays_and_no_other_day_is_left_out(
    first: date, rhythm: Rhythm
) -> None:
    last = date(2027, 12, 1)
    wished = wish(first, rhythm, count=None, last_day=last)
    all_days = set(days(wished))
    in_school = set(
        days(wish(first, rhythm, count=None, last_day=last, only_school_weeks=True), YEAR_2027)
    )

    free = {
        day for day in all_days for row in (EASTER, SUMMER) if row.first_day <= day <= row.last_day
    }
    assert in_school == all_days - free
