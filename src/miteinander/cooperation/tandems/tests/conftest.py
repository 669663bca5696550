"""Fixtures for tests of tandems."""

import pytest

from miteinander.community.organisations.tests.factories import CoordinatorRoleFactory
from miteinander.community.people.models import Person
from miteinander.community.regions.models import Region
from miteinander.community.regions.tests.factories import DistrictFactory, RegionFactory


@pytest.fixture
def town() -> Region:
    """A municipality of a district."""
    place: Region = RegionFactory.create(parent=DistrictFactory.create())
    return place


@pytest.fixture
def coordinator(town: Region) -> Person:
    """Who coordinates the district of the town."""
    person: Person = CoordinatorRoleFactory.create(region=town.parent).person
    return person
