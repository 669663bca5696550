"""Where somebody stands between asking for a seat and having one: for the person's own eyes."""

import math
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from miteinander.encounters.activities.enums import ParticipationStatus
from miteinander.encounters.activities.models import ActivityDate, Participation
from miteinander.encounters.activities.services.seats.draw import draw_at, lots_of
from miteinander.encounters.activities.services.seats.lots import number_of
from miteinander.encounters.activities.services.seats.queue import (
    IN_TURN,
    has_had_enough,
    waiting_of,
)


@dataclass(frozen=True)
class Standing:
    """What the owner of a seat, or of a wait for one, may know of it.

    ``position`` of ``waiting`` on the waiting list; ``is_behind`` when others go first because of
    the limit in a month. ``lots`` in a draw still to come, ``more_lots`` of them for bad luck.
    ``has_offer`` while an offer can be taken.
    """

    position: int = 0
    waiting: int = 0
    is_behind: bool = False
    draw_at: datetime | None = None
    lots: int = 0
    has_offer: bool = False

    @property
    def more_lots(self) -> int:
        """Lots beyond the one that everybody has."""
        return max(self.lots - 1, 0)


def has_offer(seat: Participation, now: datetime) -> bool:
    """Whether a seat is offered and can still be taken."""
    deadline = seat.offered_until
    return seat.status == ParticipationStatus.OFFERED and deadline is not None and deadline > now


def standing_of(seat: Participation, *, now: datetime) -> Standing:
    """Return where the owner of ``seat`` stands at ``now``; its date must be loaded."""
    date = seat.date
    if seat.status == ParticipationStatus.WAITING:
        keys = list(waiting_of(date).values_list("pk", flat=True))
        is_behind = has_had_enough(date, seat.person_id, now)
        return Standing(_place(keys, seat.pk), len(keys), is_behind)
    if seat.status == ParticipationStatus.APPLIED:
        lots = lots_of([seat.person_id], now)[seat.person_id]
        return Standing(draw_at=draw_at(date), lots=lots)
    return Standing(has_offer=has_offer(seat, now))


def standings_of(seats: Collection[Participation], *, now: datetime) -> dict[int, Standing]:
    """Return the standings of many seats by their keys, in one query."""
    waited_for = [seat.date_id for seat in seats if seat.status == ParticipationStatus.WAITING]
    queues: dict[int, list[int]] = {}
    waiting = Participation.objects.filter(
        date__in=waited_for, status=ParticipationStatus.WAITING
    ).order_by(*IN_TURN)
    for date_id, key in waiting.values_list("date_id", "pk"):
        queues.setdefault(date_id, []).append(key)
    return {seat.pk: _standing_in(queues, seat, now) for seat in seats}


def _standing_in(queues: dict[int, list[int]], seat: Participation, now: datetime) -> Standing:
    if seat.status == ParticipationStatus.WAITING:
        queue = queues.get(seat.date_id, [])
        return Standing(_place(queue, seat.pk), len(queue))
    if seat.status == ParticipationStatus.APPLIED:
        return Standing(draw_at=draw_at(seat.date))
    return Standing(has_offer=has_offer(seat, now))


def _place(queue: list[int], key: int) -> int:
    """Return the place in a queue from one on, nought for whoever just left it."""
    return queue.index(key) + 1 if key in queue else 0


@dataclass(frozen=True)
class DrawnLot:
    """How the place of one applicant came about, to be computed again by anybody."""

    rank: int
    applicants: int
    seats: int
    lots: int
    seed: str
    key: int
    number: float
    value: float


def drawn_lot(seat: Participation) -> DrawnLot | None:
    """Return the draw of ``seat``, none where nothing was drawn for it."""
    date: ActivityDate = seat.date
    if seat.draw_rank is None or not date.draw_seed:
        return None
    drawn = Participation.objects.filter(date=date, draw_rank__isnull=False)
    number = number_of(date.draw_seed, seat.pk)
    return DrawnLot(
        rank=seat.draw_rank,
        applicants=drawn.count(),
        seats=date.capacity,
        lots=seat.lots,
        seed=date.draw_seed,
        key=seat.pk,
        number=number,
        value=-math.log(number) / max(seat.lots, 1),
    )
