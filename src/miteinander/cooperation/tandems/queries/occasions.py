"""Meetings at which people of a tandem may meet first: public, with seats, near all of them."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import F

from miteinander.community.regions.queries import within
from miteinander.cooperation.tandems.models import Seeker
from miteinander.encounters.activities.enums import DateStatus
from miteinander.encounters.activities.models import ActivityDate
from miteinander.encounters.activities.queries.public import public_dates, shown

SOONEST, FARTHEST = timedelta(days=1), timedelta(days=28)
MOST = 3


def occasions_for(seekers: Sequence[Seeker], now: datetime) -> list[ActivityDate]:
    """List the next meetings all of them can reach, in which everybody is welcome.

    Meetings of a protected setting or online are none of them, nor those without a seat for each.
    """
    homes = [(one.municipality, one.reach_km) for one in seekers if one.municipality is not None]
    reached = [set(within(home, reach)) for home, reach in homes]
    places = set.intersection(*reached) if reached else set()
    found = public_dates().filter(
        activity__municipality__in=places, activity__setting="", activity__is_online=False,
        status=DateStatus.SCHEDULED, starts_at__gte=now + SOONEST, starts_at__lte=now + FARTHEST,
        capacity__gte=F("seats_taken") + len(seekers),
    )  # fmt: skip
    return list(shown(found).order_by("starts_at", "pk")[:MOST])
