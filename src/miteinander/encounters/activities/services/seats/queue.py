"""The waiting list: whose turn it is, and offers. No seat is idle while somebody waits."""

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta

from django.db.models import Count, F, QuerySet

from miteinander.encounters.activities.enums import (
    HOLDING,
    DateStatus,
    Giving,
    ParticipationStatus,
    Presence,
)
from miteinander.encounters.activities.messages import SeatOffered
from miteinander.encounters.activities.models import ActivityDate, Participation
from miteinander.encounters.activities.services.seats.deadlines import offer_deadline
from miteinander.encounters.activities.services.seats.holding import (
    OWN_COUNTS,
    hold,
    pools_of,
    seats_for,
)
from miteinander.encounters.activities.services.seats.shares import come_home
from miteinander.foundation.core import bus, clock

LIMIT_LIFTS = timedelta(hours=24)
IN_TURN = ("waiting_since", F("draw_rank").asc(nulls_last=True), "pk")


def waiting_of(date: ActivityDate) -> QuerySet[Participation]:
    """Everybody on the waiting list of a date, the longest first."""
    waiting = Participation.objects.filter(date=date, status=ParticipationStatus.WAITING)
    return waiting.order_by(*IN_TURN)


def is_before_draw(date: ActivityDate) -> bool:
    """Whether the seats of this date are still to be drawn."""
    return date.activity.giving == Giving.DRAW and date.drawn_at is None


def who_had_enough(date: ActivityDate, people: Collection[int], now: datetime) -> set[int]:
    """Return after whom others go first: they have had their seats of this occasion this month.

    The limit lifts 24 hours before the start, so that no seat stays empty for it.
    """
    limit = date.activity.monthly_limit
    if limit is None or not people or now >= date.starts_at - LIMIT_LIFTS:
        return set()
    first, last = clock.month_of(date.starts_at)
    held = Participation.objects.filter(
        person_id__in=people, date__activity_id=date.activity_id, status__in=HOLDING,
        date__status=DateStatus.SCHEDULED, date__starts_at__gte=first, date__starts_at__lt=last,
    )  # fmt: skip
    others = held.exclude(date=date).exclude(presence=Presence.ABSENT)
    counted = others.order_by().values("person_id").annotate(seats=Count("pk"))
    return set(counted.filter(seats__gte=limit).values_list("person_id", flat=True))


def has_had_enough(date: ActivityDate, person_id: int, now: datetime) -> bool:
    """Whether others go first: this person has had the seats of a month already."""
    return bool(who_had_enough(date, [person_id], now))


def eligible(date: ActivityDate, now: datetime) -> Iterator[Participation]:
    """Yield whoever waits and may have a seat now, the longest waiting first.

    The seats of the date are looked at anew after each, as the one before may have taken some.
    A party for which there is too little room lets the next ones pass.
    """
    if date.seats_left <= 0:
        return
    waiting = list(waiting_of(date))
    later = who_had_enough(date, [row.person_id for row in waiting], now)
    for row in waiting:
        has_room = pools_of(date, now).place(row.side, row.party) is not None
        if has_room and row.person_id not in later:
            yield row


def gives_by_itself(date: ActivityDate, now: datetime) -> bool:
    """Whether free seats go to those who wait without anybody's doing."""
    is_closed = date.is_cancelled or date.is_closed or date.has_started(now)
    return not (is_closed or is_before_draw(date) or date.activity.has_offers_by_hand)


def move_up(date: ActivityDate) -> list[Participation]:
    """Offer free seats of a held date to those who wait, in turn; return who got an offer.

    Does nothing for dates that are over, closed or still to be drawn, and where the organiser
    offers seats by hand. Called after whatever may have freed a seat, and by the clock.
    """
    now = clock.now()
    if not gives_by_itself(date, now):
        return []
    return [offer(date, waiting) for waiting in eligible(date, now)]


def pass_on(date: ActivityDate) -> list[Participation]:
    """Give freed seats of a held date to those who wait, each side its own first."""
    come_home(date)
    return move_up(date)


def offer(date: ActivityDate, waiting: Participation) -> Participation:
    """Keep seats of a held date for somebody who waits, until the deadline.

    Publishes ``SeatOffered``.

    Raises:
        AllSeatsTaken: no seat is free for them.
    """
    now = clock.now()
    hold(date, waiting, seats_for(date, waiting, now))
    waiting.status = ParticipationStatus.OFFERED
    waiting.offered_until = offer_deadline(now, date.starts_at)
    waiting.save(update_fields=["status", "offered_until", *OWN_COUNTS])
    bus.publish(SeatOffered(participation_id=waiting.pk))
    return waiting
