"""Lists take a fixed number of queries and show what the actor may see."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType

from miteinander.community.organisations import queries, services
from miteinander.community.organisations.enums import MembershipRole, OrganisationStatus
from miteinander.community.organisations.models import Organisation
from miteinander.community.organisations.services import OrganisationFacts
from miteinander.community.organisations.tests.factories import (
    CoordinatorRoleFactory,
    ManagerFactory,
    MembershipFactory,
    OrganisationFactory,
)
from miteinander.community.people.tests.factories import AdministratorFactory, PersonFactory
from miteinander.community.regions.tests.factories import DistrictFactory, RegionFactory
from miteinander.foundation.core.permissions import SystemActor

pytestmark = pytest.mark.django_db
NumQueries = Callable[[int], object]


@pytest.fixture(autouse=True)
def _known_content_types() -> None:
    ContentType.objects.get_for_model(Organisation)


@pytest.mark.parametrize("size", [1, 5])
def test_the_public_list_takes_two_queries(
    size: int, django_assert_num_queries: NumQueries
) -> None:
    OrganisationFactory.create_batch(size)
    OrganisationFactory.create(status=OrganisationStatus.HIDDEN)
    with django_assert_num_queries(2):  # type: ignore[attr-defined]
        found = list(queries.active_organisations(actor=AnonymousUser()))
        assert len([row.municipality.name for row in found]) == size


@pytest.mark.parametrize("size", [1, 5])
def test_a_coordinators_list_takes_two_queries(
    size: int, django_assert_num_queries: NumQueries
) -> None:
    district = DistrictFactory.create()
    for _number in range(size):
        organisation = OrganisationFactory.create(
            municipality=RegionFactory.create(parent=district), status=OrganisationStatus.HIDDEN
        )
        MembershipFactory.create_batch(2, organisation=organisation)
    OrganisationFactory.create()
    actor = CoordinatorRoleFactory.create(region=district).person
    with django_assert_num_queries(2):  # type: ignore[attr-defined]
        rows = list(queries.coordinated_organisations(actor=actor))
        assert [vars(row)["member_count"] for row in rows] == [2] * size
        counts = {row.status: row.count for row in queries.organisation_counts(actor=actor)}
    assert counts == {"invited": 0, "active": 0, "hidden": size}


@pytest.mark.parametrize("size", [1, 5])
def test_members_take_one_query_and_managers_come_first(
    size: int, django_assert_num_queries: NumQueries
) -> None:
    organisation = OrganisationFactory.create()
    MembershipFactory.create_batch(size, organisation=organisation)
    ManagerFactory.create(organisation=organisation)
    with django_assert_num_queries(1):  # type: ignore[attr-defined]
        rows = [(row.role, row.person.name) for row in queries.members(organisation=organisation)]
    assert rows[0][0] == MembershipRole.MANAGER
    assert len(rows) == size + 1


def test_organisations_are_found_by_words_of_name_and_text_and_by_place() -> None:
    region = RegionFactory.create()
    organisation = services.enter_organisation(
        actor=SystemActor(),
        facts=OrganisationFacts(name="Kulturbrücke", kind="club", municipality_id=region.pk),
    )
    services.describe_organisation(
        actor=SystemActor(), organisation_id=organisation.pk, language="ar", text="نحن نطبخ معا"
    )
    OrganisationFactory.create()
    anybody = AnonymousUser()
    for query in ("kulturbruecke", "نطبخ"):
        assert list(queries.active_organisations(actor=anybody, query=query)) == [organisation]
    here = queries.active_organisations(actor=anybody, municipality=region.slug)
    assert list(here) == [organisation]
    assert not queries.active_organisations(actor=anybody, query="xyzzy")


def test_mail_goes_to_coordinators_and_else_to_administrators() -> None:
    organisation = OrganisationFactory.create()
    administrator = AdministratorFactory.create()
    CoordinatorRoleFactory.create(region=RegionFactory.create())
    assert list(queries.coordinators_of(organisation)) == [administrator]
    here = CoordinatorRoleFactory.create(region=organisation.municipality).person
    CoordinatorRoleFactory.create(person=PersonFactory.create(is_active=False))
    assert list(queries.coordinators_of(organisation)) == [here]


def test_a_coordinator_of_a_district_invites_in_its_municipalities_only() -> None:
    district = DistrictFactory.create()
    inside = RegionFactory.create(parent=district)
    RegionFactory.create()
    actor = CoordinatorRoleFactory.create(region=district).person
    assert list(queries.regions_to_invite_in(actor=actor)) == [inside]
