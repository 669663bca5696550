"""The values that components show. Views build them; templates hand them to a tag."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

MOST_DOTS = 12
Words = str | Promise


@dataclass(frozen=True)
class Step:
    """One step of a way: ``state`` is done, current or upcoming."""

    label: Words
    state: str = "upcoming"


@dataclass(frozen=True)
class Task:
    """One page of long work: ``state`` is untouched, incomplete or complete."""

    label: Words
    href: str
    state: str = "untouched"
    hint: Words = ""


@dataclass(frozen=True)
class Table:
    """Rows under a head; the first cell of a row names it. Cells may be safe HTML."""

    caption: Words
    head: Sequence[Words]
    rows: Sequence[Sequence[Any]]

    def labelled_rows(self) -> Iterator[list[tuple[Words, Any]]]:
        """Yield each row as pairs of column head and cell, for narrow screens."""
        for row in self.rows:
            yield list(zip(self.head, row, strict=True))


@dataclass(frozen=True)
class MapDot:
    """A municipality on the map, with the number of occasions that ``href`` lists.

    ``boundary`` is a GeoJSON Polygon or MultiPolygon, where the outlines are imported.
    """

    label: str
    href: str
    latitude: float
    longitude: float
    count: int = 0
    boundary: dict[str, Any] | None = None


@dataclass(frozen=True)
class SeatRow:
    """One row of dots: so many filled, so many in all."""

    taken: int
    capacity: int

    def dots(self) -> list[bool]:
        """Return one value per dot; large numbers are scaled down and keep their proportion."""
        taken = max(0, min(self.taken, self.capacity))
        if self.capacity <= MOST_DOTS:
            return [number < taken for number in range(self.capacity)]
        scaled = round(taken * MOST_DOTS / self.capacity)
        if taken < self.capacity:
            scaled = min(scaled, MOST_DOTS - 1)
        return [number < max(scaled, 1 if taken else 0) for number in range(MOST_DOTS)]
