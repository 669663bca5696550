"""The seats somebody has, had, or waits for."""

from datetime import datetime

from django.db.models import QuerySet

from miteinander.encounters.activities.enums import (
    INVOLVED,
    ON_LIST,
    Giving,
    ParticipationStatus,
)
from miteinander.encounters.activities.models import ActivityDate, Participation
from miteinander.encounters.activities.queries.co_hosts import agreed
from miteinander.foundation.core.permissions import Actor

PAST_SEATS = 50


def seat_of(*, actor: Actor, date: ActivityDate) -> Participation | None:
    """Return the seat of ``actor`` at ``date`` or the wait for one, None for all others."""
    if not actor.is_authenticated:
        return None
    held = Participation.objects.filter(date=date, person_id=actor.pk)
    return held.filter(status__in=(*INVOLVED, *ON_LIST)).first()


def was_refused(*, actor: Actor, date: ActivityDate) -> bool:
    """Tell ``actor`` whether the organisers, who say yes or no here, said no already."""
    if not actor.is_authenticated or date.activity.giving != Giving.APPROVAL:
        return False
    held = Participation.objects.filter(date=date, person_id=actor.pk)
    return held.filter(status=ParticipationStatus.REFUSED).exists()


def _own(actor: Actor) -> QuerySet[Participation]:
    return (
        Participation.objects.filter(person_id=actor.pk)
        .filter(status__in=(*INVOLVED, *ON_LIST))
        .select_related(
            "date__activity__organisation",
            "date__activity__venue__municipality",
            "date__activity__municipality",
        )
        .defer(
            "date__activity__venue__municipality__boundary",
            "date__activity__municipality__boundary",
        )
        .prefetch_related(
            "date__activity__versions",
            "date__activity__languages",
            agreed("date__activity__"),
            "date__derived_languages",
        )
    )


def coming_seats(*, actor: Actor, now: datetime) -> QuerySet[Participation]:
    """Seats ``actor`` holds or waits for at dates that are not over, soonest first."""
    return _own(actor).filter(date__ends_at__gt=now).order_by("date__starts_at", "pk")


def past_seats(*, actor: Actor, now: datetime) -> QuerySet[Participation]:
    """Where ``actor`` took part, latest first, at most fifty."""
    past = _own(actor).filter(date__ends_at__lte=now, status__in=ON_LIST)
    return past.order_by("-date__starts_at", "-pk")[:PAST_SEATS]
