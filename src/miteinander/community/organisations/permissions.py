"""Who may do what with organisations, and for whom a coordinator's role holds."""

from django.db.models import Exists, OuterRef, Q

from miteinander.community.organisations.enums import MembershipRole, OrganisationStatus
from miteinander.community.organisations.models import (
    CoordinatorRole,
    Membership,
    Organisation,
)
from miteinander.community.people.permissions import is_administrator, is_person, is_system
from miteinander.foundation.core.permissions import Actor, rule


def _scopes_covering(organisation: Organisation) -> Q:
    return (
        Q(region__isnull=True, organisation__isnull=True)
        | Q(organisation_id=organisation.pk)
        | Q(region_id=organisation.municipality_id)
        | Q(region__municipalities=organisation.municipality_id)
    )


def is_coordinator(actor: Actor) -> bool:
    """Somebody who coordinates anywhere at all."""
    return is_administrator(actor) or (
        is_person(actor) and CoordinatorRole.objects.filter(person_id=actor.pk).exists()
    )


def coordinates(actor: Actor, organisation: Organisation) -> bool:
    """A coordinator whose role holds for the organisation, its region, or everywhere."""
    return (
        is_system(actor)
        or is_administrator(actor)
        or (
            is_person(actor)
            and CoordinatorRole.objects.filter(
                _scopes_covering(organisation), person_id=actor.pk
            ).exists()
        )
    )


def coordinated_by(actor: Actor) -> Q:
    """The set twin of :func:`coordinates`."""
    if is_system(actor) or is_administrator(actor):
        return Q()
    if not is_person(actor):
        return Q(pk__in=[])
    covering = CoordinatorRole.objects.filter(
        Q(region__isnull=True, organisation__isnull=True)
        | Q(organisation_id=OuterRef("pk"))
        | Q(region_id=OuterRef("municipality_id"))
        | Q(region__municipalities=OuterRef("municipality_id")),
        person_id=actor.pk,
    )
    return Q(Exists(covering))


def is_member(actor: Actor, organisation: Organisation) -> bool:
    """Somebody who acts for the organisation."""
    return (
        is_person(actor)
        and Membership.objects.filter(person_id=actor.pk, organisation_id=organisation.pk).exists()
    )


def is_manager(actor: Actor, organisation: Organisation) -> bool:
    """A member who also manages the members."""
    return (
        is_person(actor)
        and Membership.objects.filter(
            person_id=actor.pk, organisation_id=organisation.pk, role=MembershipRole.MANAGER
        ).exists()
    )


@rule("organisations.view")
def can_view(actor: Actor, organisation: Organisation) -> bool:
    """Anyone sees an organisation that takes part; else its members and coordinators."""
    return (
        organisation.status == OrganisationStatus.ACTIVE
        or is_member(actor, organisation)
        or coordinates(actor, organisation)
    )


def visible_to(actor: Actor) -> Q:
    """The set twin of :func:`can_view`."""
    seen = Q(status=OrganisationStatus.ACTIVE) | coordinated_by(actor)
    if is_person(actor):
        seen |= Q(pk__in=Membership.objects.filter(person_id=actor.pk).values("organisation_id"))
    return Q() if is_system(actor) or is_administrator(actor) else seen


@rule("organisations.plan")
def can_plan(actor: Actor, organisation: Organisation) -> bool:
    """Its members plan occasions for an organisation, and coordinators do on its behalf."""
    may = is_member(actor, organisation) or coordinates(actor, organisation)
    return may and organisation.status != OrganisationStatus.HIDDEN


def plannable_by(actor: Actor) -> Q:
    """The set twin of :func:`can_plan`."""
    mine = coordinated_by(actor)
    if is_person(actor) and not is_administrator(actor):
        mine |= Q(pk__in=Membership.objects.filter(person_id=actor.pk).values("organisation_id"))
    return mine & ~Q(status=OrganisationStatus.HIDDEN)


@rule("organisations.change")
def can_change(actor: Actor, organisation: Organisation) -> bool:
    """Its managers change what an organisation says of itself, and coordinators may."""
    return is_manager(actor, organisation) or coordinates(actor, organisation)


@rule("organisations.manage_members")
def can_manage_members(actor: Actor, organisation: Organisation) -> bool:
    """Its managers invite and remove members, and coordinators may."""
    return can_change(actor, organisation)


@rule("organisations.coordinate")
def can_coordinate(actor: Actor, organisation: Organisation) -> bool:
    """Coordinators whose role holds for it approve and hide."""
    return coordinates(actor, organisation)


@rule("organisations.invite")
def can_invite(actor: Actor, region: object) -> bool:
    """Coordinators of a region, or of everywhere, invite organisations there."""
    if is_system(actor) or is_administrator(actor):
        return True
    return (
        is_person(actor)
        and CoordinatorRole.objects.filter(
            Q(region__isnull=True) | Q(region=region) | Q(region__municipalities=region),
            organisation__isnull=True,
            person_id=actor.pk,
        ).exists()
    )


def regions_inviting_for(actor: Actor) -> Q:
    """The set twin of :func:`can_invite`, over regions."""
    if is_system(actor) or is_administrator(actor):
        return Q()
    if not is_person(actor):
        return Q(pk__in=[])
    covering = CoordinatorRole.objects.filter(
        Q(region__isnull=True)
        | Q(region_id=OuterRef("pk"))
        | Q(region__municipalities=OuterRef("pk")),
        organisation__isnull=True,
        person_id=actor.pk,
    )
    return Q(Exists(covering))


@rule("organisations.grant_roles")
def can_grant_roles(actor: Actor, _obj: object = None) -> bool:
    """Administrators say who coordinates."""
    return is_system(actor) or is_administrator(actor)


@rule("organisations.remove_member")
def can_remove_member(actor: Actor, membership: Membership) -> bool:
    """Whoever manages the members removes one, and you may leave yourself."""
    is_own = is_person(actor) and membership.person_id == actor.pk
    return is_own or can_manage_members(actor, membership.organisation)


@rule("organisations.accept_invitation")
def can_accept_invitation(actor: Actor, _obj: object = None) -> bool:
    """Anybody who has signed in and holds the link accepts an invitation."""
    return is_person(actor)


@rule("organisations.enter")
def can_enter(actor: Actor, _obj: object = None) -> bool:
    """Imports and the demo write down organisations without an invitation."""
    return is_system(actor)


@rule("organisations.add_member")
def can_add_member(actor: Actor, _organisation: Organisation) -> bool:
    """Imports and the demo add members without an invitation."""
    return is_system(actor)


@rule("organisations.forget")
def can_forget(actor: Actor, _obj: object = None) -> bool:
    """Only the platform itself deletes what is past its time or was asked to be forgotten."""
    return is_system(actor)


@rule("organisations.coordination")
def can_open_coordination(actor: Actor, _obj: object = None) -> bool:
    """Coordinators and administrators see what happens in their area."""
    return is_coordinator(actor)


@rule("organisations.invite_anywhere")
def can_invite_anywhere(actor: Actor, _obj: object = None) -> bool:
    """Coordinators of some region, or of everywhere, may invite an organisation at all."""
    return is_administrator(actor) or (
        is_person(actor)
        and CoordinatorRole.objects.filter(person_id=actor.pk, organisation=None).exists()
    )
