"""Dates that only guides see: refresher courses, reflection groups, meetings of the network."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from miteinander.cooperation.guides.enums import GuideStatus
from miteinander.cooperation.guides.models import Guide
from miteinander.encounters.activities.insiders import Insiders
from miteinander.encounters.activities.models import ActivityDate
from miteinander.encounters.activities.permissions import published
from miteinander.encounters.activities.queries.public import visible_dates
from miteinander.foundation.core.permissions import Actor

SHOWN = 12


def members() -> QuerySet[Guide]:
    """Guides of any region who take part in the network, on a pause too."""
    return Guide.objects.filter(status=GuideStatus.ACTIVE).order_by()


CIRCLE = Insiders("guides", gettext_lazy("Only active guides"), members, "guides.invite_guides")


def dates_for_guides(*, actor: Actor, now: datetime) -> list[ActivityDate]:
    """List the next dates for guides only that ``actor`` may open, soonest first."""
    found = visible_dates(actor=actor).filter(
        published("activity__"), activity__only_for=CIRCLE.key, ends_at__gt=now
    )
    return list(found.order_by("starts_at", "pk")[:SHOWN])
