"""Working out a series as a list of days: weekly, every second week, or once a month."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import takewhile

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from miteinander.encounters.activities.models import Activity
from miteinander.encounters.activities.queries.holidays import HolidayCalendar
from miteinander.encounters.activities.services.dates.stored import editable_dates
from miteinander.encounters.activities.services.dates.wall_clock import wall_time
from miteinander.encounters.activities.services.dates.wishes import MOST_DATES, PlannedDate

LAST_IN_MONTH = 5  # there is always a last Tuesday, but not always a fifth
FURTHEST = date(2099, 12, 31)


class Rhythm(StrEnum):
    """How often a series takes place."""

    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"


@dataclass(frozen=True)
class SeriesWish:
    """What planners say of a series; it ends after ``count`` dates or on ``last_day``.

    Times are those the clocks of the district show. ``week_of_month`` is 1 to 4 or
    ``LAST_IN_MONTH``; without one the first day tells it. Days left out for ``only_school_weeks``
    do not count.
    """

    rhythm: Rhythm
    first_day: date
    start: time
    end: time
    count: int | None = None
    last_day: date | None = None
    week_of_month: int | None = None
    only_school_weeks: bool = False


class Standing(StrEnum):
    """What speaks against one day of a series."""

    FINE = "fine"
    THERE = "there"
    PAST = "past"
    NO_SUCH_TIME = "no_such_time"
    HOLIDAY = "holiday"


@dataclass(frozen=True)
class SeriesDay:
    """One day of a series: the ``planned`` date, or why there is none.

    ``is_unknown`` tells that school holidays were asked for and are not known of this day.
    """

    day: date
    standing: Standing = Standing.FINE
    planned: PlannedDate | None = None
    holiday: str = ""
    is_unknown: bool = False

    @property
    def is_addable(self) -> bool:
        """Whether the day can be added."""
        return self.standing == Standing.FINE


def week_of_month(day: date) -> int:
    """Tell which of its weekday in the month ``day`` is; a fifth one is the last."""
    return (day.day - 1) // 7 + 1


def weekday_in_month(year: int, month: int, weekday: int, which: int) -> date:
    """Return the first to fourth, or the last, of a weekday in a month."""
    first = date(year, month, 1)
    day = first + timedelta(days=(weekday - first.weekday()) % 7)
    last_of_all = day + timedelta(weeks=LAST_IN_MONTH - 1)
    if which == LAST_IN_MONTH and last_of_all.month != month:
        which -= 1
    return day + timedelta(weeks=which - 1)


def series_of(
    activity: Activity, wish: SeriesWish, holidays: HolidayCalendar, now: datetime
) -> list[SeriesDay]:
    """List the days of a series for ``activity``, with what speaks against each.

    Raises:
        ValidationError: more dates than an occasion may have (code ``too_many``).
    """
    present = {(row.starts_at, row.ends_at) for row in editable_dates(activity, now)}
    found: list[SeriesDay] = []
    count = 0
    for day in _days(wish):
        row = _left_out(day, wish, holidays) or _with_times(day, wish, present, now)
        known = not wish.only_school_weeks or holidays.knows(day)
        found.append(replace(row, is_unknown=not known))
        count += row.planned is not None
        if count == wish.count:
            break
        if count > MOST_DATES:
            raise ValidationError(
                _("These are more than %(count)s dates. Choose an earlier last day."),
                code="too_many",
                params={"count": MOST_DATES},
            )
    return found


def _days(wish: SeriesWish) -> Iterator[date]:
    last = min(wish.last_day or FURTHEST, FURTHEST)
    days = _monthly(wish) if wish.rhythm == Rhythm.MONTHLY else _weekly(wish)
    return takewhile(lambda day: day <= last, days)


def _weekly(wish: SeriesWish) -> Iterator[date]:
    step = timedelta(weeks=2 if wish.rhythm == Rhythm.FORTNIGHTLY else 1)
    day = wish.first_day
    while day <= FURTHEST:
        yield day
        day += step


def _monthly(wish: SeriesWish) -> Iterator[date]:
    which = wish.week_of_month or week_of_month(wish.first_day)
    year, month = wish.first_day.year, wish.first_day.month
    while year <= FURTHEST.year:
        day = weekday_in_month(year, month, wish.first_day.weekday(), which)
        if day >= wish.first_day:
            yield day
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)  # noqa: PLR2004 (December)


def _left_out(day: date, wish: SeriesWish, holidays: HolidayCalendar) -> SeriesDay | None:
    title = holidays.on(day) if wish.only_school_weeks else ""
    return SeriesDay(day, Standing.HOLIDAY, holiday=title) if title else None


def _with_times(
    day: date, wish: SeriesWish, present: set[tuple[datetime, datetime]], now: datetime
) -> SeriesDay:
    last_day = day + timedelta(days=1) if wish.end < wish.start else day
    try:
        span = (wall_time(day, wish.start), wall_time(last_day, wish.end))
    except ValidationError:
        return SeriesDay(day, Standing.NO_SUCH_TIME)
    standing = Standing.FINE
    if span in present:
        standing = Standing.THERE
    elif span[0] <= now:
        standing = Standing.PAST
    elif span[1] <= span[0]:  # the hour that comes twice may swallow a short one
        return SeriesDay(day, Standing.NO_SUCH_TIME)
    return SeriesDay(day, standing, PlannedDate(*span))
