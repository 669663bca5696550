"""Rules and their set twins say the same for every role and state."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from miteinander.community.organisations import permissions
from miteinander.community.organisations.enums import OrganisationStatus
from miteinander.community.organisations.models import Organisation
from miteinander.community.organisations.tests.factories import (
    CoordinatorRoleFactory,
    ManagerFactory,
    MembershipFactory,
    OrganisationFactory,
)
from miteinander.community.people.tests.factories import (
    AdministratorFactory,
    GuestFactory,
    PersonFactory,
)
from miteinander.community.regions.models import Region
from miteinander.community.regions.tests.factories import DistrictFactory, RegionFactory
from miteinander.foundation.core.permissions import Actor, SystemActor

Role = Callable[[Organisation], Actor]

ROLES: dict[str, Role] = {
    "anonymous": lambda _: AnonymousUser(),
    "system": lambda _: SystemActor(),
    "guest": lambda _: GuestFactory.create(),
    "participant": lambda _: PersonFactory.create(),
    "member": lambda org: MembershipFactory.create(organisation=org).person,
    "manager": lambda org: ManagerFactory.create(organisation=org).person,
    "member elsewhere": lambda _: MembershipFactory.create().person,
    "coordinator everywhere": lambda _: CoordinatorRoleFactory.create().person,
    "coordinator of region": lambda org: (
        CoordinatorRoleFactory.create(region=org.municipality).person
    ),
    "coordinator of district": lambda org: (
        CoordinatorRoleFactory.create(region=org.municipality.parent).person
    ),
    "coordinator of organisation": lambda org: (
        CoordinatorRoleFactory.create(organisation=org).person
    ),
    "coordinator elsewhere": lambda _: (
        CoordinatorRoleFactory.create(
            region=RegionFactory.create(parent=DistrictFactory.create())
        ).person
    ),
    "administrator": lambda _: AdministratorFactory.create(),
    "deactivated administrator": lambda _: AdministratorFactory.create(is_active=False),
    "deactivated coordinator": lambda _: (
        CoordinatorRoleFactory.create(person=PersonFactory.create(is_active=False)).person
    ),
}
TWINS: list[tuple[Callable[[Actor, Organisation], bool], Callable[[Actor], Q]]] = [
    (permissions.coordinates, permissions.coordinated_by),
    (permissions.can_view, permissions.visible_to),
    (permissions.can_plan, permissions.plannable_by),
]
COORDINATING = {
    "system", "administrator", "coordinator everywhere", "coordinator of region",
    "coordinator of district", "coordinator of organisation",
}  # fmt: skip


def _organisation(status: str) -> Organisation:
    region = RegionFactory.create(parent=DistrictFactory.create())
    return OrganisationFactory.create(municipality=region, status=status)


class TwinTests(TestCase):
    @settings(max_examples=60, deadline=None)
    @given(
        role=st.sampled_from(sorted(ROLES)),
        status=st.sampled_from(OrganisationStatus.values),
        others=st.lists(st.sampled_from(OrganisationStatus.values), max_size=2),
    )
    def test_each_rule_and_its_set_agree(self, role: str, status: str, others: list[str]) -> None:
        organisation = _organisation(status)
        for other in others:
            _organisation(other)
        actor = ROLES[role](organisation)
        for rule, twin in TWINS:
            allowed = set(Organisation.objects.filter(twin(actor)).values_list("pk", flat=True))
            for each in Organisation.objects.select_related("municipality"):
                assert rule(actor, each) == (each.pk in allowed), (role, rule.__name__)

    @settings(max_examples=20, deadline=None)
    @given(role=st.sampled_from(sorted(ROLES)))
    def test_the_rule_for_inviting_and_its_set_agree(self, role: str) -> None:
        actor = ROLES[role](_organisation(OrganisationStatus.ACTIVE))
        twin = permissions.regions_inviting_for(actor)
        allowed = set(Region.objects.filter(twin).values_list("pk", flat=True))
        for region in Region.objects.all():
            assert permissions.can_invite(actor, region) == (region.pk in allowed)


@pytest.mark.django_db
@pytest.mark.parametrize("role", sorted(ROLES))
@pytest.mark.parametrize("status", OrganisationStatus.values)
def test_who_may_what(role: str, status: str) -> None:
    organisation = _organisation(status)
    actor = ROLES[role](organisation)
    coordinates = role in COORDINATING
    inside = coordinates or role in {"member", "manager"}
    assert permissions.coordinates(actor, organisation) == coordinates
    assert permissions.can_view(actor, organisation) == (status == "active" or inside)
    assert permissions.can_plan(actor, organisation) == (inside and status != "hidden")
    assert permissions.can_change(actor, organisation) == (coordinates or role == "manager")
    assert permissions.can_grant_roles(actor, None) == (role in {"system", "administrator"})
    assert permissions.can_coordinate(actor, organisation) == coordinates


@pytest.mark.django_db
@pytest.mark.parametrize("role", sorted(ROLES))
def test_who_opens_the_coordination_pages(role: str) -> None:
    actor = ROLES[role](_organisation(OrganisationStatus.ACTIVE))
    coordinates = role.startswith("coordinator") or role == "administrator"
    assert permissions.can_open_coordination(actor, None) == coordinates
    invites = coordinates and role != "coordinator of organisation"
    assert permissions.can_invite_anywhere(actor, None) == invites
