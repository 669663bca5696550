"""A map of the district drawn from figures: dots, names that do not collide, outlines if known."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from miteinander.foundation.ui.components import MapDot

WIDTH, HEIGHT, MARGIN = 360.0, 460.0, 30.0
FONT = 13.0  # as in occasions.css
GAP = 3.0
NARROW, BROAD = frozenset("fijlrtI -.,'"), frozenset("mwMW")


@dataclass(frozen=True)
class Box:
    """A rectangle of the drawing."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: "Box") -> bool:
        """Tell whether the two share any area."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def is_inside(self) -> bool:
        """Tell whether it lies within the drawing."""
        return self.left >= 0 and self.top >= 0 and self.right <= WIDTH and self.bottom <= HEIGHT


@dataclass(frozen=True)
class Placed:
    """A dot with its place in the drawing; ``name_box`` is empty where no room was left."""

    dot: MapDot
    x: float
    y: float
    radius: float
    name_box: Box | None = None
    outline: str = ""

    @property
    def name_x(self) -> float:
        """Middle of the name."""
        return (self.name_box.left + self.name_box.right) / 2 if self.name_box else self.x

    @property
    def name_y(self) -> float:
        """Base line of the name."""
        return self.name_box.bottom - FONT * 0.25 if self.name_box else self.y


@dataclass
class _Projection:
    """Degrees to the drawing; at this size the earth is flat."""

    points: Sequence[tuple[float, float]]
    scale: float = field(init=False)
    flat: float = field(init=False)

    def __post_init__(self) -> None:
        longitudes = [point[0] for point in self.points]
        latitudes = [point[1] for point in self.points]
        self.west, self.east = min(longitudes), max(longitudes)
        self.south, self.north = min(latitudes), max(latitudes)
        self.flat = math.cos(math.radians((self.south + self.north) / 2))
        wide = max((self.east - self.west) * self.flat, 1e-6)
        high = max(self.north - self.south, 1e-6)
        self.scale = min((WIDTH - 2 * MARGIN) / wide, (HEIGHT - 2 * MARGIN) / high)
        self.left = (WIDTH - wide * self.scale) / 2
        self.top = (HEIGHT - high * self.scale) / 2

    def place(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Return the place in the drawing, to a tenth of a unit."""
        x = self.left + (longitude - self.west) * self.flat * self.scale
        y = self.top + (self.north - latitude) * self.scale
        return round(x, 1), round(y, 1)


def _rings(dot: MapDot) -> Iterator[Sequence[Sequence[float]]]:
    shape = dot.boundary or {}
    if shape.get("type") == "Polygon":
        yield from shape["coordinates"]
    elif shape.get("type") == "MultiPolygon":
        for polygon in shape["coordinates"]:
            yield from polygon


def _outline(dot: MapDot, projection: _Projection) -> str:
    paths = []
    for ring in _rings(dot):
        places: list[tuple[float, float]] = []
        for point in ring:
            place = projection.place(point[0], point[1])
            if not places or math.dist(places[-1], place) >= 1:
                places.append(place)
        paths.append("M" + "L".join(f"{x:g} {y:g}" for x, y in places) + "z")
    return "".join(paths)


def radius_of(count: int) -> float:
    """Return the size of a dot: its area grows with the number."""
    return 5.0 if count <= 0 else min(8.0 + 2.6 * math.sqrt(count), 18.0)


def width_of(name: str) -> float:
    """Estimate how wide a name is drawn, rather too wide than too narrow."""
    em = sum(0.4 if char in NARROW else 0.95 if char in BROAD else 0.62 for char in name)
    return em * FONT + GAP


def _candidates(x: float, y: float, radius: float, name: str) -> Iterator[Box]:
    wide, high = width_of(name), FONT * 1.2
    for distance in (GAP, GAP + 6):
        reach = radius + distance
        yield Box(x - wide / 2, y + reach, x + wide / 2, y + reach + high)
        yield Box(x - wide / 2, y - reach - high, x + wide / 2, y - reach)
        yield Box(x + reach, y - high / 2, x + reach + wide, y + high / 2)
        yield Box(x - reach - wide, y - high / 2, x - reach, y + high / 2)
        yield Box(x + reach * 0.5, y + reach * 0.7, x + reach * 0.5 + wide, y + reach * 0.7 + high)
        yield Box(x - reach * 0.5 - wide, y + reach * 0.7, x - reach * 0.5, y + reach * 0.7 + high)
        yield Box(x + reach * 0.5, y - reach * 0.7 - high, x + reach * 0.5 + wide, y - reach * 0.7)
        yield Box(x - reach * 0.5 - wide, y - reach * 0.7 - high, x - reach * 0.5, y - reach * 0.7)


def _free(box: Box, taken: Iterable[Box]) -> bool:
    return box.is_inside() and not any(box.overlaps(other) for other in taken)


def place_dots(dots: Sequence[MapDot]) -> list[Placed]:
    """Place dots and names. The busiest places choose first; a name without room is left out.

    The list in words beside the map names every place, so nothing is lost.
    """
    if not dots:
        return []
    corners = [(dot.longitude, dot.latitude) for dot in dots]
    corners += [(point[0], point[1]) for dot in dots for ring in _rings(dot) for point in ring]
    projection = _Projection(corners)
    spots = [(dot, *projection.place(dot.longitude, dot.latitude)) for dot in dots]
    taken = [_around(x, y, radius_of(dot.count)) for dot, x, y in spots]
    placed = []
    for dot, x, y in sorted(spots, key=lambda one: (-one[0].count, one[0].label)):
        radius = radius_of(dot.count)
        box = next((one for one in _candidates(x, y, radius, dot.label) if _free(one, taken)), None)
        if box:
            taken.append(box)
        placed.append(Placed(dot, x, y, radius, box, _outline(dot, projection)))
    return sorted(placed, key=lambda one: one.dot.label)


def _around(x: float, y: float, radius: float) -> Box:
    return Box(x - radius, y - radius, x + radius, y + radius)
