"""Places for tests."""

import factory
from factory.django import DjangoModelFactory

from miteinander.community.regions.enums import RegionKind
from miteinander.community.regions.models import Region


class DistrictFactory(DjangoModelFactory[Region]):
    """A district."""

    class Meta:
        model = Region

    ags = factory.Sequence(lambda n: f"{10000 + n:05d}")
    kind = RegionKind.DISTRICT
    name = factory.Sequence(lambda n: f"Landkreis {n}")
    slug = factory.Sequence(lambda n: f"landkreis-{n}")


class RegionFactory(DjangoModelFactory[Region]):
    """A municipality; give ``parent`` to put it into a district."""

    class Meta:
        model = Region

    ags = factory.Sequence(lambda n: f"{10000000 + n:08d}")
    kind = RegionKind.MUNICIPALITY
    name = factory.Sequence(lambda n: f"Gemeinde {n}")
    slug = factory.Sequence(lambda n: f"gemeinde-{n}")
    latitude = 51.25
    longitude = 9.41
