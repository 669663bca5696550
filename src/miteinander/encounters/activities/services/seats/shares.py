"""The mix when something changes: nobody loses a seat, and each side keeps its own."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from miteinander.community.people.enums import Background
from miteinander.encounters.activities.models import ActivityDate, Participation
from miteinander.encounters.activities.services.seats.holding import (
    COUNTS,
    OWN_COUNTS,
    AllSeatsTaken,
    count,
    pools_of,
    seat,
    split_of,
)
from miteinander.encounters.activities.services.seats.pools import Pools, Split, give_up, kept
from miteinander.foundation.core import clock

SIDES = (Background.LOCAL, Background.NEWCOMER)


def keep_shares(date: ActivityDate) -> list[Participation]:
    """Set aside the shares of the mix anew and seat everybody again; the caller saves the date.

    After another number of seats or another mix. Nobody loses a seat: whoever does not fit into
    the own pool any more sits in another. Returns the participations whose seats changed.

    Raises:
        AllSeatsTaken: there are fewer seats than people hold.
    """
    activity = date.activity
    date.kept_local, date.kept_newcomer = kept(
        date.capacity, activity.local_share, activity.newcomer_share
    )
    date.seats_taken = date.taken_local = date.taken_newcomer = 0
    pools = Pools(
        date.kept_local, date.kept_newcomer,
        date.capacity - date.kept_local - date.kept_newcomer, is_released=True,
    )  # fmt: skip
    moved = []
    for row in _seated(date):
        before = split_of(row)
        split = pools.place(row.side, before.total)
        if split is None:
            raise AllSeatsTaken(_("All seats are taken."), code="all_seats_taken")
        pools = pools.without(split)
        count(date, split, 1)
        if split != before:
            seat(row, split)
            moved.append(row)
    Participation.objects.bulk_update(moved, OWN_COUNTS)
    return moved


def come_home(date: ActivityDate) -> None:
    """Let people of a side sit in seats kept for it that became free, and free the others.

    While seats are kept, a side that has them all must not hold open ones beyond: those are for
    whoever waits. Nobody notices; called after seats of a held date were freed.
    """
    if pools_of(date, clock.now()).is_released:
        return
    while moved := [row for side in SIDES for row in _come_home(date, side)]:
        Participation.objects.bulk_update(moved, OWN_COUNTS)
        date.save(update_fields=COUNTS)


def _come_home(date: ActivityDate, side: str) -> list[Participation]:
    """Move people of ``side`` into its own free seats, the longest seated first."""
    moved = []
    rows = _seated(date).filter(side=side) if _own_room(date, side) else ()
    for row in rows:
        held = split_of(row)
        seats = min(_own_room(date, side), held.total - getattr(held, side))
        if seats:
            left, own = give_up(held, seats, side), Split(**{side: seats})
            seat(row, held.without(left).and_also(own))
            count(date, left, -1)
            count(date, own, 1)
            moved.append(row)
    return moved


def _own_room(date: ActivityDate, side: str) -> int:
    room: int = getattr(date, f"kept_{side}") - getattr(date, f"taken_{side}")
    return room


def _seated(date: ActivityDate) -> QuerySet[Participation]:
    everybody = Participation.objects.filter(date=date)
    held = everybody.exclude(seats_local=0, seats_newcomer=0, seats_open=0)
    return held.order_by("signed_up_at", "pk")
