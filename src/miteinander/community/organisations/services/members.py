"""Members: invited by mail, joined by a secret link, removed; one manager always stays."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from miteinander.community.organisations.enums import MembershipRole, OrganisationStatus
from miteinander.community.organisations.messages import MemberInvited, OrganisationChanged
from miteinander.community.organisations.models import (
    CoordinatorRole,
    Invitation,
    Membership,
    Organisation,
)
from miteinander.community.organisations.queries import hash_of, open_invitations
from miteinander.foundation.audit.services import record
from miteinander.foundation.core import bus, clock
from miteinander.foundation.core.permissions import Actor, require
from miteinander.foundation.core.privacy import kept_for

VALID_FOR = timedelta(days=14)


class InvitationExpired(Exception):
    """The link is unknown, was used already, or is older than 14 days."""


@dataclass(frozen=True)
class Invitee:
    """Who is invited, to which role, and the language of the mail."""

    email: str
    role: str
    language: str


def invite(actor: Actor, organisation: Organisation, invitee: Invitee) -> Invitation:
    """Write an invitation and publish ``MemberInvited``; the caller has checked who may."""
    address = invitee.email.strip().lower()
    validate_email(address)
    if organisation.memberships.filter(person__email=address).exists():
        raise ValidationError(_("This person is a member already."), code="member")
    token = secrets.token_urlsafe(32)
    organisation.invitations.filter(email__iexact=address, accepted_at=None).delete()
    invitation = Invitation(
        organisation=organisation,
        invited_by_id=actor.pk,
        email=address,
        role=invitee.role,
        language=invitee.language,
        token_hash=hash_of(token),
        expires_at=clock.now() + VALID_FOR,
    )
    invitation.clean_fields(exclude=["accepted_at", "invited_by"])
    invitation.save(force_insert=True)
    record(
        actor=actor, verb="organisations.invite_member", obj=organisation, label=organisation.name,
        details={"invitation": invitation.pk, "role": invitee.role},
    )  # fmt: skip
    bus.publish(MemberInvited(invitation_id=invitation.pk, token=token))
    return invitation


def _locked(organisation_id: int) -> Organisation:
    return Organisation.objects.select_for_update().get(pk=organisation_id)


@transaction.atomic
def invite_member(*, actor: Actor, organisation_id: int, invitee: Invitee) -> Invitation:
    """Invite somebody by mail to act for an organisation; an older open link stops working.

    Publishes ``MemberInvited`` with the only copy of the secret.

    Raises:
        ValidationError: the address is not valid, or a member's already (code ``member``).
    """
    organisation = _locked(organisation_id)
    require(actor, "organisations.manage_members", organisation)
    return invite(actor, organisation, invitee)


@transaction.atomic
def add_member(*, actor: Actor, organisation_id: int, person_id: int, role: str) -> Membership:
    """Make a person a member without an invitation: for imports and the demo, by the system."""
    organisation = _locked(organisation_id)
    require(actor, "organisations.add_member", organisation)
    membership = Membership(organisation=organisation, person_id=person_id, role=role)
    membership.full_clean()
    membership.save(force_insert=True)
    record(
        actor=actor, verb="organisations.add_member", obj=organisation, label=organisation.name,
        details={"person": person_id, "role": role},
    )  # fmt: skip
    _bring_to_life(organisation)
    return membership


@transaction.atomic
def withdraw_invitation(*, actor: Actor, invitation_id: int) -> None:
    """Delete an open invitation, so that its link stops working."""
    invitation = Invitation.objects.get(pk=invitation_id, accepted_at__isnull=True)
    organisation = _locked(invitation.organisation_id)
    require(actor, "organisations.manage_members", organisation)
    record(
        actor=actor, verb="organisations.withdraw_invitation", obj=organisation,
        label=organisation.name, details={"invitation": invitation.pk},
    )  # fmt: skip
    invitation.delete()


@transaction.atomic
def accept_invitation(*, actor: Actor, token: str) -> Membership:
    """Make ``actor`` a member; holding the link is the proof, whatever the signed-in address.

    The first to accept brings an invited organisation to life and publishes that. The address
    is forgotten: from now on the membership says who it was.

    Raises:
        InvitationExpired: the link is unknown, used, or too old.
    """
    require(actor, "organisations.accept_invitation")
    open_now = open_invitations(clock.now()).filter(token_hash=hash_of(token))
    organisation = (
        Organisation.objects.select_for_update()
        .filter(pk__in=open_now.values("organisation_id"))
        .first()
    )
    # The second look, behind the lock, lets a link that two people press at once work for one.
    invitation = open_now.first()
    if organisation is None or invitation is None:
        raise InvitationExpired
    invitation.accepted_at, invitation.email = clock.now(), ""
    invitation.save(update_fields=["accepted_at", "email"])
    membership, is_new = Membership.objects.get_or_create(
        organisation=organisation, person_id=actor.pk, defaults={"role": invitation.role}
    )
    if not is_new and invitation.role == MembershipRole.MANAGER:
        membership.role = MembershipRole.MANAGER
        membership.save(update_fields=["role"])
    record(
        actor=actor, verb="organisations.accept_invitation", obj=organisation,
        label=organisation.name, details={"invitation": invitation.pk, "role": membership.role},
    )  # fmt: skip
    _bring_to_life(organisation)
    return membership


def _bring_to_life(organisation: Organisation) -> None:
    if organisation.status == OrganisationStatus.INVITED:
        organisation.status = OrganisationStatus.ACTIVE
        organisation.save(update_fields=["status"])
        bus.publish(OrganisationChanged(organisation_id=organisation.pk))


def _keep_one_manager(membership: Membership) -> None:
    managers = membership.organisation.memberships.filter(role=MembershipRole.MANAGER)
    is_last = not managers.exclude(pk=membership.pk).exists()
    if membership.role == MembershipRole.MANAGER and is_last:
        raise ValidationError(
            _("This is the last manager. Make somebody else a manager first."),
            code="last_manager",
        )


def _locked_membership(membership_id: int) -> Membership:
    """Lock the organisation first, so that two managers cannot remove each other at once."""
    membership = Membership.objects.get(pk=membership_id)
    _locked(membership.organisation_id)
    return (
        Membership.objects.select_for_update(of=("self",))
        .select_related("organisation")
        .get(pk=membership_id)
    )


@transaction.atomic
def remove_member(*, actor: Actor, membership_id: int) -> None:
    """Let a member no longer act for the organisation; members may remove themselves.

    Raises:
        ValidationError: it is the last manager (code ``last_manager``).
    """
    membership = _locked_membership(membership_id)
    require(actor, "organisations.remove_member", membership)
    _keep_one_manager(membership)
    record(
        actor=actor, verb="organisations.remove_member", obj=membership.organisation,
        label=membership.organisation.name, details={"person": membership.person_id},
    )  # fmt: skip
    membership.delete()


@transaction.atomic
def change_role(*, actor: Actor, membership_id: int, role: str) -> Membership:
    """Give a member another role.

    Raises:
        ValidationError: it is the last manager (code ``last_manager``), or no role.
    """
    membership = _locked_membership(membership_id)
    require(actor, "organisations.manage_members", membership.organisation)
    if role != MembershipRole.MANAGER:
        _keep_one_manager(membership)
    membership.role = role
    membership.clean_fields()
    membership.save(update_fields=["role"])
    record(
        actor=actor, verb="organisations.change_role", obj=membership.organisation,
        label=membership.organisation.name,
        details={"person": membership.person_id, "role": role},
    )  # fmt: skip
    return membership


@transaction.atomic
def forget_old_invitations(*, actor: Actor, now: datetime) -> int:
    """Delete invitations older than ``organisations.invitations`` says; return how many."""
    require(actor, "organisations.forget")
    limit = now - kept_for("organisations.invitations")
    return Invitation.objects.filter(created_at__lt=limit).delete()[0]


@transaction.atomic
def forget_person(*, actor: Actor, person_id: int, email: str) -> None:
    """Delete what this app knows of a person: memberships, roles, invitations to the address."""
    require(actor, "organisations.forget")
    Membership.objects.filter(person_id=person_id).delete()
    CoordinatorRole.objects.filter(person_id=person_id).delete()
    if email:
        Invitation.objects.filter(email__iexact=email).delete()
