"""Makes organisations, members and coordinators for tests."""

from datetime import UTC, datetime

import factory
from factory.django import DjangoModelFactory

from miteinander.community.organisations.enums import (
    MembershipRole,
    OrganisationKind,
    OrganisationStatus,
)
from miteinander.community.organisations.models import (
    CoordinatorRole,
    Invitation,
    Membership,
    Organisation,
)
from miteinander.community.people.tests.factories import PersonFactory
from miteinander.community.regions.tests.factories import RegionFactory


class OrganisationFactory(DjangoModelFactory[Organisation]):
    """An organisation that takes part and whose first occasion was approved."""

    class Meta:
        model = Organisation

    municipality = factory.SubFactory(RegionFactory)
    name = factory.Sequence(lambda n: f"Heimatverein {n}")
    slug = factory.Sequence(lambda n: f"heimatverein-{n}")
    kind = OrganisationKind.CLUB
    status = OrganisationStatus.ACTIVE
    trusted_since = datetime(2026, 1, 1, tzinfo=UTC)


class MembershipFactory(DjangoModelFactory[Membership]):
    """Somebody who plans for an organisation."""

    class Meta:
        model = Membership

    organisation = factory.SubFactory(OrganisationFactory)
    person = factory.SubFactory(PersonFactory)
    role = MembershipRole.MEMBER


class ManagerFactory(MembershipFactory):
    """Somebody who also manages the members."""

    role = MembershipRole.MANAGER


class CoordinatorRoleFactory(DjangoModelFactory[CoordinatorRole]):
    """Somebody who coordinates everywhere; give a region or an organisation to narrow it."""

    class Meta:
        model = CoordinatorRole

    person = factory.SubFactory(PersonFactory)
    region = None
    organisation = None


class InvitationFactory(DjangoModelFactory[Invitation]):
    """An open invitation."""

    class Meta:
        model = Invitation

    organisation = factory.SubFactory(OrganisationFactory)
    invited_by = factory.SubFactory(PersonFactory)
    email = factory.Sequence(lambda n: f"invited{n}@example.org")
    token_hash = factory.Sequence(lambda n: f"{n:064d}")
    expires_at = datetime(2100, 1, 1, tzinfo=UTC)
