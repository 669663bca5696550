"""Forgetting: people who were erased, and tandems that are over become numbers."""

from collections import Counter
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, Q

from miteinander.cooperation.tandems.enums import SeekerStatus, TandemStatus
from miteinander.cooperation.tandems.models import (
    MatchingRun,
    SafetyReport,
    Seeker,
    Tandem,
    TandemCount,
    TandemMember,
)
from miteinander.cooperation.tandems.services.ending import let_go
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import Actor, require
from miteinander.foundation.core.privacy import kept_for

AT_ONCE = 500
OVER = (TandemStatus.LAPSED, TandemStatus.REFUSED, TandemStatus.ENDED, TandemStatus.STOPPED)
Cell = tuple[date, int, str, str]


@transaction.atomic
def forget_person(*, actor: Actor, person_id: int) -> None:
    """Delete the answers of somebody who is erased; a tandem they are in ends, and is counted."""
    require(actor, "tandems.forget")
    for seeker_id in Seeker.objects.filter(person_id=person_id).values_list("pk", flat=True):
        let_go(seeker_id)
        over = Tandem.objects.filter(members__seeker=seeker_id, status__in=OVER)
        _count(list(over.values_list("pk", flat=True)))
        Tandem.objects.filter(members__seeker=seeker_id).delete()
        Seeker.objects.filter(pk=seeker_id).delete()
    Seeker.objects.filter(talked_by_id=person_id).update(talked_by=None)
    MatchingRun.objects.filter(started_by_id=person_id).update(started_by=None)
    SafetyReport.objects.filter(settled_by_id=person_id).update(settled_by=None)


@transaction.atomic
def reduce_old_tandems(*, actor: Actor, now: datetime) -> int:
    """Turn tandems that ended long ago into numbers; return how many.

    That two people are not brought together again stays as long as both take part. A call for
    help nobody has settled keeps its tandem.
    """
    require(actor, "tandems.forget")
    limit = now - kept_for("tandems.tandems")
    old = Tandem.objects.filter(status__in=OVER, ended_at__lt=limit)
    old = old.exclude(reports__settled_at__isnull=True, reports__isnull=False)
    keys = list(old.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    _count(keys)
    Tandem.objects.filter(pk__in=keys).delete()
    Tandem.objects.filter(status=TandemStatus.SUGGESTED, made_at__lt=limit).delete()
    MatchingRun.objects.filter(started_at__lt=limit).delete()
    return len(keys)


def _count(keys: list[int]) -> None:
    """Add tandems to the numbers of their month, each at the municipality of its first member."""
    found: Counter[Cell] = Counter()
    seen: set[int] = set()
    rows = TandemMember.objects.filter(tandem__in=keys).select_related("tandem", "seeker")
    reasons = {row.tandem_id: row.end_reason for row in rows if row.end_reason}
    for row in rows.order_by("tandem_id", "pk"):
        place = row.seeker.municipality_id
        if row.tandem_id in seen or place is None:
            continue
        seen.add(row.tandem_id)
        month = clock.local(row.tandem.ended_at or row.tandem.made_at).date().replace(day=1)
        found[month, place, row.tandem.status, reasons.get(row.tandem_id, "")] += 1
    for (month, region, status, reason), count in sorted(found.items()):
        line, _is_new = TandemCount.objects.get_or_create(
            month=month, region_id=region, status=status, reason=reason
        )
        TandemCount.objects.filter(pk=line.pk).update(count=F("count") + count)


@transaction.atomic
def forget_old_seekers(*, actor: Actor, now: datetime) -> int:
    """Delete answers nobody has touched for long and that no tandem needs; return how many."""
    require(actor, "tandems.forget")
    limit = now - kept_for("tandems.seekers")
    resting = Q(status__in=[SeekerStatus.DRAFT, SeekerStatus.PAUSED, SeekerStatus.LEFT])
    old = Seeker.objects.filter(resting, changed_at__lt=limit, memberships__isnull=True)
    keys = list(old.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    Seeker.objects.filter(pk__in=keys).delete()
    return len(keys)
