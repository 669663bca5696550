"""What the public sees of standing offers: those at which people just come, and when next."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from miteinander.community.organisations.models import Organisation
from miteinander.community.regions.models import Region
from miteinander.encounters.activities.models import Activity, OpeningHours
from miteinander.encounters.activities.permissions import public, visible_to
from miteinander.encounters.activities.queries.co_hosts import agreed, invited_by
from miteinander.encounters.activities.queries.criteria import EVERYTHING, Criteria, what, where
from miteinander.foundation.core.permissions import Actor


def shown(offers: QuerySet[Activity]) -> QuerySet[Activity]:
    """Load beside ``offers`` all that a card or a page shows, in a fixed number of queries."""
    return (
        offers.select_related("organisation", "venue__municipality", "municipality")
        .defer("venue__municipality__boundary", "municipality__boundary")
        .prefetch_related("versions", "languages", "opening_hours", "closed_days", agreed())
    )


def public_offers(*, today: date) -> QuerySet[Activity]:
    """Every standing offer the public sees and that is not over."""
    hours = OpeningHours.objects.filter(activity=OuterRef("pk"))
    going_on = hours.filter(Q(last_day=None) | Q(last_day__gte=today))
    found = Activity.objects.filter(public(), Exists(going_on), is_standing=True)
    return found.order_by("municipality__name", "pk")


def standing_offers(
    *, today: date, criteria: Criteria = EVERYTHING, weekday: int | None = None
) -> QuerySet[Activity]:
    """Standing offers by place, narrowed by ``criteria`` and to those of one day of the week."""
    found = public_offers(today=today).filter(where(criteria, ""), what(criteria, ""))
    if weekday is not None:
        hours = OpeningHours.objects.filter(activity=OuterRef("pk"), weekday=weekday)
        found = found.filter(Exists(hours.filter(Q(last_day=None) | Q(last_day__gte=today))))
    return shown(found)


def visible_offers(*, actor: Actor) -> QuerySet[Activity]:
    """Every standing offer ``actor`` may open: public ones, and those they plan."""
    return shown(Activity.objects.filter(visible_to(actor), is_standing=True))


def offers_at(*, region: Region, today: date) -> QuerySet[Activity]:
    """Standing offers in a municipality, or in any municipality of a district."""
    here = Q(municipality=region) | Q(municipality__parent=region)
    return shown(public_offers(today=today).filter(here))


def offers_of(*, organisation: Organisation, today: date) -> QuerySet[Activity]:
    """Standing offers of an organisation."""
    return shown(public_offers(today=today).filter(invited_by(organisation)))
