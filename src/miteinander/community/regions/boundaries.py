"""Reads official boundaries from GeoJSON, with the names of the BKG or in lower case.

Nothing is stored here and nothing is guessed: a file that is not sound is refused as a whole.
"""

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any, NoReturn

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from miteinander.community.regions.enums import RegionKind
from miteinander.foundation.core.text import one_line

MOST_BYTES = 20_000_000
MOST_FEATURES = 15_000
DECIMALS = 4
DISTRICT_DIGITS, MUNICIPALITY_DIGITS, LONG_KEY_DIGITS = 5, 8, 12
SHORTEST_RING = 4
LONGEST_NAME = 80
WATER = {"1", "2"}  # BKG attribute GF: parts of a municipality that are sea or lake

Ring = list[list[float]]
Polygons = list[list[Ring]]


class BrokenFile(ValidationError):
    """The file cannot be taken, and nothing of it was."""


@dataclass(frozen=True)
class RegionFacts:
    """What a source says of a region; None or empty means that it does not say."""

    ags: str
    kind: str
    name: str
    population: int | None = None
    postcodes: tuple[str, ...] = ()
    latitude: float | None = None
    longitude: float | None = None
    polygons: Polygons = field(default_factory=list)

    @property
    def boundary(self) -> dict[str, Any] | None:
        """The boundary as a GeoJSON geometry."""
        if not self.polygons:
            return None
        return {"type": "MultiPolygon", "coordinates": self.polygons}


def _refuse(message: str, code: str, **params: object) -> NoReturn:
    raise BrokenFile(message, code=code, params=params)


def read_regions(content: bytes) -> list[RegionFacts]:
    """Read every region of a GeoJSON file; several features of one key become one region.

    Raises:
        BrokenFile: with the reason and, where there is one, the place in the file.
    """
    found: dict[str, RegionFacts] = {}
    for number, feature in enumerate(_features(content), start=1):
        facts = _region(feature, number)
        if facts is None:
            continue
        known = found.get(facts.ags)
        if known and known.name != facts.name:
            _refuse(
                _("Feature %(number)s: the key %(key)s names two different places."),
                "bad_key", number=number, key=facts.ags,
            )  # fmt: skip
        if known:
            facts = replace(known, polygons=known.polygons + facts.polygons)
        found[facts.ags] = facts
    if not found:
        _refuse(_("The file holds no places."), "no_features")
    return [_with_centre(facts) for facts in found.values()]


def _features(content: bytes) -> list[Any]:
    if len(content) > MOST_BYTES:
        _refuse(
            _("The file is larger than %(limit)s MB."), "too_large", limit=MOST_BYTES // 1_000_000
        )
    try:
        document = json.loads(content)
    except (ValueError, RecursionError):
        _refuse(_("The file is not JSON."), "not_json")
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list) or not features:
        _refuse(_("The file holds no places."), "no_features")
    if len(features) > MOST_FEATURES:
        _refuse(_("The file holds more than %(limit)s places."), "too_many", limit=MOST_FEATURES)
    return features


def _region(feature: Any, number: int) -> RegionFacts | None:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(properties, dict):
        _refuse(_("Feature %(number)s has no attributes."), "no_attributes", number=number)
    values = {str(key).lower(): value for key, value in properties.items()}
    if str(values.get("gf", "")) in WATER:
        return None
    ags = _key(values, number)
    name = _name(values, ags)
    if not name or len(name) > LONGEST_NAME:
        _refuse(_("Feature %(number)s has no usable name."), "no_name", number=number)
    return RegionFacts(
        ags=ags,
        kind=_kind(ags, str(values.get("bez") or "")),
        name=name,
        population=_whole_number(values, ("ewz", "pop_vg250ew", "population")),
        postcodes=_postcodes(values),
        latitude=_degree(values, "centroid_lat", 90),
        longitude=_degree(values, "centroid_lon", 180),
        polygons=_polygons(feature.get("geometry"), number),
    )


def _name(values: Mapping[str, Any], ags: str) -> str:
    """Read the name; a district is called by its kind too, or it reads like its town."""
    name = one_line(str(values.get("gen") or values.get("name") or ""))
    label = one_line(str(values.get("bez") or ""))
    if len(ags) == DISTRICT_DIGITS and name and label not in name:
        return f"{label} {name}"
    return name


def _key(values: Mapping[str, Any], number: int) -> str:
    key = str(values.get("ags") or "").strip()
    long_key = str(values.get("ars") or "").strip()
    if not key and len(long_key) == LONG_KEY_DIGITS:
        key = long_key[:DISTRICT_DIGITS] + long_key[-3:]
    key = key or long_key
    digits = key.isascii() and key.isdecimal()
    if not digits or len(key) not in {DISTRICT_DIGITS, MUNICIPALITY_DIGITS}:
        _refuse(
            _(
                "Feature %(number)s: “%(key)s” is no official key."
                " It has 5 digits for a district and 8 for a municipality."
            ),
            "bad_key", number=number, key=key[:20],
        )  # fmt: skip
    return key


def _kind(ags: str, label: str) -> str:
    if len(ags) == DISTRICT_DIGITS:
        return RegionKind.DISTRICT
    return (
        RegionKind.UNINCORPORATED
        if label.lower().startswith("gemeindefrei")
        else RegionKind.MUNICIPALITY
    )


def _whole_number(values: Mapping[str, Any], names: Iterable[str]) -> int | None:
    for name in names:
        value = values.get(name)
        if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 10**9:
            return int(value)
    return None


def _postcodes(values: Mapping[str, Any]) -> tuple[str, ...]:
    text = str(values.get("plz") or "").replace(",", " ").replace(";", " ")
    return tuple(part for part in text.split() if part.isdecimal() and len(part) == 5)  # noqa: PLR2004


def _degree(values: Mapping[str, Any], name: str, limit: int) -> float | None:
    value: Any = values.get(name)
    return round(float(value), DECIMALS) if _is_degree(value, limit) else None


def _is_degree(value: Any, limit: int) -> bool:
    return (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and math.isfinite(value)
        and abs(value) <= limit
    )


def _polygons(geometry: Any, number: int) -> Polygons:
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in {"Polygon", "MultiPolygon"}:
        _refuse(_("Feature %(number)s has no area."), "no_area", number=number)
    coordinates = geometry.get("coordinates")
    parts = [coordinates] if kind == "Polygon" else coordinates
    if not isinstance(parts, list) or not parts:
        _refuse(_("Feature %(number)s has no area."), "no_area", number=number)
    return [_polygon(part, number) for part in parts]


def _polygon(rings: Any, number: int) -> list[Ring]:
    if not isinstance(rings, list) or not rings:
        _refuse(_("Feature %(number)s has no area."), "no_area", number=number)
    return [
        _wound(_ring(ring, number), is_outer=position == 0) for position, ring in enumerate(rings)
    ]


def _ring(points: Any, number: int) -> Ring:
    if not isinstance(points, list) or len(points) < SHORTEST_RING or points[0] != points[-1]:
        _refuse(
            _(
                "Feature %(number)s: a boundary is not closed."
                " Its last point must equal its first, and it needs four points."
            ),
            "bad_ring", number=number,
        )  # fmt: skip
    return [_point(point, number) for point in points]


def _point(point: Any, number: int) -> list[float]:
    if (
        not isinstance(point, list)
        or len(point) < 2  # noqa: PLR2004
        or not _is_degree(point[0], 180)
        or not _is_degree(point[1], 90)
    ):
        _refuse(
            _(
                "Feature %(number)s: a point is not given in degrees (WGS 84)."
                " Convert the file first, for example with: ogr2ogr -t_srs EPSG:4326"
            ),
            "bad_point", number=number,
        )  # fmt: skip
    return [round(float(point[0]), DECIMALS), round(float(point[1]), DECIMALS)]


def _doubled_area(ring: Ring) -> float:
    return sum(x * v - u * y for (x, y), (u, v) in pairwise(ring))


def _wound(ring: Ring, *, is_outer: bool) -> Ring:
    """Turn a ring as RFC 7946 wants it: the outer one counterclockwise, holes clockwise."""
    return ring if (_doubled_area(ring) >= 0) == is_outer else ring[::-1]


def _with_centre(facts: RegionFacts) -> RegionFacts:
    """Give a region without a stated centre the centroid of its largest part."""
    if facts.latitude is not None and facts.longitude is not None:
        return facts
    largest = max((polygon[0] for polygon in facts.polygons), key=_doubled_area)
    area = _doubled_area(largest)
    if area <= 0:
        return replace(facts, longitude=largest[0][0], latitude=largest[0][1])
    steps = [(x + u, y + v, x * v - u * y) for (x, y), (u, v) in pairwise(largest)]
    return replace(
        facts,
        longitude=round(sum(dx * cross for dx, _dy, cross in steps) / (3 * area), DECIMALS),
        latitude=round(sum(dy * cross for _dx, dy, cross in steps) / (3 * area), DECIMALS),
    )
