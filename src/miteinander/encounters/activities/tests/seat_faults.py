"""Faults to plant on purpose: a proof that finds none of them would prove nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from miteinander.encounters.activities.models import ActivityDate, Participation
from miteinander.encounters.activities.services.seats import queue
from miteinander.encounters.activities.services.seats.pools import Pools, Split

PLACE = Pools.place


def _any_pool(self: Pools, _side: str, party: int) -> Split | None:
    return PLACE(Pools(self.local, self.newcomer, self.open, is_released=True), "local", party)


def _one_seat(self: Pools, side: str, _party: int) -> Split | None:
    return PLACE(self, side, 1)


def _nobody(*_args: Any) -> list[Participation]:
    return []


FAULTS: dict[str, tuple[object, str, object]] = {
    "nobody moves up": (queue, "move_up", _nobody),
    "the sides are not looked at": (Pools, "place", _any_pool),
    "a party gets one seat": (Pools, "place", _one_seat),
    "sides keep open seats": (queue, "come_home", lambda _date: None),
    "the limit is forgotten": (queue, "who_had_enough", lambda *_args: set()),
    "the longest waits on": (queue, "IN_TURN", ("-waiting_since", "-pk")),
    "closed is not looked at": (ActivityDate, "is_closed", False),
    "offers stay for ever": (
        queue, "offer_deadline", lambda _now, starts_at: starts_at.replace(year=starts_at.year + 1),
    ),
}  # fmt: skip


@contextmanager
def planted(fault: str) -> Iterator[None]:
    """Take a part out while this runs; an empty word leaves all as it is."""
    if not fault:
        yield
        return
    place, name, other = FAULTS[fault]
    with mock.patch.object(place, name, other):
        yield
