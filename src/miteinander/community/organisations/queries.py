"""Reads of this app: public lists, members, and what a coordinator looks after."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When

from miteinander.community.organisations.enums import MembershipRole, OrganisationStatus
from miteinander.community.organisations.models import (
    CoordinatorRole,
    Invitation,
    Membership,
    Organisation,
)
from miteinander.community.organisations.permissions import (
    coordinated_by,
    plannable_by,
    regions_inviting_for,
    visible_to,
)
from miteinander.community.people.models import Person
from miteinander.community.regions.enums import RegionKind
from miteinander.community.regions.models import Region
from miteinander.foundation.content.queries import matching_ids
from miteinander.foundation.core.permissions import Actor


def hash_of(token: str) -> str:
    """Return the hash under which the secret of an invitation is kept."""
    return hashlib.sha256(token.encode()).hexdigest()


def organisations(*, actor: Actor) -> QuerySet[Organisation]:
    """Every organisation ``actor`` may see, with its municipality and words."""
    return (
        Organisation.objects.filter(visible_to(actor))
        .select_related("municipality")
        .defer("municipality__boundary")
        .prefetch_related("versions")
        .order_by("name", "pk")
    )


def active_organisations(
    *, actor: Actor, query: str = "", municipality: str = ""
) -> QuerySet[Organisation]:
    """Organisations that take part, for the public list, narrowed by words and municipality."""
    found = organisations(actor=actor).filter(status=OrganisationStatus.ACTIVE)
    if municipality:
        found = found.filter(municipality__slug=municipality)
    if query and (ids := matching_ids(Organisation, query)) is not None:
        found = found.filter(pk__in=ids)
    return found


def municipalities_with_organisations() -> QuerySet[Region]:
    """Municipalities in which an organisation takes part, for the filter of the list."""
    return (
        Region.objects.filter(
            pk__in=Organisation.objects.filter(status=OrganisationStatus.ACTIVE).values(
                "municipality_id"
            )
        )
        .defer("boundary")
        .order_by("name", "pk")
    )


def plannable_organisations(*, actor: Actor) -> QuerySet[Organisation]:
    """Organisations for which ``actor`` may plan, with their municipality."""
    return (
        Organisation.objects.filter(plannable_by(actor))
        .select_related("municipality")
        .defer("municipality__boundary")
        .order_by("name", "pk")
    )


def members(*, organisation: Organisation) -> QuerySet[Membership]:
    """Members of an organisation, managers first; the caller has checked who may look."""
    managers_first = Case(
        When(role=MembershipRole.MANAGER, then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    return organisation.memberships.select_related("person").order_by(
        managers_first, "joined_at", "pk"
    )


def open_invitations(now: datetime) -> QuerySet[Invitation]:
    """Invitations whose link still works at ``now``."""
    return Invitation.objects.filter(accepted_at__isnull=True, expires_at__gt=now)


def invitation_by_token(*, token: str, now: datetime) -> Invitation | None:
    """The open invitation whose link holds ``token``, if there is one."""
    return (
        open_invitations(now)
        .filter(token_hash=hash_of(token))
        .select_related("organisation__municipality")
        .defer("organisation__municipality__boundary")
        .first()
    )


@dataclass(frozen=True)
class StatusCount:
    """How many organisations stand in one state."""

    label: str
    status: str
    count: int


def coordinated_organisations(*, actor: Actor) -> QuerySet[Organisation]:
    """What a coordinator looks after, whatever its state; new and hidden ones come first."""
    state = Case(
        When(status=OrganisationStatus.INVITED, then=Value(0)),
        When(status=OrganisationStatus.HIDDEN, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return (
        Organisation.objects.filter(coordinated_by(actor))
        .select_related("municipality")
        .defer("municipality__boundary")
        .annotate(member_count=Count("memberships"))
        .order_by(state, "name", "pk")
    )


def organisation_counts(*, actor: Actor) -> list[StatusCount]:
    """Count what a coordinator looks after by state, every state named."""
    rows = (
        Organisation.objects.filter(coordinated_by(actor))
        .order_by("status")
        .values_list("status")
        .annotate(count=Count("pk"))
    )
    counted = dict(rows)
    return [
        StatusCount(label=str(status.label), status=status.value, count=counted.get(status, 0))
        for status in OrganisationStatus
    ]


def regions_to_invite_in(*, actor: Actor) -> QuerySet[Region]:
    """Municipalities in which ``actor`` may invite organisations."""
    return (
        Region.objects.filter(regions_inviting_for(actor))
        .exclude(kind=RegionKind.DISTRICT)
        .defer("boundary")
        .order_by("name", "pk")
    )


def roles() -> QuerySet[CoordinatorRole]:
    """Everybody who coordinates, and for what; the caller has checked who may look."""
    return (
        CoordinatorRole.objects.select_related("person", "region", "organisation")
        .defer("region__boundary")
        .order_by("person__name", "pk")
    )


def administrators() -> QuerySet[Person]:
    """Everybody who runs the platform; the caller has checked who may look."""
    return Person.objects.filter(is_administrator=True, is_active=True).order_by("name", "pk")


def coordinators_of(organisation: Organisation) -> QuerySet[Person]:
    """Who coordinates an organisation, or the administrators where nobody does: for mail."""
    here = Q(organisation_id=organisation.pk) | _covering(organisation.municipality_id)
    return _reachable(here)


def coordinators_at(municipality_id: int) -> QuerySet[Person]:
    """Who coordinates a municipality, or the administrators where nobody does: for mail."""
    return _reachable(_covering(municipality_id))


def _covering(municipality_id: int) -> Q:
    return Q(organisation__isnull=True) & (
        Q(region__isnull=True)
        | Q(region_id=municipality_id)
        | Q(region__municipalities=municipality_id)
    )


def _reachable(roles: Q) -> QuerySet[Person]:
    reachable = Person.objects.filter(
        is_active=True, account_since__isnull=False, email__isnull=False
    ).order_by("pk")
    covering = CoordinatorRole.objects.filter(roles)
    coordinators = reachable.filter(pk__in=covering.values("person_id"))
    return coordinators if coordinators.exists() else reachable.filter(is_administrator=True)


def managers_of(organisation: Organisation) -> QuerySet[Person]:
    """Who manages an organisation and can be written to."""
    return Person.objects.filter(
        is_active=True,
        email__isnull=False,
        memberships__organisation=organisation,
        memberships__role=MembershipRole.MANAGER,
    ).order_by("pk")
