"""The proof by the clock that every promise about seats is kept. Names nobody."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from miteinander.encounters.activities.enums import (
    HOLDING,
    DateStatus,
    Giving,
    ParticipationStatus,
)
from miteinander.encounters.activities.models import ActivityDate, Participation
from miteinander.encounters.activities.services.seats.draw import draw_at
from miteinander.encounters.activities.services.seats.pools import kept
from miteinander.encounters.activities.services.seats.queue import eligible, gives_by_itself

PATIENCE = timedelta(hours=1)
POOLS = ("local", "newcomer", "open")


@dataclass(frozen=True, order=True)
class BrokenPromise:
    """A date whose seats are not as they must be, and what is wrong.

    ``counts``: they are not the sum of the seats people hold. ``party``: somebody holds other
    seats than the party needs. ``oversold``: in total or for a side. ``shares``: not so many kept
    as the mix says. ``idle``: a seat is free that somebody who waits may have. ``late``: a draw
    or the end of an offer is overdue, so the clock stands still.
    """

    date_id: int
    problem: str


def coming(now: datetime) -> QuerySet[ActivityDate]:
    """Every date that takes place and has not begun."""
    return ActivityDate.objects.filter(status=DateStatus.SCHEDULED, starts_at__gt=now)


def broken_promises(*, now: datetime) -> list[BrokenPromise]:
    """Look at every coming date and say what does not add up; an empty list is the proof."""
    kinds = {
        "counts": _miscounted(now),
        "oversold": _oversold(now),
        "party": _misfitting(now),
        "shares": _misshared(now),
        "idle": _idle(now),
        "late": _late(now),
    }
    return sorted(BrokenPromise(key, kind) for kind, keys in kinds.items() for key in set(keys))


def _keys(dates: QuerySet[ActivityDate]) -> QuerySet[ActivityDate, int]:
    return dates.order_by("pk").values_list("pk", flat=True)


def _miscounted(now: datetime) -> QuerySet[ActivityDate, int]:
    """Compare the counts on the dates with the sums of the seats people hold."""
    sums = {f"held_{pool}": Coalesce(Sum(f"participations__seats_{pool}"), 0) for pool in POOLS}
    wrong = (
        ~Q(held_local=F("taken_local"))
        | ~Q(held_newcomer=F("taken_newcomer"))
        | ~Q(seats_taken=F("held_local") + F("held_newcomer") + F("held_open"))
    )
    return _keys(coming(now).annotate(**sums).filter(wrong))


def _oversold(now: datetime) -> QuerySet[ActivityDate, int]:
    """Find what the constraints forbid, should they be missing."""
    open_taken = F("seats_taken") - F("taken_local") - F("taken_newcomer")
    wrong = (
        Q(seats_taken__gt=F("capacity"))
        | Q(taken_local__gt=F("kept_local"))
        | Q(taken_newcomer__gt=F("kept_newcomer"))
        | Q(capacity__lt=F("kept_local") + F("kept_newcomer") + open_taken)
    )
    return _keys(coming(now).filter(wrong))


def _misfitting(now: datetime) -> QuerySet[Participation, int]:
    """Find people with a seat too many or too few: none while they only wait."""
    seats = F("seats_local") + F("seats_newcomer") + F("seats_open")
    rows = Participation.objects.filter(date__in=coming(now)).annotate(
        seats=seats, needed=1 + F("companions") + F("children")
    )
    wrong = (Q(status__in=HOLDING) & ~Q(seats=F("needed"))) | (
        ~Q(status__in=HOLDING) & Q(seats__gt=0)
    )
    return rows.filter(wrong).order_by("date_id").values_list("date_id", flat=True)


def _misshared(now: datetime) -> Iterator[int]:
    """Find dates that keep other shares than their occasion says."""
    rows = coming(now).values_list(
        "pk", "capacity", "activity__local_share", "activity__newcomer_share", "kept_local",
        "kept_newcomer",
    )  # fmt: skip
    for key, capacity, local, newcomer, *are_kept in rows.order_by("pk"):
        if kept(capacity, local, newcomer) != tuple(are_kept):
            yield key


def _idle(now: datetime) -> Iterator[int]:
    """Find dates with a free seat that somebody who waits could have."""
    suspects = coming(now).filter(
        participations__status=ParticipationStatus.WAITING, seats_taken__lt=F("capacity")
    )
    for date in suspects.select_related("activity").order_by("pk").distinct():
        if gives_by_itself(date, now) and any(True for _ in eligible(date, now)):
            yield date.pk


def _late(now: datetime) -> Iterator[int]:
    """Find draws and ends of offers that should have been long ago."""
    long_ago = now - PATIENCE
    offered = Q(
        participations__status=ParticipationStatus.OFFERED,
        participations__offered_until__lte=long_ago,
    )
    yield from _keys(coming(now).filter(offered))
    applied = Q(
        participations__status=ParticipationStatus.APPLIED,
        participations__signed_up_at__lte=long_ago,
    )
    undrawn = coming(now).filter(applied, activity__giving=Giving.DRAW, drawn_at__isnull=True)
    for date in undrawn.select_related("activity").order_by("pk").distinct():
        if draw_at(date) <= long_ago:
            yield date.pk
