"""Entering and changing venues."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from miteinander.community.organisations.tests.factories import (
    MembershipFactory,
    OrganisationFactory,
)
from miteinander.community.people.tests.factories import PersonFactory
from miteinander.community.regions.tests.factories import RegionFactory
from miteinander.encounters.spaces import services
from miteinander.encounters.spaces.enums import Access
from miteinander.encounters.spaces.models import Venue
from miteinander.encounters.spaces.tests.factories import VenueFactory
from miteinander.foundation.audit.models import AuditEntry

pytestmark = pytest.mark.django_db


def facts(**changes: object) -> services.VenueFacts:
    values: dict[str, object] = {
        "name": "Altes Rathaus",
        "municipality_id": RegionFactory.create().pk,
        "street": "Markt 1",
        "postcode": "34369",
        "step_free": Access.YES,
    }
    return services.VenueFacts(**(values | changes))  # type: ignore[arg-type]


def test_a_member_enters_a_place_and_the_record_knows() -> None:
    membership = MembershipFactory.create()

    venue = services.add_venue(
        actor=membership.person, organisation_id=membership.organisation_id, facts=facts()
    )

    assert venue.organisation_id == membership.organisation_id
    assert venue.step_free == Access.YES
    assert venue.accessible_toilet == Access.UNKNOWN
    assert AuditEntry.objects.filter(verb="spaces.add", object_id=venue.pk).count() == 1


def test_the_same_place_entered_twice_is_one_row() -> None:
    membership = MembershipFactory.create()
    same = facts()

    first = services.add_venue(
        actor=membership.person, organisation_id=membership.organisation_id, facts=same
    )
    second = services.add_venue(
        actor=membership.person, organisation_id=membership.organisation_id, facts=same
    )

    assert first == second
    assert Venue.objects.count() == 1


@pytest.mark.parametrize("name", ["", "x" * 121])
def test_a_place_needs_a_name_that_fits(name: str) -> None:
    membership = MembershipFactory.create()

    with pytest.raises(ValidationError):
        services.add_venue(
            actor=membership.person,
            organisation_id=membership.organisation_id,
            facts=facts(name=name),
        )

    assert not Venue.objects.exists()


def test_a_stranger_enters_no_place() -> None:
    organisation = OrganisationFactory.create()

    with pytest.raises(PermissionDenied):
        services.add_venue(
            actor=PersonFactory.create(), organisation_id=organisation.pk, facts=facts()
        )

    assert not Venue.objects.exists()


def test_a_member_changes_what_is_known_of_access() -> None:
    venue = VenueFactory.create()
    member = MembershipFactory.create(organisation=venue.organisation).person

    services.change_venue(actor=member, venue_id=venue.pk, changes={"step_free": Access.NO})

    venue.refresh_from_db()
    assert venue.step_free == Access.NO
    assert AuditEntry.objects.get(verb="spaces.change").details == {"fields": ["step_free"]}


def test_the_same_facts_again_leave_no_record() -> None:
    venue = VenueFactory.create()
    member = MembershipFactory.create(organisation=venue.organisation).person

    services.change_venue(actor=member, venue_id=venue.pk, changes={"name": venue.name})

    assert not AuditEntry.objects.filter(verb="spaces.change").exists()


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"organisation_id": 1}, ValidationError),
        ({"step_free": "perhaps"}, ValidationError),
        ({"name": ""}, ValidationError),
    ],
)
def test_what_does_not_fit_is_refused(changes: dict[str, object], error: type[Exception]) -> None:
    venue = VenueFactory.create()
    member = MembershipFactory.create(organisation=venue.organisation).person

    with pytest.raises(error):
        services.change_venue(actor=member, venue_id=venue.pk, changes=changes)

    fresh = Venue.objects.get(pk=venue.pk)
    assert (fresh.name, fresh.step_free, fresh.organisation_id) == (
        venue.name, Access.UNKNOWN, venue.organisation_id,
    )  # fmt: skip


def test_a_member_of_another_organisation_changes_nothing() -> None:
    venue = VenueFactory.create()
    stranger = MembershipFactory.create().person

    with pytest.raises(PermissionDenied):
        services.change_venue(actor=stranger, venue_id=venue.pk, changes={"name": "Mine"})

    assert Venue.objects.get(pk=venue.pk).name == venue.name
