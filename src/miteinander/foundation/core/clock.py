"""What time it is. Nothing else in the product asks the system, so tests can hold the clock."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta

from django.utils import timezone

_HELD: ContextVar[datetime | None] = ContextVar("held_time", default=None)


def now() -> datetime:
    """Return the present moment, aware."""
    return _HELD.get() or timezone.now()  # noqa: TID251 (the one place that may ask)


def today() -> date:
    """Return the local date of the district."""
    return timezone.localdate(now())


def start_of_day(day: date) -> datetime:
    """Return local midnight at the beginning of ``day``, aware."""
    return timezone.make_aware(datetime(day.year, day.month, day.day))  # noqa: DTZ001


def end_of_day(day: date) -> datetime:
    """Return local midnight at the end of ``day``, aware."""
    return start_of_day(day + timedelta(days=1))


def local(moment: datetime) -> datetime:
    """Return ``moment`` as the clocks of the district show it."""
    return timezone.localtime(moment)


def month_of(moment: datetime) -> tuple[datetime, datetime]:
    """Return the beginning of the local month of ``moment`` and of the next one."""
    first = local(moment).date().replace(day=1)
    following = (first + timedelta(days=32)).replace(day=1)
    return start_of_day(first), start_of_day(following)


@contextmanager
def held_at(moment: datetime) -> Iterator[datetime]:
    """Let the clock stand still at ``moment`` in this thread, for tests and previews."""
    token = _HELD.set(moment)
    try:
        yield moment
    finally:
        _HELD.reset(token)
