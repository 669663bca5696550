"""Tandems: somebody's own, what coordinators oversee, and who wants to be called."""

from django.db.models import Prefetch, Q, QuerySet

from miteinander.cooperation.tandems.enums import CheckAnswer, TandemStatus
from miteinander.cooperation.tandems.models import (
    CheckIn,
    MatchingRun,
    SafetyReport,
    Seeker,
    Tandem,
    TandemMember,
)
from miteinander.cooperation.tandems.permissions import (
    open_reports,
    overseen_tandems,
    own_memberships,
    proposable_tandems,
)
from miteinander.foundation.core.permissions import Actor

SHOWN = (
    TandemStatus.PROPOSED,
    TandemStatus.ACTIVE,
    TandemStatus.PAUSED,
    TandemStatus.LAPSED,
    TandemStatus.REFUSED,
    TandemStatus.ENDED,
    TandemStatus.STOPPED,
)


def _with_people(found: QuerySet[Tandem]) -> QuerySet[Tandem]:
    members = TandemMember.objects.select_related("seeker__person", "seeker__municipality")
    return found.prefetch_related(
        Prefetch("members", members.defer("seeker__municipality__boundary"))
    )


def own_member(*, actor: Actor, tandem_id: int) -> TandemMember | None:
    """The member ``actor`` is of a tandem everybody has said yes to, or nothing."""
    rows = TandemMember.objects.select_related(
        "seeker__person", "tandem__venue__municipality", "tandem__occasion__activity"
    ).defer("tandem__venue__municipality__boundary")
    wanted = Tandem.objects.filter(pk=tandem_id)  # any number, however long
    return rows.filter(own_memberships(actor), tandem__in=wanted).first()


def others_of(member: TandemMember) -> list[TandemMember]:
    """The other members, in the order they were brought together."""
    rows = TandemMember.objects.filter(tandem=member.tandem_id).exclude(pk=member.pk)
    return list(rows.select_related("seeker__person").order_by("pk"))


def memberships_of(seeker: Seeker) -> QuerySet[TandemMember]:
    """What somebody is asked about, takes part in or took part in, the newest first."""
    rows = TandemMember.objects.filter(seeker=seeker).exclude(tandem__status=TandemStatus.SUGGESTED)
    return rows.select_related("tandem").order_by("-is_live", "-tandem__made_at", "-pk")


def suggestions(*, actor: Actor) -> QuerySet[Tandem]:
    """What the last matching suggests to ``actor``, the best first; only who still waits."""
    waiting = Q(members__seeker__status="ready")
    found = Tandem.objects.filter(proposable_tandems(actor), status=TandemStatus.SUGGESTED)
    gone = TandemMember.objects.exclude(seeker__status="ready") | TandemMember.objects.filter(
        seeker__memberships__is_live=True
    )
    hidden = gone.filter(tandem__status=TandemStatus.SUGGESTED).order_by().values("tandem_id")
    return _with_people(
        found.filter(waiting).exclude(pk__in=hidden).distinct().order_by("-score", "pk")
    )


def tandems_overseen(*, actor: Actor, state: str = "") -> QuerySet[Tandem]:
    """Tandems of the municipalities ``actor`` coordinates, the newest first."""
    states = (state,) if state in SHOWN else SHOWN
    found = Tandem.objects.filter(overseen_tandems(actor), status__in=states)
    return _with_people(found.select_related("venue")).order_by("-made_at", "-pk")


def reports_open(*, actor: Actor) -> QuerySet[SafetyReport]:
    """Calls for help nobody has settled, the oldest first."""
    rows = SafetyReport.objects.filter(open_reports(actor))
    return rows.select_related("reported_by__seeker__person", "tandem").order_by("reported_at")


def calls_open(*, actor: Actor) -> QuerySet[CheckIn]:
    """Who is stuck or wants to be called, the oldest first; never one's own."""
    mine = Tandem.objects.filter(overseen_tandems(actor)).order_by().values("pk")
    rows = CheckIn.objects.filter(
        member__tandem__in=mine, settled_at__isnull=True,
        answer__in=[CheckAnswer.STUCK, CheckAnswer.CALL],
    )  # fmt: skip
    return rows.select_related("member__seeker__person", "member__tandem").order_by("answered_at")


def last_run() -> MatchingRun | None:
    """The newest matching, whoever began it."""
    return MatchingRun.objects.order_by("-started_at", "-pk").first()
