"""Which dates stand in which calendar feed."""

from datetime import datetime, timedelta
from typing import cast

from django.db.models import Q, QuerySet

from miteinander.encounters.activities import permissions as activities
from miteinander.encounters.activities.enums import (
    ActivityStatus,
    DateStatus,
    ParticipationStatus,
)
from miteinander.encounters.activities.models import Activity, ActivityDate, Participation
from miteinander.foundation.core.permissions import Actor
from miteinander.outward.exchange.models import CalendarKey

CANCELLED_STAYS = timedelta(days=30)
AHEAD = timedelta(days=400)
MOST_DATES = 5000


def calendar_dates(dates: QuerySet[ActivityDate]) -> QuerySet[ActivityDate]:
    """Load beside ``dates`` all a calendar file tells, in a fixed number of queries."""
    return dates.select_related(
        "activity__organisation", "activity__venue__municipality", "activity__municipality"
    ).prefetch_related("activity__versions", "activity__languages")


def public_dates() -> QuerySet[ActivityDate]:
    """Every date anybody may see, whenever it is; nothing depends on who asks."""
    shown = Activity.objects.filter(activities.public()).order_by()
    return calendar_dates(ActivityDate.objects.filter(activity__in=shown.values("pk")))


def feed_dates(now: datetime) -> QuerySet[ActivityDate]:
    """Public dates of a feed: what is to come, and for 30 days what was called off.

    A date that takes place leaves the feed when it is over; a cancelled one stays, so that every
    calendar that holds it learns of it.
    """
    coming = Q(status=DateStatus.SCHEDULED, ends_at__gt=now)
    called_off = Q(status=DateStatus.CANCELLED) & (
        Q(cancelled_at__gt=now - CANCELLED_STAYS) | Q(starts_at__gt=now)
    )
    return (
        public_dates()
        .filter(coming | called_off, starts_at__lt=now + AHEAD)
        .order_by("starts_at", "pk")
    )


def own_seats(actor: Actor, now: datetime) -> QuerySet[Participation]:
    """Return the seats ``actor`` holds: what is to come, and the last 30 days.

    A date called off stays as long. An occasion that a coordinator hid is left out.
    """
    return (
        Participation.objects.filter(
            person_id=cast("int", actor.pk),
            status=ParticipationStatus.SIGNED_UP,
            date__activity__status=ActivityStatus.PUBLISHED,
            date__ends_at__gt=now - CANCELLED_STAYS,
            date__starts_at__lt=now + AHEAD,
        )
        .select_related(
            "date__activity__organisation",
            "date__activity__venue__municipality",
            "date__activity__municipality",
        )
        .prefetch_related("date__activity__versions", "date__activity__languages")
        .order_by("date__starts_at", "pk")
    )


def key_of(actor: Actor) -> CalendarKey | None:
    """Return the key of the person's own feed, if there is one."""
    return CalendarKey.objects.filter(person_id=cast("int", actor.pk)).first()
