"""Who coordinates, and who runs the platform."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from miteinander.community.organisations.models import CoordinatorRole, Organisation
from miteinander.community.people import services as people
from miteinander.community.people.models import Person
from miteinander.community.regions.models import Region
from miteinander.foundation.audit.services import record
from miteinander.foundation.core.permissions import Actor, require


def account_at(email: str) -> Person:
    """Return the account at an address, held.

    Raises:
        ValidationError: there is none (code ``no_account``).
    """
    person = (
        Person.objects.select_for_update()
        .filter(email=email.strip().lower(), account_since__isnull=False, is_active=True)
        .first()
    )
    if person is None:
        raise ValidationError(
            _("There is no account with this address. Ask the person to sign in once first."),
            code="no_account",
        )
    return person


def _place(role: CoordinatorRole) -> str:
    """Name what a role holds for; empty when that is everything."""
    return str(role.region or role.organisation or "")


def _scope(role: CoordinatorRole) -> dict[str, int | None]:
    return {
        "person": role.person_id,
        "region": role.region_id,
        "organisation": role.organisation_id,
    }


@transaction.atomic
def grant_role(
    *,
    actor: Actor,
    email: str,
    region: Region | None = None,
    organisation: Organisation | None = None,
) -> CoordinatorRole:
    """Let the account at ``email`` coordinate in a region, for an organisation, or everywhere.

    Raises:
        ValidationError: no such account (code ``no_account``), both a region and an
            organisation, or the role was there already.
    """
    require(actor, "organisations.grant_roles")
    role = CoordinatorRole(person=account_at(email), region=region, organisation=organisation)
    role.full_clean()
    role.save(force_insert=True)
    record(
        actor=actor, verb="organisations.grant_role", obj=role, label=_place(role),
        details=_scope(role),
    )  # fmt: skip
    return role


@transaction.atomic
def revoke_role(*, actor: Actor, role_id: int) -> None:
    """Take a coordinator's role away."""
    require(actor, "organisations.grant_roles")
    role = CoordinatorRole.objects.select_for_update().get(pk=role_id)
    record(
        actor=actor, verb="organisations.revoke_role", obj=role, label=_place(role),
        details=_scope(role),
    )  # fmt: skip
    role.delete()


@transaction.atomic
def make_administrator(*, actor: Actor, email: str) -> Person:
    """Let the account at ``email`` run the platform.

    Raises:
        ValidationError: no such account (code ``no_account``).
    """
    require(actor, "organisations.grant_roles")
    return people.appoint_administrator(actor=actor, person_id=account_at(email).pk)


@transaction.atomic
def unmake_administrator(*, actor: Actor, person_id: int) -> Person:
    """Take the running of the platform away from somebody.

    Raises:
        ValidationError: it is the last administrator (code ``last_administrator``).
    """
    require(actor, "organisations.grant_roles")
    return people.dismiss_administrator(actor=actor, person_id=person_id)
