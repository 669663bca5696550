"""The draw: who of those who asked gets a seat, and in which order the others wait."""

import secrets
from collections import Counter
from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction

from miteinander.encounters.activities.enums import DateStatus, Giving, ParticipationStatus
from miteinander.encounters.activities.messages import DateDrawn
from miteinander.encounters.activities.models import ActivityDate, Participation
from miteinander.encounters.activities.services.seats.holding import (
    COUNTS,
    OWN_COUNTS,
    count,
    locked_date,
    pools_of,
    seat,
)
from miteinander.encounters.activities.services.seats.lots import drawn_order
from miteinander.encounters.activities.services.seats.queue import move_up, who_had_enough
from miteinander.foundation.audit import services as audit
from miteinander.foundation.core import bus, clock
from miteinander.foundation.core.permissions import Actor, require

REMEMBERED = timedelta(days=183)
MOST_LOTS = 5
SHORTEST = timedelta(hours=1)
SETTLED = ("status", "lots", "draw_rank", "waiting_since", *OWN_COUNTS)


def draw_at(date: ActivityDate) -> datetime:
    """Return when the seats of a date are drawn, at the latest an hour before the start."""
    return date.starts_at - max(timedelta(hours=date.activity.draw_hours), SHORTEST)


def lots_of(people: Collection[int], now: datetime) -> dict[int, int]:
    """Return how many lots each person has: one, and one for each draw without luck lately.

    Draws of the last half year since the last seat that was drawn count, up to five lots in all.
    Without luck is who is still waiting; who gave the seat back, let an offer pass or left the
    list was not turned away, and a date that was cancelled gave nobody a seat.
    """
    past = Participation.objects.filter(
        person_id__in=people, draw_rank__isnull=False, date__drawn_at__gt=now - REMEMBERED,
        date__status=DateStatus.SCHEDULED,
    ).order_by("date__drawn_at", "date_id")  # fmt: skip
    missed: Counter[int] = Counter()
    for person, status in past.values_list("person_id", "status"):
        if status == ParticipationStatus.SIGNED_UP:
            missed[person] = 0
        elif status == ParticipationStatus.WAITING:
            missed[person] += 1
    return {person: min(1 + missed[person], MOST_LOTS) for person in people}


@transaction.atomic
def draw_seats(*, actor: Actor, date_id: int) -> ActivityDate:
    """Give the seats of a date by lot; those without a seat wait in the drawn order.

    A date that was drawn stays as it is: a draw cannot be repeated, only checked. Whoever had
    enough seats this month is put behind the others. Publishes ``DateDrawn`` only, however many
    people asked: who has a ``draw_rank`` and a seat was lucky, who has one and waits was not.
    """
    require(actor, "activities.run_clock")
    date = locked_date(date_id)
    now = clock.now()
    is_open = not date.is_cancelled and not date.has_started(now)
    if date.activity.giving != Giving.DRAW or date.drawn_at is not None or not is_open:
        return date
    date.draw_seed, date.drawn_at = secrets.token_hex(16), now
    ranked = _ranked(date, now)
    _settle(date, ranked, now)
    date.save(update_fields=["draw_seed", "drawn_at", *COUNTS])
    Participation.objects.bulk_update(ranked, SETTLED, batch_size=200)
    audit.record(actor=actor, verb="activities.draw", obj=date, details={"applied": len(ranked)})
    bus.publish(DateDrawn(date_id=date.pk))
    move_up(date)
    return date


def _ranked(date: ActivityDate, now: datetime) -> list[Participation]:
    """Return who asked, in the drawn order, with rank and lots noted."""
    applied = Participation.objects.filter(date=date, status=ParticipationStatus.APPLIED)
    rows = {row.pk: row for row in applied.order_by("pk")}
    lots = lots_of({row.person_id for row in rows.values()}, now)
    order = drawn_order(date.draw_seed, {row.pk: lots[row.person_id] for row in rows.values()})
    for rank, key in enumerate(order, start=1):
        rows[key].draw_rank, rows[key].lots = rank, lots[rows[key].person_id]
    return [rows[key] for key in order]


def _settle(date: ActivityDate, ranked: list[Participation], now: datetime) -> None:
    """Give seats in the drawn order, as long as there are some; the caller saves."""
    later = who_had_enough(date, [row.person_id for row in ranked], now)
    for row in ranked:
        split = pools_of(date, now).place(row.side, row.party)
        if split is None or row.person_id in later:
            row.status, row.waiting_since = ParticipationStatus.WAITING, now
        else:
            row.status = ParticipationStatus.SIGNED_UP
            seat(row, split)
            count(date, split, 1)
