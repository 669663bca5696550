"""Who may choose and change a venue: rule and set agree."""

import pytest
from django.contrib.auth.models import AnonymousUser

from miteinander.community.organisations.enums import OrganisationStatus
from miteinander.community.organisations.tests.factories import (
    CoordinatorRoleFactory,
    MembershipFactory,
)
from miteinander.community.people.tests.factories import AdministratorFactory, PersonFactory
from miteinander.encounters.spaces.models import Venue
from miteinander.encounters.spaces.permissions import can_add, can_change, changeable_by
from miteinander.encounters.spaces.tests.factories import VenueFactory
from miteinander.foundation.core.permissions import Actor, SystemActor

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("status", OrganisationStatus.values)
def test_rule_and_set_agree_for_every_role(status: str) -> None:
    venue = VenueFactory.create(organisation__status=status)
    actors: dict[str, Actor] = {
        "visitor": AnonymousUser(),
        "system": SystemActor(),
        "person": PersonFactory.create(),
        "administrator": AdministratorFactory.create(),
        "member": MembershipFactory.create(organisation=venue.organisation).person,
        "other member": MembershipFactory.create().person,
        "coordinator": CoordinatorRoleFactory.create(region=venue.municipality).person,
    }

    for role, actor in actors.items():
        in_set = Venue.objects.filter(changeable_by(actor), pk=venue.pk).exists()
        assert in_set == can_change(actor, venue), role
        assert can_change(actor, venue) == can_add(actor, venue.organisation), role
    allowed = {role for role, actor in actors.items() if can_change(actor, venue)}
    planners = {"system", "administrator", "member", "coordinator"}
    assert allowed == (set() if status == OrganisationStatus.HIDDEN else planners)
