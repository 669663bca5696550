"""What the clock does with seats: it draws, ends offers, and offers what was released."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TypeVar

from django.db import transaction
from django.db.models import F, Q, QuerySet

from miteinander.encounters.activities.enums import DateStatus, Giving, ParticipationStatus
from miteinander.encounters.activities.models import ActivityDate, Participation
from miteinander.encounters.activities.services.seats.answers import lapse_offer
from miteinander.encounters.activities.services.seats.draw import (
    draw_at,
    draw_seats,
    draw_together,
)
from miteinander.encounters.activities.services.seats.holding import locked_date
from miteinander.encounters.activities.services.seats.proof import coming
from miteinander.encounters.activities.services.seats.queue import pass_on
from miteinander.foundation.core.permissions import Actor, require

TOGETHER = 25
T = TypeVar("T")


def turn_the_clock(*, actor: Actor, now: datetime) -> None:
    """Draw what is due, end offers whose time is over, and offer what was released meanwhile.

    One date that fails does not hold up the others.

    Raises:
        ExceptionGroup: some dates failed; all others are done.
    """
    require(actor, "activities.run_clock")
    failures = _draw(actor, _to_draw(now))
    failures += _each(_over(now), lambda key: lapse_offer(actor=actor, participation_id=key))
    failures += _each(_waited_for(now), _move_up)
    if failures:
        raise ExceptionGroup("The clock could not move all seats.", failures)


def _each(keys: Iterable[T], act: Callable[[T], object]) -> list[Exception]:
    """Act on each key, and return what went wrong."""
    failures = []
    for key in list(keys):
        try:
            act(key)
        except Exception as error:  # noqa: BLE001 (whatever it is, the other dates go on)
            failures.append(error)
    return failures


def _draw(actor: Actor, dates: list[ActivityDate]) -> list[Exception]:
    """Draw many dates at once; where that fails, and where a month has a limit, one by one."""
    alone = [date.pk for date in dates if date.activity.monthly_limit is not None]
    others = [date.pk for date in dates if date.activity.monthly_limit is None]
    for begin in range(0, len(others), TOGETHER):
        some = others[begin : begin + TOGETHER]
        if _each([some], lambda keys: draw_together(actor=actor, date_ids=keys)):
            alone += some
    return _each(alone, lambda key: draw_seats(actor=actor, date_id=key))


def _to_draw(now: datetime) -> list[ActivityDate]:
    undrawn = coming(now).filter(activity__giving=Giving.DRAW, drawn_at__isnull=True)
    rows = undrawn.select_related("activity").order_by("starts_at", "pk")
    return [date for date in rows if draw_at(date) <= now]


def _over(now: datetime) -> QuerySet[Participation, int]:
    """Offers that have ended; on cancelled dates nothing moves any more."""
    over = Participation.objects.filter(
        Q(offered_until__lte=now) | Q(date__starts_at__lte=now),
        status=ParticipationStatus.OFFERED, date__status=DateStatus.SCHEDULED,
    )  # fmt: skip
    return over.order_by("offered_until", "pk").values_list("pk", flat=True)


def _waited_for(now: datetime) -> QuerySet[ActivityDate, int]:
    """Coming dates with somebody who waits and a free seat."""
    found = coming(now).filter(
        participations__status=ParticipationStatus.WAITING, seats_taken__lt=F("capacity")
    )
    return found.distinct().order_by("pk").values_list("pk", flat=True)


@transaction.atomic
def _move_up(date_id: int) -> None:
    pass_on(locked_date(date_id))
