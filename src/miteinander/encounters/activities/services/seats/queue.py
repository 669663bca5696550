"""The waiting list: whose turn it is, and offers. No seat is idle while somebody waits."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import QuerySet

from miteinander.encounters.activities.enums import HOLDING, Giving, ParticipationStatus, Presence
from miteinander.encounters.activities.messages import SeatOffered
from miteinander.encounters.activities.models import ActivityDate, Participation
from miteinander.encounters.activities.services.seats.deadlines import offer_deadline
from miteinander.encounters.activities.services.seats.holding import OWN_COUNTS, hold, pools_of
from miteinander.foundation.core import bus, clock

LIMIT_LIFTS = timedelta(hours=24)
IN_TURN = ("waiting_since", "draw_rank", "pk")


def waiting_of(date: ActivityDate) -> QuerySet[Participation]:
    """Everybody on the waiting list of a date, the longest first."""
    waiting = Participation.objects.filter(date=date, status=ParticipationStatus.WAITING)
    return waiting.order_by(*IN_TURN)


def is_before_draw(date: ActivityDate) -> bool:
    """Whether the seats of this date are still to be drawn."""
    return date.activity.giving == Giving.DRAW and date.drawn_at is None


def has_had_enough(date: ActivityDate, person_id: int, now: datetime) -> bool:
    """Whether others go first: this person has as many seats in this month as the occasion gives.

    The limit lifts 24 hours before the start, so that no seat stays empty for it.
    """
    limit = date.activity.monthly_limit
    if limit is None or now >= date.starts_at - LIMIT_LIFTS:
        return False
    first, last = clock.month_of(date.starts_at)
    held = Participation.objects.filter(
        person_id=person_id, date__activity_id=date.activity_id, status__in=HOLDING,
        date__starts_at__gte=first, date__starts_at__lt=last,
    )  # fmt: skip
    return held.exclude(date=date).exclude(presence=Presence.ABSENT).count() >= limit


def in_turn(date: ActivityDate, now: datetime) -> Iterator[Participation]:
    """Yield whoever may have a seat now, the longest waiting first.

    The seats of the date are looked at anew after each, as the one before may have taken some.
    A party for which there is too little room lets the next ones pass.
    """
    for waiting in waiting_of(date).select_for_update(of=("self",)):
        if date.seats_left <= 0:
            return
        has_room = pools_of(date, now).place(waiting.side, waiting.party) is not None
        if has_room and not has_had_enough(date, waiting.person_id, now):
            yield waiting


def move_up(date: ActivityDate) -> list[Participation]:
    """Offer free seats of a held date to those who wait, in turn; return who got an offer.

    Does nothing for dates that are over or still to be drawn, and where the organiser offers
    seats by hand. Called after whatever may have freed a seat, and by the clock.
    """
    now = clock.now()
    is_closed = date.is_cancelled or date.has_started(now)
    if is_closed or is_before_draw(date) or date.activity.has_offers_by_hand:
        return []
    return [offer(date, waiting) for waiting in in_turn(date, now)]


def offer(date: ActivityDate, waiting: Participation) -> Participation:
    """Keep seats of a held date for somebody who waits, until the deadline.

    The caller made sure that there is room. Publishes ``SeatOffered``.
    """
    now = clock.now()
    split = pools_of(date, now).place(waiting.side, waiting.party)
    assert split is not None  # noqa: S101 (the caller looked, and holds the date)
    hold(date, waiting, split)
    waiting.status = ParticipationStatus.OFFERED
    waiting.offered_until = offer_deadline(now, date.starts_at)
    waiting.save(update_fields=["status", "offered_until", *OWN_COUNTS])
    bus.publish(SeatOffered(participation_id=waiting.pk))
    return waiting
