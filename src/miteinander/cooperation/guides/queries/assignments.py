"""What was agreed with guides, and what is due."""

from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet

from miteinander.cooperation.guides.enums import AskAnswer, AssignmentStatus
from miteinander.cooperation.guides.models import Ask, Assignment, Guide, GuideRequest
from miteinander.cooperation.guides.permissions import coordinated_regions
from miteinander.cooperation.guides.permissions_asking import seen_assignments
from miteinander.foundation.core.permissions import Actor

BEFORE = timedelta(hours=24)
AT_ONCE = 200
LONGEST = timedelta(hours=12)


def assignments_seen(*, actor: Actor) -> QuerySet[Assignment]:
    """Assignments ``actor`` may see, with request, place and guide; the latest first."""
    return (
        Assignment.objects.filter(seen_assignments(actor))
        .select_related("request__municipality", "guide__person", "guide__municipality")
        .defer("request__municipality__boundary", "guide__municipality__boundary")
        .order_by("-starts_at", "pk")
    )


def own_assignments(guide: Guide) -> QuerySet[Assignment]:
    """What a guide takes or took, the latest first."""
    return (
        guide.assignments.select_related("request__municipality")
        .defer("request__municipality__boundary")
        .order_by("-starts_at", "pk")
    )


def open_asks_of(guide: Guide) -> QuerySet[Ask]:
    """Requests a guide is asked for just now, the one that ends first in front."""
    asked = guide.asks.filter(answer=AskAnswer.OPEN)
    return (
        asked.select_related("request__municipality")
        .defer("request__municipality__boundary")
        .order_by("deadline", "pk")
    )


def asks_of(request: GuideRequest) -> QuerySet[Ask]:
    """Whom coordinators asked for a request, in order."""
    return request.asks.select_related("guide__person").order_by("asked_at", "pk")


def assignment_of(request: GuideRequest) -> Assignment | None:
    """Who takes or took a request."""
    rows = request.assignments.exclude(status=AssignmentStatus.CANCELLED)
    return rows.select_related("guide__person", "guide__municipality").first()


def talks_wanted(*, actor: Actor) -> QuerySet[Assignment]:
    """Assignments whose guides wait for a talk with a coordinator, the oldest first."""
    mine = coordinated_regions(actor).order_by().values("pk")
    waiting = Assignment.objects.filter(
        request__municipality__in=mine, talk_asked_at__isnull=False, talk_held_at__isnull=True
    )
    return waiting.select_related("guide__person").order_by("talk_asked_at", "pk")


def overlapping(row: Assignment, minutes: int) -> Assignment | None:
    """Another report of the same guide whose time meets that of ``row`` with ``minutes``."""
    end = row.starts_at + timedelta(minutes=minutes)
    near = Assignment.objects.filter(
        guide=row.guide_id, status=AssignmentStatus.HAPPENED, minutes__isnull=False,
        starts_at__lt=end, starts_at__gt=row.starts_at - LONGEST,
    ).exclude(pk=row.pk)  # fmt: skip
    for other in near.order_by("starts_at"):
        if other.starts_at + timedelta(minutes=other.minutes or 0) > row.starts_at:
            return other
    return None


def to_remind(now: datetime) -> QuerySet[Assignment]:
    """Agreed assignments that begin within a day, agreed earlier than that, and not told yet."""
    coming = Assignment.objects.filter(
        status=AssignmentStatus.AGREED, reminded_at__isnull=True,
        starts_at__gt=now, starts_at__lte=now + BEFORE, agreed_at__lte=F("starts_at") - BEFORE,
    )  # fmt: skip
    return coming.order_by("starts_at", "pk")[:AT_ONCE]


def to_report(now: datetime) -> QuerySet[Assignment]:
    """Assignments that are over, that nobody reported, and of which the guide was not told."""
    untold = Q(reminded_at__isnull=True) | Q(reminded_at__lt=F("ends_at"))
    over = Assignment.objects.filter(untold, status=AssignmentStatus.AGREED, ends_at__lte=now)
    return over.order_by("ends_at", "pk")[:AT_ONCE]
