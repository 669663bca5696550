"""Put those who may be asked in an order that is fair and can be told.

Who helped least lately comes first; a long way counts like time spent, and who knows the topic
is preferred by an hour. Nothing about the person enters: no age, no gender, no origin, no answers.
"""

from collections.abc import Iterable
from typing import NamedTuple

MINUTES_PER_KM = 3
UNKNOWN_WAY_KM = 20.0
TOPIC_MINUTES = 60


class Standing(NamedTuple):
    """What counts for one candidate: time given lately, the way there, the topic before."""

    key: int
    minutes_lately: int = 0
    distance_km: float | None = None
    knows_topic: bool = False

    @property
    def cost(self) -> int:
        """What it costs to ask this candidate, in minutes; lower is better."""
        way = UNKNOWN_WAY_KM if self.distance_km is None else self.distance_km
        bonus = TOPIC_MINUTES if self.knows_topic else 0
        return self.minutes_lately + round(way * MINUTES_PER_KM) - bonus


def ranked(standings: Iterable[Standing]) -> list[Standing]:
    """Sort by cost, best first; among equals the older key first, so that it never jumps."""
    return sorted(standings, key=lambda row: (row.cost, row.key))
