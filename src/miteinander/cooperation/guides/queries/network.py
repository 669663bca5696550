"""Who guides, for coordinators and for the guides themselves."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from miteinander.community.people.models import Person
from miteinander.cooperation.guides.enums import GuideStatus, InterestStatus
from miteinander.cooperation.guides.models import Certificate, Guide, Interest
from miteinander.cooperation.guides.permissions import (
    coordinated_regions,
    seen_certificates,
    seen_guides,
    seen_interests,
)
from miteinander.foundation.core.permissions import Actor

WARNED_BEFORE = timedelta(days=60)


@dataclass(frozen=True)
class Wanted:
    """Which guides to list: a language, an area by key, a state; empty means any."""

    language: str = ""
    area: int = 0
    state: str = ""


def valid_certificates(day: date) -> QuerySet[Certificate]:
    """Certificates that were not revoked and have not ended on ``day``."""
    open_end = Q(valid_until__isnull=True) | Q(valid_until__gte=day)
    return Certificate.objects.filter(open_end, revoked_at__isnull=True).order_by()


def certified(held: QuerySet[Certificate]) -> Q:
    """The condition that a guide holds a certificate: one of ``held``, or one seen on paper."""
    return Q(certificate_seen_on__isnull=False) | Q(Exists(held))


def on_pause(day: date) -> Q:
    """The condition that a guide pauses on ``day``."""
    open_end = Q(paused_until__isnull=True) | Q(paused_until__gte=day)
    return Q(open_end, paused_from__isnull=False, paused_from__lte=day)


def active_guides(day: date) -> QuerySet[Guide]:
    """Guides who may be asked on ``day``: not left, and not on a pause."""
    return Guide.objects.filter(status=GuideStatus.ACTIVE).exclude(on_pause(day))


def guides_seen(*, actor: Actor, day: date, wanted: Wanted | None = None) -> QuerySet[Guide]:
    """Guides ``actor`` may see, by name, with ``is_certified`` and ``ends_soon`` told.

    ``ends_soon`` tells that the police certificate ends within 60 days, or has ended.
    """
    held = valid_certificates(day).filter(trainee__person=OuterRef("person"))
    soon = Q(police_valid_until__lt=day + WARNED_BEFORE)
    found: QuerySet[Guide] = Guide.objects.filter(seen_guides(actor)).annotate(
        is_certified=certified(held), is_paused=Q(on_pause(day)), ends_soon=Q(soon)
    )
    if wanted:
        found = _narrowed(found, wanted, day)
    return (
        found.select_related("person", "municipality")
        .defer("municipality__boundary")
        .prefetch_related("languages")
        .order_by("person__name", "pk")
    )


def _narrowed(found: QuerySet[Guide], wanted: Wanted, day: date) -> QuerySet[Guide]:
    if wanted.language:
        found = found.filter(languages__code=wanted.language)
    if wanted.area:
        found = found.filter(areas=wanted.area)
    states = {
        "active": Q(status=GuideStatus.ACTIVE) & ~on_pause(day),
        "paused": Q(status=GuideStatus.ACTIVE) & on_pause(day),
        "left": Q(status=GuideStatus.LEFT),
        "every": Q(),
        "papers": Q(status=GuideStatus.ACTIVE, ends_soon=True),
    }
    if wanted.state in states:
        return found.filter(states[wanted.state])
    return found.exclude(status=GuideStatus.LEFT)


def future_guides(*, actor: Actor) -> QuerySet[Person]:
    """Who may be taken in: holders of a certificate, and who was found suitable; by name."""
    held = Certificate.objects.filter(seen_certificates(actor), revoked_at__isnull=True)
    suitable = Interest.objects.filter(seen_interests(actor), status=InterestStatus.SUITABLE)
    mine = coordinated_regions(actor).order_by().values("pk")
    wrote_none = ~Exists(Interest.objects.filter(person=OuterRef("pk")))
    is_here = Q(guide_interest__municipality__in=mine) | Q(wrote_none, municipality__in=mine)
    return (
        Person.objects.filter(
            Q(pk__in=held.order_by().values("trainee__person"))
            | Q(pk__in=suitable.order_by().values("person")),
        )
        .exclude(guide__status=GuideStatus.ACTIVE)
        .filter(is_here)
        .order_by("name", "pk")
    )


def first_place(person: Person) -> int | None:
    """The municipality a guide begins with: the one written with the interest, or the own one."""
    wrote = Interest.objects.filter(person=person).values_list("municipality_id", flat=True)
    return wrote.first() or person.municipality_id


def guide_of(person_id: int) -> Guide | None:
    """The page of a person who guides, also of one who has left."""
    return Guide.objects.filter(person_id=person_id).first()


def papers_that_end(now: datetime, days: int) -> QuerySet[Guide]:
    """Active guides whose police certificate ends within ``days``, oldest first."""
    day = now.date()
    limits = {"police_valid_until__gte": day, "police_valid_until__lte": day + timedelta(days=days)}
    return Guide.objects.filter(status=GuideStatus.ACTIVE, **limits).order_by("pk")
