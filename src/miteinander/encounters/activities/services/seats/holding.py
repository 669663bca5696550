"""Holding a date, and writing down which seats are whose. Callers hold the row of the date."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import connection
from django.utils.translation import gettext as _

from miteinander.encounters.activities.models import Activity, ActivityDate, Participation
from miteinander.encounters.activities.services.seats.pools import Pools, Split
from miteinander.foundation.core import clock

COUNTS = ("seats_taken", "taken_local", "taken_newcomer")
SHARED = ("kept_local", "kept_newcomer", *COUNTS)
OWN_COUNTS = ("seats_local", "seats_newcomer", "seats_open")
DECIDING = (
    "activity", "starts_at", "ends_at", "capacity", "status", *COUNTS, "kept_local",
    "kept_newcomer", "drawn_at", "draw_seed", "closed_at",
    "activity__organisation", "activity__status", "activity__organisation__status",
    "activity__only_for",
    "activity__giving", "activity__local_share", "activity__newcomer_share",
    "activity__release_hours", "activity__draw_hours", "activity__has_offers_by_hand",
    "activity__monthly_limit", "activity__most_companions", "activity__min_age",
    "activity__max_age", "activity__setting", "activity__required",
)  # fmt: skip
HELD = ActivityDate.objects.select_related("activity__organisation").only(*DECIDING)
# PostgreSQL counts the occasions, and so holds them, before it holds the first date.
HOLD = f"""
    WITH limited AS MATERIALIZED (
        SELECT id FROM {Activity._meta.db_table}
        WHERE monthly_limit IS NOT NULL
        AND id IN (SELECT activity_id FROM {ActivityDate._meta.db_table} WHERE id = ANY(%(dates)s))
        ORDER BY id FOR NO KEY UPDATE
    )
    SELECT id FROM {ActivityDate._meta.db_table}
    WHERE id = ANY(%(dates)s) AND (SELECT count(*) FROM limited) >= 0
    ORDER BY id FOR NO KEY UPDATE
"""  # noqa: S608 (names of our own tables)


class AllSeatsTaken(ValidationError):
    """No seat is free for this person."""


class SignUpClosed(ValidationError):
    """The date was cancelled or has begun, or the organisers take nobody new."""


def hold_occasions(date_ids: Collection[int]) -> None:
    """Hold the occasions of dates before the dates, for whoever announces a change of them.

    Their search words are written under the row of the occasion, so it comes first.
    """
    if connection.features.has_select_for_update:
        dates = ActivityDate.objects.filter(pk__in=date_ids)
        occasions = Activity.objects.filter(pk__in=dates.values("activity"))
        list(occasions.select_for_update(no_key=True).only("pk").order_by("pk"))


def locked_date(date_id: int) -> ActivityDate:
    """Fetch a date and hold its row until the transaction ends; seats change under it only.

    Only what decides about a seat is read. Everybody waits for this row, so take it last.

    Raises:
        ActivityDate.DoesNotExist: there is none.
    """
    for date in locked_dates([date_id]):
        return date
    raise ActivityDate.DoesNotExist


def locked_dates(date_ids: Collection[int]) -> list[ActivityDate]:
    """Fetch dates and hold them as :func:`locked_date` does, in the order of their keys.

    Occasions with a monthly limit are held before, in the same statement. Whoever gives a seat
    counts what the person has on the other dates of the occasion, and only its row is the same
    for all of them: two dates at once would both find the month free, be it by asking, by an
    offer or by a draw. Of a waiting list the people are known only once the date is held, too
    late to hold them. An occasion that gets its limit while somebody already waits for a date of
    it is not held again, because it would come after the date: that one seat is given as if just
    before. Who needs several dates names all of them here at first, or two such callers could
    wait for each other.

    A statement that waits for a row reads the rows it joins as they were before the wait, so
    where rows are locked the lock comes first: the occasion may have changed meanwhile.
    """
    if connection.features.has_select_for_update:
        with connection.cursor() as cursor:
            cursor.execute(HOLD, {"dates": list(date_ids)})
    return list(HELD.filter(pk__in=date_ids).order_by("pk"))


def check_open(date: ActivityDate) -> None:
    """Refuse a date that was cancelled or has begun.

    Raises:
        SignUpClosed: it did.
    """
    if date.is_cancelled:
        raise SignUpClosed(_("This meeting was cancelled."), code="cancelled")
    if date.has_started(clock.now()):
        raise SignUpClosed(_("This meeting has already begun."), code="begun")


def check_asking(date: ActivityDate) -> None:
    """Refuse whoever asks for a seat at a date that takes nobody new.

    Raises:
        SignUpClosed: it was cancelled, has begun, or its sign-up is closed.
    """
    check_open(date)
    if date.is_closed:
        raise SignUpClosed(_("The sign-up for this date is closed."), code="closed")


def release_at(date: ActivityDate) -> datetime:
    """Return the moment from which kept seats are open to all."""
    return date.starts_at - timedelta(hours=date.activity.release_hours)


def pools_of(date: ActivityDate, now: datetime) -> Pools:
    """Return the free seats of a date at ``now``."""
    kept_seats = date.kept_local + date.kept_newcomer
    taken_of_kept = date.taken_local + date.taken_newcomer
    return Pools(
        local=date.kept_local - date.taken_local,
        newcomer=date.kept_newcomer - date.taken_newcomer,
        open=date.capacity - kept_seats - (date.seats_taken - taken_of_kept),
        is_released=now >= release_at(date),
    )


def seats_for(date: ActivityDate, participation: Participation, now: datetime) -> Split:
    """Choose seats for a participation that holds none.

    Raises:
        AllSeatsTaken: no seat is free for them.
    """
    split = pools_of(date, now).place(participation.side, participation.party)
    if split is None:
        raise AllSeatsTaken(_("No seat is free for this person."), code="all_seats_taken")
    return split


def split_of(participation: Participation) -> Split:
    """Return the seats a participation holds."""
    return Split(participation.seats_local, participation.seats_newcomer, participation.seats_open)


def seat(participation: Participation, split: Split) -> None:
    """Note which seats a participation holds; the caller counts and saves."""
    participation.seats_local = split.local
    participation.seats_newcomer = split.newcomer
    participation.seats_open = split.open


def hold(date: ActivityDate, participation: Participation, split: Split) -> None:
    """Give ``split`` to a participation that holds none; the caller saves the participation."""
    seat(participation, split)
    _count(date, split, 1)


def free(date: ActivityDate, participation: Participation, split: Split | None = None) -> None:
    """Take ``split``, or all its seats, from a participation; the caller saves it."""
    given = split_of(participation) if split is None else split
    seat(participation, split_of(participation).without(given))
    _count(date, given, -1)


def count(date: ActivityDate, split: Split, sign: int) -> None:
    """Add ``split`` to the counts of a date, or with a ``sign`` of -1 take it away."""
    date.seats_taken += sign * split.total
    date.taken_local += sign * split.local
    date.taken_newcomer += sign * split.newcomer


def _count(date: ActivityDate, split: Split, sign: int) -> None:
    if split.total:
        count(date, split, sign)
        date.save(update_fields=COUNTS)
