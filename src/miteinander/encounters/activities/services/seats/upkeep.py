"""What the clock does with seats: draws, ends offers, offers released seats, and proves."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from miteinander.encounters.activities.enums import DateStatus, Giving, ParticipationStatus
from miteinander.encounters.activities.models import ActivityDate, Participation
from miteinander.encounters.activities.services.seats.answers import lapse_offer
from miteinander.encounters.activities.services.seats.draw import draw_at, draw_seats
from miteinander.encounters.activities.services.seats.holding import HELD, locked_date, pools_of
from miteinander.encounters.activities.services.seats.queue import (
    has_had_enough,
    is_before_draw,
    move_up,
    waiting_of,
)
from miteinander.foundation.core.permissions import Actor, require


@dataclass(frozen=True)
class BrokenPromise:
    """A date whose seats are not as they must be, and what is wrong; names nobody."""

    date_id: int
    problem: str


def coming(now: datetime) -> QuerySet[ActivityDate]:
    """Every date that takes place and has not begun."""
    return ActivityDate.objects.filter(status=DateStatus.SCHEDULED, starts_at__gt=now)


def turn_the_clock(*, actor: Actor, now: datetime) -> None:
    """Draw what is due, end offers whose time is over, and offer what was released meanwhile.

    Each date is a transaction of its own, so one that fails does not hold up the others.
    """
    require(actor, "activities.run_clock")
    to_draw = coming(now).filter(activity__giving=Giving.DRAW, drawn_at__isnull=True)
    for date in to_draw.select_related("activity").order_by("pk"):
        if draw_at(date) <= now:
            draw_seats(actor=actor, date_id=date.pk)
    over = Participation.objects.filter(status=ParticipationStatus.OFFERED, offered_until__lte=now)
    for key in list(over.order_by("offered_until", "pk").values_list("pk", flat=True)):
        lapse_offer(actor=actor, participation_id=key)
    waited_for = coming(now).filter(
        participations__status=ParticipationStatus.WAITING, seats_taken__lt=F("capacity")
    )
    for key in list(waited_for.distinct().order_by("pk").values_list("pk", flat=True)):
        _move_up(key)


@transaction.atomic
def _move_up(date_id: int) -> None:
    move_up(locked_date(date_id))


def broken_promises(*, now: datetime) -> list[BrokenPromise]:
    """Look at every coming date and say what does not add up; an empty list is the proof."""
    return [*_wrong_counts(now), *_idle_seats(now)]


def _wrong_counts(now: datetime) -> list[BrokenPromise]:
    """Compare the counts on the dates with the sums of the seats people hold."""
    sums = coming(now).annotate(
        held_local=Coalesce(Sum("participations__seats_local"), 0),
        held_newcomer=Coalesce(Sum("participations__seats_newcomer"), 0),
        held_open=Coalesce(Sum("participations__seats_open"), 0),
        without=Count(
            "participations",
            filter=Q(participations__status=ParticipationStatus.SIGNED_UP)
            & Q(
                participations__seats_local=0,
                participations__seats_newcomer=0,
                participations__seats_open=0,
            ),
        ),
    )
    wrong = sums.filter(
        ~Q(held_local=F("taken_local"))
        | ~Q(held_newcomer=F("taken_newcomer"))
        | ~Q(seats_taken=F("held_local") + F("held_newcomer") + F("held_open"))
        | Q(without__gt=0)
    )
    return [BrokenPromise(date.pk, "counts") for date in wrong.order_by("pk")]


def _idle_seats(now: datetime) -> list[BrokenPromise]:
    """Find dates with a free seat that somebody who waits could have."""
    suspects = HELD.model.objects.select_related("activity").filter(
        pk__in=coming(now).filter(
            participations__status=ParticipationStatus.WAITING, seats_taken__lt=F("capacity")
        )
    )
    found = []
    for date in suspects.order_by("pk"):
        if is_before_draw(date) or date.activity.has_offers_by_hand:
            continue
        pools = pools_of(date, now)
        if any(
            pools.place(row.side, row.party) is not None
            and not has_had_enough(date, row.person_id, now)
            for row in waiting_of(date)
        ):
            found.append(BrokenPromise(date.pk, "idle"))
    return found
