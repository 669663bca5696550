"""Reading which organisations invite to an occasion together."""

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from miteinander.community.organisations.enums import OrganisationStatus
from miteinander.community.organisations.models import Organisation
from miteinander.community.people.models import Person
from miteinander.encounters.activities.enums import ActivityStatus, CoHostStatus
from miteinander.encounters.activities.models import Activity, CoHost
from miteinander.encounters.activities.permissions import asked_to_co_host
from miteinander.foundation.core.permissions import Actor


def agreed(prefix: str = "") -> Prefetch[str]:
    """Load beside an occasion who invites too, in one query; ``prefix`` leads to it."""
    rows = CoHost.objects.filter(status=CoHostStatus.AGREED).select_related("organisation")
    return Prefetch(f"{prefix}co_hosts", rows)


def invited_by(organisation: Organisation, prefix: str = "") -> Q:
    """Occasions to which an organisation invites, alone or together with another."""
    together = CoHost.objects.filter(organisation=organisation, status=CoHostStatus.AGREED)
    keys = together.order_by().values("activity_id")
    return Q(**{f"{prefix}organisation": organisation}) | Q(**{f"{prefix}pk__in": keys})


def open_questions(actor: Actor) -> QuerySet[CoHost]:
    """List what the organisations of ``actor`` are asked and have not answered, oldest first."""
    return (
        CoHost.objects.filter(asked_to_co_host(actor), status=CoHostStatus.ASKED)
        .exclude(activity__status=ActivityStatus.HIDDEN)
        .select_related("activity__organisation", "organisation")
        .prefetch_related("activity__versions")
        .order_by("asked_at", "pk")
    )


def has_open_question() -> Exists:
    """Whether an organisation is asked something, for a list of organisations."""
    return Exists(CoHost.objects.filter(organisation=OuterRef("pk"), status=CoHostStatus.ASKED))


def co_hosts_seen_by(actor: Actor) -> QuerySet[CoHost]:
    """Give the narrowed fetch for one answer: what an organisation of ``actor`` was asked."""
    return CoHost.objects.filter(asked_to_co_host(actor)).select_related(
        "activity__organisation", "organisation"
    )


def askable(activity: Activity) -> QuerySet[Organisation]:
    """List the organisations that can be asked to invite too, by name."""
    concerned = activity.co_hosts.filter(status__in=(CoHostStatus.ASKED, CoHostStatus.AGREED))
    return (
        Organisation.objects.filter(status=OrganisationStatus.ACTIVE)
        .exclude(pk=activity.organisation_id)
        .exclude(pk__in=concerned.values("organisation_id"))
        .order_by("name", "pk")
    )


def reachable_members(organisation: Organisation) -> QuerySet[Person]:
    """Everybody who acts for an organisation and can be written to."""
    return Person.objects.filter(
        is_active=True, email__isnull=False, memberships__organisation=organisation
    ).order_by("pk")
