"""Lists of venues."""

import pytest
from pytest_django import DjangoAssertNumQueries

from miteinander.community.organisations.tests.factories import MembershipFactory
from miteinander.encounters.spaces.queries import venues_of
from miteinander.encounters.spaces.tests.factories import VenueFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("count", [1, 5])
def test_the_places_of_an_organisation_come_in_one_query(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    membership = MembershipFactory.create()
    VenueFactory.create_batch(count, organisation=membership.organisation)
    VenueFactory.create()

    with django_assert_num_queries(1):
        venues = list(venues_of(membership.person, membership.organisation_id))
        addresses = [venue.address for venue in venues]

    assert len(addresses) == count


def test_somebody_else_may_choose_none_of_them() -> None:
    venue = VenueFactory.create()

    assert not venues_of(MembershipFactory.create().person, venue.organisation_id).exists()
