"""Holding a date, and writing down which seats are whose. Callers hold the row of the date."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from miteinander.encounters.activities.models import ActivityDate, Participation
from miteinander.encounters.activities.services.seats.pools import Pools, Split, kept
from miteinander.foundation.core import clock

COUNTS = ("seats_taken", "taken_local", "taken_newcomer")
SHARED = ("kept_local", "kept_newcomer", *COUNTS)
OWN_COUNTS = ("seats_local", "seats_newcomer", "seats_open")
DECIDING = (
    "activity", "starts_at", "ends_at", "capacity", "status", *COUNTS, "kept_local",
    "kept_newcomer", "drawn_at", "draw_seed",
    "activity__organisation", "activity__status", "activity__organisation__status",
    "activity__giving", "activity__local_share", "activity__newcomer_share",
    "activity__release_hours", "activity__draw_hours", "activity__has_offers_by_hand",
    "activity__monthly_limit", "activity__most_companions", "activity__min_age",
    "activity__max_age", "activity__setting", "activity__required",
)  # fmt: skip
HELD = (
    ActivityDate.objects.select_for_update(of=("self",))
    .select_related("activity__organisation")
    .only(*DECIDING)
)


class AllSeatsTaken(ValidationError):
    """No seat is free for this person."""


class SignUpClosed(ValidationError):
    """The date was cancelled or has begun."""


def locked_date(date_id: int) -> ActivityDate:
    """Fetch a date and hold its row until the transaction ends; seats change under it only.

    Only what decides about a seat is read. Everybody waits for this row, so take it last.
    """
    return HELD.get(pk=date_id)


def check_open(date: ActivityDate) -> None:
    """Refuse a date that was cancelled or has begun.

    Raises:
        SignUpClosed: it did.
    """
    if date.is_cancelled:
        raise SignUpClosed(_("This meeting was cancelled."), code="cancelled")
    if date.has_started(clock.now()):
        raise SignUpClosed(_("This meeting has already begun."), code="begun")


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


def split_of(participation: Participation) -> Split:
    """Return the seats a participation holds."""
    return Split(participation.seats_local, participation.seats_newcomer, participation.seats_open)


def hold(date: ActivityDate, participation: Participation, split: Split) -> None:
    """Give ``split`` to a participation that holds none; the caller saves the participation."""
    participation.seats_local = split.local
    participation.seats_newcomer = split.newcomer
    participation.seats_open = split.open
    _count(date, split, 1)


def free(date: ActivityDate, participation: Participation, split: Split | None = None) -> None:
    """Take ``split``, or all its seats, from a participation; the caller saves it."""
    given = split_of(participation) if split is None else split
    participation.seats_local -= given.local
    participation.seats_newcomer -= given.newcomer
    participation.seats_open -= given.open
    _count(date, given, -1)


def _count(date: ActivityDate, split: Split, sign: int) -> None:
    if split.total:
        date.seats_taken += sign * split.total
        date.taken_local += sign * split.local
        date.taken_newcomer += sign * split.newcomer
        date.save(update_fields=COUNTS)


def keep_shares(date: ActivityDate) -> list[Participation]:
    """Set aside the shares of the mix anew and seat everybody again; the caller saves the date.

    After another number of seats or another mix. Nobody loses a seat: whoever does not fit into
    the own pool any more sits in another. Returns the participations whose seats changed.
    """
    activity = date.activity
    date.kept_local, date.kept_newcomer = kept(
        date.capacity, activity.local_share, activity.newcomer_share
    )
    held = Participation.objects.filter(date=date).exclude(
        seats_local=0, seats_newcomer=0, seats_open=0
    )
    date.seats_taken = date.taken_local = date.taken_newcomer = 0
    pools = Pools(
        date.kept_local, date.kept_newcomer,
        date.capacity - date.kept_local - date.kept_newcomer, is_released=True,
    )  # fmt: skip
    moved = []
    for row in held.order_by("signed_up_at", "pk"):
        before = split_of(row)
        split = pools.place(row.side, before.total)
        if split is None:
            raise AllSeatsTaken(_("All seats are taken."), code="all_seats_taken")
        pools = pools.without(split)
        row.seats_local, row.seats_newcomer, row.seats_open = (
            split.local, split.newcomer, split.open,
        )  # fmt: skip
        date.seats_taken += split.total
        date.taken_local += split.local
        date.taken_newcomer += split.newcomer
        moved += [row] if split != before else []
    Participation.objects.bulk_update(moved, OWN_COUNTS)
    return moved
