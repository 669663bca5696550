"""The draw: who of those who asked gets a seat, and in which order the others wait."""

import secrets
from collections import Counter, defaultdict
from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction

from miteinander.encounters.activities.enums import DateStatus, ParticipationStatus
from miteinander.encounters.activities.messages import DateDrawn
from miteinander.encounters.activities.models import ActivityDate, Participation
from miteinander.encounters.activities.services.seats.holding import (
    COUNTS,
    OWN_COUNTS,
    count,
    locked_dates,
    pools_of,
    seat,
)
from miteinander.encounters.activities.services.seats.lots import drawn_order
from miteinander.encounters.activities.services.seats.queue import (
    is_before_draw,
    move_up,
    who_had_enough,
)
from miteinander.encounters.activities.services.seats.rows import write_rows
from miteinander.foundation.audit import services as audit
from miteinander.foundation.core import bus, clock
from miteinander.foundation.core.permissions import Actor, require

REMEMBERED = timedelta(days=183)
MOST_LOTS = 5
SHORTEST = timedelta(hours=1)


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


def draw_seats(*, actor: Actor, date_id: int) -> ActivityDate:
    """Give the seats of a date by lot; those without a seat wait in the drawn order.

    A date that was drawn stays as it is: a draw cannot be repeated, only checked. Whoever had
    enough seats this month is put behind the others. Publishes ``DateDrawn`` only, however many
    people asked: who has a ``draw_rank`` and a seat was lucky, who has one and waits was not.
    """
    draw_together(actor=actor, date_ids=[date_id])
    return ActivityDate.objects.get(pk=date_id)


@transaction.atomic
def draw_together(*, actor: Actor, date_ids: Collection[int]) -> None:
    """Draw several dates in one transaction and a few statements; each as in :func:`draw_seats`.

    The lots are those from before all of them. Dates with a limit in a month come alone, because
    what one of them gives counts for the next.
    """
    require(actor, "activities.run_clock")
    now = clock.now()
    dates = [date for date in locked_dates(date_ids) if _is_to_draw(date, now)]
    applied = Participation.objects.filter(date__in=dates, status=ParticipationStatus.APPLIED)
    rows = list(applied.order_by("pk"))
    lots = lots_of({row.person_id for row in rows}, now)
    asked: defaultdict[int, list[Participation]] = defaultdict(list)
    for row in rows:
        row.lots = lots[row.person_id]
        asked[row.date_id].append(row)
    for date in dates:
        date.draw_seed, date.drawn_at = secrets.token_hex(16), now
        _settle(date, _ranked(date, asked[date.pk]), now)
    _write(dates, rows)
    for date in dates:
        details = {"applied": len(asked[date.pk])}
        audit.record(actor=actor, verb="activities.draw", obj=date, details=details)
        bus.publish(DateDrawn(date_id=date.pk))
        move_up(date)


def _is_to_draw(date: ActivityDate, now: datetime) -> bool:
    is_open = not date.is_cancelled and not date.has_started(now)
    return is_open and is_before_draw(date)


def _ranked(date: ActivityDate, applied: list[Participation]) -> list[Participation]:
    """Return who asked, in the drawn order, with the rank noted."""
    rows = {row.pk: row for row in applied}
    order = drawn_order(date.draw_seed, {row.pk: row.lots for row in applied})
    for rank, key in enumerate(order, start=1):
        rows[key].draw_rank = rank
    return [rows[key] for key in order]


def _settle(date: ActivityDate, ranked: list[Participation], now: datetime) -> None:
    """Give seats in the drawn order, as long as there are some."""
    later = who_had_enough(date, [row.person_id for row in ranked], now)
    for row in ranked:
        split = pools_of(date, now).place(row.side, row.party)
        if split is None or row.person_id in later:
            row.status, row.waiting_since = ParticipationStatus.WAITING, now
        else:
            row.status = ParticipationStatus.SIGNED_UP
            seat(row, split)
            count(date, split, 1)


def _write(dates: list[ActivityDate], rows: list[Participation]) -> None:
    write_rows(dates, ("draw_seed", *COUNTS), ("drawn_at",))
    for status in (ParticipationStatus.SIGNED_UP, ParticipationStatus.WAITING):
        alike = [row for row in rows if row.status == status]
        write_rows(alike, ("lots", "draw_rank", *OWN_COUNTS), ("status", "waiting_since"))
