"""Who seeks: somebody's own answers, and the list for coordinators."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from miteinander.cooperation.tandems.enums import SeekerStatus
from miteinander.cooperation.tandems.models import Seeker, TandemMember
from miteinander.cooperation.tandems.permissions import seen_seekers
from miteinander.foundation.core.permissions import Actor

STATES = (SeekerStatus.TALK, SeekerStatus.READY, SeekerStatus.PAUSED, SeekerStatus.LEFT)


@dataclass(frozen=True)
class Numbers:
    """How many stand where, in the municipalities somebody coordinates."""

    talk: int
    ready: int
    paused: int
    together: int


def seeker_of(person_id: int | None) -> Seeker | None:
    """The answers of one person, or nothing."""
    rows = Seeker.objects.select_related("person", "municipality")
    found = rows.defer("municipality__boundary")
    return None if person_id is None else found.filter(person_id=person_id).first()


def seekers_seen(*, actor: Actor, state: str = "") -> QuerySet[Seeker]:
    """Seekers ``actor`` may see, who waits longest first, with ``is_together`` told."""
    live = TandemMember.objects.filter(seeker=OuterRef("pk"), is_live=True)
    found = Seeker.objects.filter(seen_seekers(actor)).annotate(is_together=Exists(live))
    if state in STATES:
        found = found.filter(status=state)
    else:
        found = found.exclude(status=SeekerStatus.LEFT)
    return (
        found.select_related("person", "municipality")
        .defer("municipality__boundary")
        .order_by("waiting_since", "begun_at", "pk")
    )


def numbers_of(*, actor: Actor) -> Numbers:
    """Count seekers by where they stand, in one query."""
    live = TandemMember.objects.filter(seeker=OuterRef("pk"), is_live=True)
    found = Seeker.objects.filter(seen_seekers(actor)).annotate(is_together=Exists(live))
    counted = found.aggregate(
        talk=Count("pk", filter=Q(status=SeekerStatus.TALK)),
        ready=Count("pk", filter=Q(status=SeekerStatus.READY, is_together=False)),
        paused=Count("pk", filter=Q(status=SeekerStatus.PAUSED)),
        together=Count("pk", filter=Q(is_together=True)),
    )
    return Numbers(**counted)
