"""Administrators say who coordinates and who runs the platform."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from miteinander.community.organisations import services
from miteinander.community.organisations.models import CoordinatorRole
from miteinander.community.organisations.tests.factories import (
    CoordinatorRoleFactory,
    OrganisationFactory,
)
from miteinander.community.people.models import Person
from miteinander.community.people.tests.factories import (
    AdministratorFactory,
    GuestFactory,
    PersonFactory,
)
from miteinander.community.regions.tests.factories import RegionFactory
from miteinander.foundation.audit.models import AuditEntry

pytestmark = pytest.mark.django_db


def test_an_administrator_grants_and_revokes_a_role() -> None:
    administrator, person = AdministratorFactory.create(), PersonFactory.create()
    region = RegionFactory.create()
    role = services.grant_role(
        actor=administrator, email=f" {person.email} ".upper(), region=region
    )
    assert (role.person, role.region, role.organisation) == (person, region, None)
    services.revoke_role(actor=administrator, role_id=role.pk)
    assert not CoordinatorRole.objects.exists()
    details = {"person": person.pk, "region": region.pk, "organisation": None}
    assert [entry.details for entry in AuditEntry.objects.all()] == [details] * 2


def test_a_coordinator_grants_and_revokes_nothing() -> None:
    role = CoordinatorRoleFactory.create()
    with pytest.raises(PermissionDenied):
        services.grant_role(actor=role.person, email=PersonFactory.create().email or "")
    with pytest.raises(PermissionDenied):
        services.revoke_role(actor=role.person, role_id=role.pk)
    with pytest.raises(PermissionDenied):
        services.make_administrator(actor=role.person, email=role.person.email or "")
    assert CoordinatorRole.objects.get() == role
    assert not Person.objects.filter(is_administrator=True).exists()


def test_a_role_goes_to_an_account_that_may_sign_in_only() -> None:
    administrator = AdministratorFactory.create()
    guest, disabled = GuestFactory.create(), PersonFactory.create(is_active=False)
    for email in (guest.email or "", disabled.email or "", "nobody@example.org"):
        with pytest.raises(ValidationError):
            services.grant_role(actor=administrator, email=email)
    assert not CoordinatorRole.objects.exists()


def test_the_same_role_is_not_given_twice_and_holds_for_one_thing() -> None:
    administrator = AdministratorFactory.create()
    role = CoordinatorRoleFactory.create()
    with pytest.raises(ValidationError):
        services.grant_role(actor=administrator, email=role.person.email or "")
    with pytest.raises(ValidationError):
        services.grant_role(
            actor=administrator,
            email=role.person.email or "",
            region=RegionFactory.create(),
            organisation=OrganisationFactory.create(),
        )
    assert CoordinatorRole.objects.count() == 1


def test_there_is_always_an_administrator_left() -> None:
    administrator, person = AdministratorFactory.create(), PersonFactory.create()
    with pytest.raises(ValidationError):
        services.unmake_administrator(actor=administrator, person_id=administrator.pk)
    services.make_administrator(actor=administrator, email=person.email or "")
    person.refresh_from_db()
    services.unmake_administrator(actor=person, person_id=administrator.pk)
    assert list(Person.objects.filter(is_administrator=True)) == [person]
