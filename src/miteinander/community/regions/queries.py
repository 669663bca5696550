"""Reads of places: municipalities, and what is near."""

from collections.abc import Sequence
from functools import partial
from math import asin, cos, radians, sin, sqrt

from django.db.models import QuerySet

from miteinander.community.regions.enums import RegionKind
from miteinander.community.regions.models import Region
from miteinander.foundation.ui.components import MapDot

EARTH_RADIUS_KM = 6371.0


def regions() -> QuerySet[Region]:
    """Every place with what lists need and without the large boundaries."""
    return Region.objects.select_related("parent").defer("boundary", "parent__boundary")


def municipalities() -> QuerySet[Region]:
    """Municipalities in the order of their names; areas without inhabitants are left out."""
    return regions().filter(kind=RegionKind.MUNICIPALITY).order_by("name", "pk")


def mapped_municipalities() -> QuerySet[Region]:
    """Municipalities with their boundaries, for a map."""
    return Region.objects.filter(
        kind=RegionKind.MUNICIPALITY, latitude__isnull=False, longitude__isnull=False
    ).order_by("name", "pk")


def public_regions() -> QuerySet[Region]:
    """Places that have a page: districts and municipalities."""
    return Region.objects.select_related("parent").exclude(kind=RegionKind.UNINCORPORATED)


def distance_km(one: Region, other: Region) -> float | None:
    """Return the distance as the crow flies between two centres, None where one is unknown."""
    points = (one.latitude, one.longitude, other.latitude, other.longitude)
    if None in points:
        return None
    phi, lam, psi, mu = (radians(value) for value in points if value is not None)
    half = sin((psi - phi) / 2) ** 2 + cos(phi) * cos(psi) * sin((mu - lam) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(half))


def within(region: Region, km: float) -> list[int]:
    """List the keys of places whose centre is at most ``km`` away, the region itself first."""
    reached = [region.pk]
    for other in (
        Region.objects.exclude(pk=region.pk)
        .exclude(kind=RegionKind.DISTRICT)
        .only("latitude", "longitude")
    ):
        distance = distance_km(region, other)
        if distance is not None and distance <= km:
            reached.append(other.pk)
    return reached


def nearest(region: Region, *, among: Sequence[Region], count: int = 6) -> list[Region]:
    """Pick the places of ``among`` nearest to ``region``, nearest first, itself left out."""
    away = partial(distance_km, region)
    known = [other for other in among if other.pk != region.pk and away(other) is not None]
    return sorted(known, key=lambda other: (away(other) or 0.0, other.pk))[:count]


def dots(places: Sequence[Region]) -> list[MapDot]:
    """Turn places into the dots of a map that leads to their pages."""
    return [
        MapDot(
            label=place.name,
            href=place.get_absolute_url(),
            latitude=place.latitude,
            longitude=place.longitude,
            boundary=place.boundary,
        )
        for place in places
        if place.latitude is not None and place.longitude is not None
    ]
