"""Organisations are invited, changed, hidden; each refusal leaves everything as it was."""

from collections.abc import Iterator
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from miteinander.community.organisations import services
from miteinander.community.organisations.enums import MembershipRole, OrganisationStatus
from miteinander.community.organisations.messages import MemberInvited, OrganisationChanged
from miteinander.community.organisations.models import (
    CoordinatorRole,
    Invitation,
    Membership,
    Organisation,
)
from miteinander.community.organisations.queries import hash_of
from miteinander.community.organisations.services import Invitee, OrganisationFacts
from miteinander.community.organisations.tests.factories import (
    CoordinatorRoleFactory,
    ManagerFactory,
    MembershipFactory,
    OrganisationFactory,
)
from miteinander.community.people.services import erase_person
from miteinander.community.people.tests.factories import (
    AdministratorFactory,
    GuestFactory,
    PersonFactory,
)
from miteinander.community.regions.tests.factories import RegionFactory
from miteinander.foundation.audit.models import AuditEntry
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import SystemActor

pytestmark = pytest.mark.django_db
NOBODY = Invitee("new@example.org", MembershipRole.MEMBER, "ar")


@pytest.fixture
def published() -> Iterator[list[object]]:
    told: list[object] = []
    with patch("miteinander.foundation.core.bus.publish", side_effect=told.append):
        yield told


def facts(**changes: object) -> OrganisationFacts:
    values: dict[str, object] = {"name": "Museum Gießen", "kind": "museum"}
    if "municipality_id" not in changes:
        values["municipality_id"] = RegionFactory.create().pk
    return OrganisationFacts(**{**values, **changes})  # type: ignore[arg-type]


def invited(published: list[object], role: str = MembershipRole.MEMBER) -> tuple[Organisation, str]:
    manager = ManagerFactory.create()
    services.invite_member(
        actor=manager.person,
        organisation_id=manager.organisation_id,
        invitee=Invitee("new@example.org", role, "de"),
    )
    message = published[-1]
    assert isinstance(message, MemberInvited)
    return manager.organisation, message.token


def test_a_coordinator_invites_an_organisation_and_its_manager(published: list[object]) -> None:
    coordinator = CoordinatorRoleFactory.create().person
    organisation = services.invite_organisation(
        actor=coordinator, facts=facts(), email=" New@Example.org ", language="fa"
    )
    invitation = Invitation.objects.get()
    assert organisation.status == OrganisationStatus.INVITED
    assert organisation.slug == "museum-giessen"
    assert (invitation.email, invitation.role) == ("new@example.org", MembershipRole.MANAGER)
    assert [type(message) for message in published] == [MemberInvited]
    verbs = set(AuditEntry.objects.values_list("verb", flat=True))
    assert verbs == {"organisations.invite", "organisations.invite_member"}


def test_a_coordinator_of_elsewhere_invites_nobody_and_nothing_changes() -> None:
    elsewhere = CoordinatorRoleFactory.create(region=RegionFactory.create()).person
    with pytest.raises(PermissionDenied):
        services.invite_organisation(
            actor=elsewhere, facts=facts(), email="new@example.org", language="de"
        )
    assert not Organisation.objects.exists()
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("broken", [{"email": "nobody"}, {"name": ""}, {"kind": "bank"}])
def test_a_wrong_fact_invites_nobody_and_nothing_changes(broken: dict[str, str]) -> None:
    coordinator = CoordinatorRoleFactory.create().person
    wrong = facts(**{key: value for key, value in broken.items() if key != "email"})
    with pytest.raises(ValidationError):
        services.invite_organisation(
            actor=coordinator,
            facts=wrong,
            email=broken.get("email", "new@example.org"),
            language="de",
        )
    assert not Organisation.objects.exists()


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Heimatverein", "heimatverein-2"),
        ("Größe & Öl", "groesse-oel"),
        ("جمعية", "organisation-2"),
        ("Roles", "roles-2"),
    ],
)
def test_a_slug_is_readable_and_unique_and_no_word_of_our_own(name: str, slug: str) -> None:
    OrganisationFactory.create(slug="heimatverein")
    entered = services.enter_organisation(actor=SystemActor(), facts=facts(name=name))
    assert entered.slug == slug


def test_a_manager_changes_the_facts_and_the_address_stays(published: list[object]) -> None:
    manager = ManagerFactory.create()
    organisation = manager.organisation
    slug = organisation.slug
    services.change_organisation(
        actor=manager.person,
        organisation_id=organisation.pk,
        facts=facts(name=" Neuer\nName ", municipality_id=organisation.municipality_id),
    )
    organisation.refresh_from_db()
    assert (organisation.name, organisation.slug) == ("Neuer Name", slug)
    assert published == [OrganisationChanged(organisation.pk)]


def test_a_plain_member_changes_no_fact() -> None:
    member = MembershipFactory.create()
    with pytest.raises(PermissionDenied):
        services.change_organisation(
            actor=member.person, organisation_id=member.organisation_id, facts=facts()
        )
    before = member.organisation.name
    assert Organisation.objects.get(pk=member.organisation_id).name == before


def test_a_manager_cannot_move_an_organisation_to_another_coordinator() -> None:
    manager = ManagerFactory.create()
    with pytest.raises(PermissionDenied):
        services.change_organisation(
            actor=manager.person, organisation_id=manager.organisation_id, facts=facts()
        )
    moved = Organisation.objects.exclude(municipality_id=manager.organisation.municipality_id)
    assert not moved.exists()


def test_a_description_is_written_in_its_language() -> None:
    manager = ManagerFactory.create()
    services.describe_organisation(
        actor=manager.person, organisation_id=manager.organisation_id, language="de", text="Hallo"
    )
    version = manager.organisation.versions.get()
    assert (version.language, version.parts) == ("de", {"description": "Hallo"})


def test_hiding_and_showing_again_are_told_and_recorded(published: list[object]) -> None:
    organisation = ManagerFactory.create().organisation
    coordinator = CoordinatorRoleFactory.create(region=organisation.municipality).person
    services.hide_organisation(actor=coordinator, organisation_id=organisation.pk)
    assert Organisation.objects.get().status == OrganisationStatus.HIDDEN
    services.show_organisation(actor=coordinator, organisation_id=organisation.pk)
    assert Organisation.objects.get().status == OrganisationStatus.ACTIVE
    assert published == [OrganisationChanged(organisation.pk)] * 2
    assert AuditEntry.objects.filter(actor=coordinator).count() == 2


def test_an_invited_organisation_shown_again_still_waits_for_its_first_member() -> None:
    organisation = OrganisationFactory.create(status=OrganisationStatus.HIDDEN)
    shown = services.show_organisation(actor=SystemActor(), organisation_id=organisation.pk)
    assert shown.status == OrganisationStatus.INVITED


@pytest.mark.parametrize("service", [services.hide_organisation, services.show_organisation])
def test_a_manager_neither_hides_nor_shows(service: object) -> None:
    manager = ManagerFactory.create()
    with pytest.raises(PermissionDenied):
        service(actor=manager.person, organisation_id=manager.organisation_id)  # type: ignore[operator]
    assert Organisation.objects.get().status == OrganisationStatus.ACTIVE


def test_hiding_twice_and_showing_the_visible_are_refused() -> None:
    organisation = OrganisationFactory.create()
    with pytest.raises(ValidationError):
        services.show_organisation(actor=SystemActor(), organisation_id=organisation.pk)
    services.hide_organisation(actor=SystemActor(), organisation_id=organisation.pk)
    with pytest.raises(ValidationError):
        services.hide_organisation(actor=SystemActor(), organisation_id=organisation.pk)
    assert AuditEntry.objects.count() == 1


def test_trust_is_given_once_by_a_coordinator() -> None:
    organisation = OrganisationFactory.create(trusted_since=None)
    with pytest.raises(PermissionDenied):
        services.trust_organisation(actor=PersonFactory.create(), organisation_id=organisation.pk)
    first = services.trust_organisation(actor=SystemActor(), organisation_id=organisation.pk)
    again = services.trust_organisation(actor=SystemActor(), organisation_id=organisation.pk)
    assert first.trusted_since == again.trusted_since is not None
    assert AuditEntry.objects.count() == 1


def test_only_the_platform_enters_organisations_and_members_without_invitation() -> None:
    administrator = AdministratorFactory.create()
    with pytest.raises(PermissionDenied):
        services.enter_organisation(actor=administrator, facts=facts())
    organisation = services.enter_organisation(actor=SystemActor(), facts=facts())
    with pytest.raises(PermissionDenied):
        services.add_member(
            actor=administrator,
            organisation_id=organisation.pk,
            person_id=administrator.pk,
            role=MembershipRole.MANAGER,
        )
    assert not Membership.objects.exists()
    services.add_member(
        actor=SystemActor(),
        organisation_id=organisation.pk,
        person_id=administrator.pk,
        role=MembershipRole.MANAGER,
    )
    assert Membership.objects.get().role == MembershipRole.MANAGER


def test_the_secret_of_an_invitation_is_stored_nowhere_here(published: list[object]) -> None:
    _organisation, token = invited(published)
    assert Invitation.objects.get().token_hash == hash_of(token)
    assert not AuditEntry.objects.filter(details__icontains=token).exists()


def test_inviting_again_makes_the_older_link_stop_working(published: list[object]) -> None:
    organisation, token = invited(published)
    manager = organisation.memberships.get().person
    services.invite_member(actor=manager, organisation_id=organisation.pk, invitee=NOBODY)
    with pytest.raises(services.InvitationExpired):
        services.accept_invitation(actor=PersonFactory.create(), token=token)
    assert Invitation.objects.count() == 1


def test_a_member_is_not_invited_again_and_a_stranger_invites_nobody() -> None:
    manager = ManagerFactory.create()
    again = Invitee(manager.person.email or "", MembershipRole.MEMBER, "de")
    with pytest.raises(ValidationError):
        services.invite_member(
            actor=manager.person, organisation_id=manager.organisation_id, invitee=again
        )
    for stranger in (MembershipFactory.create().person, PersonFactory.create()):
        with pytest.raises(PermissionDenied):
            services.invite_member(
                actor=stranger, organisation_id=manager.organisation_id, invitee=NOBODY
            )
    assert not Invitation.objects.exists()


def test_whoever_holds_the_link_becomes_a_member_and_the_address_is_forgotten(
    published: list[object],
) -> None:
    organisation, token = invited(published)
    other = PersonFactory.create(email="other@example.org")
    membership = services.accept_invitation(actor=other, token=token)
    assert (membership.organisation, membership.role) == (organisation, MembershipRole.MEMBER)
    assert Invitation.objects.get().email == ""
    entry = AuditEntry.objects.get(verb="organisations.accept_invitation")
    assert entry.actor == other


def test_the_first_to_accept_brings_the_organisation_to_life(published: list[object]) -> None:
    organisation, token = invited(published)
    Organisation.objects.update(status=OrganisationStatus.INVITED)
    services.accept_invitation(actor=PersonFactory.create(), token=token)
    organisation.refresh_from_db()
    assert organisation.status == OrganisationStatus.ACTIVE
    assert published[-1] == OrganisationChanged(organisation.pk)


def test_a_link_works_once_and_for_fourteen_days(published: list[object]) -> None:
    _organisation, token = invited(published)
    late = clock.now() + timedelta(days=14, minutes=1)
    with clock.held_at(late), pytest.raises(services.InvitationExpired):
        services.accept_invitation(actor=PersonFactory.create(), token=token)
    services.accept_invitation(actor=PersonFactory.create(), token=token)
    for wrong in (token, "", "unknown"):
        with pytest.raises(services.InvitationExpired):
            services.accept_invitation(actor=PersonFactory.create(), token=wrong)
    assert Membership.objects.count() == 2


def test_nobody_accepts_without_signing_in(published: list[object]) -> None:
    _organisation, token = invited(published)
    for nobody in (SystemActor(), GuestFactory.create(), PersonFactory.create(is_active=False)):
        with pytest.raises(PermissionDenied):
            services.accept_invitation(actor=nobody, token=token)
    assert Membership.objects.count() == 1


def test_a_member_invited_as_manager_becomes_one_but_a_manager_stays_one(
    published: list[object],
) -> None:
    organisation, token = invited(published, MembershipRole.MANAGER)
    member = MembershipFactory.create(organisation=organisation)
    services.accept_invitation(actor=member.person, token=token)
    member.refresh_from_db()
    assert member.role == MembershipRole.MANAGER


def test_a_withdrawn_invitation_no_longer_works(published: list[object]) -> None:
    organisation, token = invited(published)
    invitation = Invitation.objects.get()
    with pytest.raises(PermissionDenied):
        services.withdraw_invitation(actor=PersonFactory.create(), invitation_id=invitation.pk)
    manager = organisation.memberships.get().person
    services.withdraw_invitation(actor=manager, invitation_id=invitation.pk)
    with pytest.raises(services.InvitationExpired):
        services.accept_invitation(actor=PersonFactory.create(), token=token)


def test_the_last_manager_is_neither_removed_nor_made_a_member() -> None:
    manager = ManagerFactory.create()
    with pytest.raises(ValidationError) as removed:
        services.remove_member(actor=manager.person, membership_id=manager.pk)
    with pytest.raises(ValidationError) as changed:
        services.change_role(
            actor=manager.person, membership_id=manager.pk, role=MembershipRole.MEMBER
        )
    assert removed.value.code == changed.value.code == "last_manager"
    manager.refresh_from_db()
    assert manager.role == MembershipRole.MANAGER


def test_a_manager_removes_and_promotes_and_a_member_may_leave() -> None:
    manager = ManagerFactory.create()
    helper = MembershipFactory.create(organisation=manager.organisation)
    leaver = MembershipFactory.create(organisation=manager.organisation)
    services.change_role(actor=manager.person, membership_id=helper.pk, role=MembershipRole.MANAGER)
    services.remove_member(actor=leaver.person, membership_id=leaver.pk)
    services.remove_member(actor=helper.person, membership_id=manager.pk)
    assert list(Membership.objects.all()) == [helper]


def test_a_plain_member_removes_and_promotes_nobody() -> None:
    manager = ManagerFactory.create()
    member = MembershipFactory.create(organisation=manager.organisation)
    other = MembershipFactory.create(organisation=manager.organisation)
    with pytest.raises(PermissionDenied):
        services.remove_member(actor=member.person, membership_id=other.pk)
    with pytest.raises(PermissionDenied):
        services.change_role(
            actor=member.person, membership_id=member.pk, role=MembershipRole.MANAGER
        )
    assert Membership.objects.filter(role=MembershipRole.MEMBER).count() == 2


def test_old_invitations_are_deleted_by_the_platform_alone(published: list[object]) -> None:
    invited(published)
    late = clock.now() + timedelta(days=91)
    with pytest.raises(PermissionDenied):
        services.forget_old_invitations(actor=AdministratorFactory.create(), now=late)
    assert services.forget_old_invitations(actor=SystemActor(), now=clock.now()) == 0
    assert services.forget_old_invitations(actor=SystemActor(), now=late) == 1


def test_an_erased_person_is_no_member_no_coordinator_and_not_invited() -> None:
    member = MembershipFactory.create()
    CoordinatorRoleFactory.create(person=member.person)
    manager = ManagerFactory.create()
    services.invite_member(
        actor=manager.person,
        organisation_id=manager.organisation_id,
        invitee=Invitee(member.person.email or "", MembershipRole.MEMBER, "de"),
    )
    erase_person(actor=member.person, person_id=member.person_id)
    assert list(Membership.objects.all()) == [manager]
    assert not CoordinatorRole.objects.exists()
    assert not Invitation.objects.exists()
