"""What a coordinator should look at: dates to which hardly anybody comes yet."""

from datetime import datetime, timedelta

from django.db.models import F, QuerySet

from miteinander.community.organisations.models import Organisation
from miteinander.community.organisations.permissions import coordinated_by
from miteinander.encounters.activities.enums import DateStatus
from miteinander.encounters.activities.models import ActivityDate
from miteinander.encounters.activities.queries import public
from miteinander.foundation.core.permissions import Actor

SOON = timedelta(days=14)


def dates_with_few_sign_ups(actor: Actor, now: datetime) -> QuerySet[ActivityDate]:
    """Public dates of the next two weeks that ``actor`` coordinates, with a third taken at most."""
    coordinated = Organisation.objects.filter(coordinated_by(actor))
    return public.shown(
        public.public_dates()
        .filter(
            activity__organisation__in=coordinated.values("pk"),
            status=DateStatus.SCHEDULED,
            starts_at__gt=now,
            starts_at__lt=now + SOON,
            seats_taken__lte=F("capacity") / 3,
        )
        .order_by("starts_at", "pk")
    )
