"""The life of an organisation: invited, changed, trusted, hidden, shown again."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from miteinander.community.organisations.enums import MembershipRole, OrganisationStatus
from miteinander.community.organisations.messages import OrganisationChanged
from miteinander.community.organisations.models import Organisation
from miteinander.community.organisations.services.members import Invitee, invite
from miteinander.community.organisations.slugs import free_slug
from miteinander.community.regions.models import Region
from miteinander.foundation.audit.services import record
from miteinander.foundation.content import services as content
from miteinander.foundation.core import bus, clock
from miteinander.foundation.core.permissions import Actor, require
from miteinander.foundation.core.text import one_line


@dataclass(frozen=True)
class OrganisationFacts:
    """What an organisation says of itself beside its description."""

    name: str
    kind: str
    municipality_id: int
    website: str = ""
    email: str = ""
    phone: str = ""


def locked(organisation_id: int) -> Organisation:
    """Fetch an organisation and keep others from changing it until the transaction ends."""
    return Organisation.objects.select_for_update().get(pk=organisation_id)


def _write(organisation: Organisation, facts: OrganisationFacts) -> None:
    organisation.name = one_line(facts.name)
    organisation.kind = facts.kind
    organisation.municipality = Region.objects.get(pk=facts.municipality_id)
    organisation.website, organisation.email = facts.website, facts.email
    organisation.phone = facts.phone
    organisation.clean_fields(exclude=["slug"])


def _index(organisation: Organisation) -> None:
    texts = [
        str(text) for version in organisation.versions.all() for text in version.parts.values()
    ]
    content.index(item=organisation, texts=[organisation.name, *texts])


def _changed(organisation: Organisation) -> None:
    bus.publish(OrganisationChanged(organisation_id=organisation.pk))


@transaction.atomic
def invite_organisation(
    *, actor: Actor, facts: OrganisationFacts, email: str, language: str
) -> Organisation:
    """Write down an organisation and invite whoever reads ``email`` to manage it.

    It takes part, visible to all, once somebody accepts. Publishes ``MemberInvited``.

    Raises:
        ValidationError: a fact or the address is not valid.
    """
    require(actor, "organisations.invite", Region.objects.get(pk=facts.municipality_id))
    organisation = Organisation(status=OrganisationStatus.INVITED)
    _write(organisation, facts)
    organisation.slug = free_slug(organisation.name)
    organisation.save(force_insert=True)
    _index(organisation)
    record(actor=actor, verb="organisations.invite", obj=organisation, label=organisation.name)
    invite(actor, organisation, Invitee(email, MembershipRole.MANAGER, language))
    return organisation


@transaction.atomic
def enter_organisation(*, actor: Actor, facts: OrganisationFacts) -> Organisation:
    """Write down an organisation that takes part at once: for imports and the demo, by the system.

    Raises:
        ValidationError: a fact is not valid.
    """
    require(actor, "organisations.enter")
    organisation = Organisation(status=OrganisationStatus.ACTIVE)
    _write(organisation, facts)
    organisation.slug = free_slug(organisation.name)
    organisation.save(force_insert=True)
    _index(organisation)
    record(actor=actor, verb="organisations.enter", obj=organisation, label=organisation.name)
    _changed(organisation)
    return organisation


@transaction.atomic
def change_organisation(
    *, actor: Actor, organisation_id: int, facts: OrganisationFacts
) -> Organisation:
    """Change what an organisation says of itself; its address stays. Publishes the change.

    Raises:
        ValidationError: a fact is not valid.
    """
    organisation = locked(organisation_id)
    require(actor, "organisations.change", organisation)
    if facts.municipality_id != organisation.municipality_id:
        # Moving would change who coordinates it, so only a coordinator of the new place may.
        require(actor, "organisations.invite", Region.objects.get(pk=facts.municipality_id))
    _write(organisation, facts)
    organisation.save(update_fields=["name", "kind", "municipality", "website", "email", "phone"])
    _index(organisation)
    record(actor=actor, verb="organisations.change", obj=organisation, label=organisation.name)
    _changed(organisation)
    return organisation


@transaction.atomic
def describe_organisation(
    *, actor: Actor, organisation_id: int, language: str, text: str
) -> Organisation:
    """Write the description of an organisation in its original language. Publishes the change."""
    organisation = locked(organisation_id)
    require(actor, "organisations.change", organisation)
    content.write_original(
        actor=actor, item=organisation, language=language, parts={"description": text}
    )
    _index(organisation)
    record(actor=actor, verb="organisations.describe", obj=organisation, label=organisation.name)
    _changed(organisation)
    return organisation


@transaction.atomic
def trust_organisation(*, actor: Actor, organisation_id: int) -> Organisation:
    """Note that a first meeting was approved: further ones need no approval."""
    organisation = locked(organisation_id)
    require(actor, "organisations.coordinate", organisation)
    if organisation.trusted_since is None:
        organisation.trusted_since = clock.now()
        organisation.save(update_fields=["trusted_since"])
        record(actor=actor, verb="organisations.trust", obj=organisation, label=organisation.name)
    return organisation


@transaction.atomic
def hide_organisation(*, actor: Actor, organisation_id: int) -> Organisation:
    """Take an organisation and its meetings out of public sight. Publishes the change.

    Raises:
        ValidationError: it is hidden already (code ``hidden``).
    """
    organisation = locked(organisation_id)
    require(actor, "organisations.coordinate", organisation)
    if organisation.status == OrganisationStatus.HIDDEN:
        raise ValidationError(_("This organisation is hidden already."), code="hidden")
    organisation.status = OrganisationStatus.HIDDEN
    organisation.save(update_fields=["status"])
    record(actor=actor, verb="organisations.hide", obj=organisation, label=organisation.name)
    _changed(organisation)
    return organisation


@transaction.atomic
def show_organisation(*, actor: Actor, organisation_id: int) -> Organisation:
    """Bring a hidden organisation back: as taking part, or as invited while it has no members.

    Raises:
        ValidationError: it is not hidden (code ``not_hidden``).
    """
    organisation = locked(organisation_id)
    require(actor, "organisations.coordinate", organisation)
    if organisation.status != OrganisationStatus.HIDDEN:
        raise ValidationError(_("This organisation is not hidden."), code="not_hidden")
    has_members = organisation.memberships.exists()
    organisation.status = OrganisationStatus.ACTIVE if has_members else OrganisationStatus.INVITED
    organisation.save(update_fields=["status"])
    record(actor=actor, verb="organisations.show", obj=organisation, label=organisation.name)
    _changed(organisation)
    return organisation
