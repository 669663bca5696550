"""What the public sees of occasions: coming dates, and one date."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Count, F, Q, QuerySet

from miteinander.community.organisations.models import Organisation
from miteinander.community.regions.models import Region
from miteinander.community.regions.queries import within
from miteinander.encounters.activities.enums import DateStatus
from miteinander.encounters.activities.models import Activity, ActivityDate
from miteinander.encounters.activities.permissions import open_to, public, visible_to
from miteinander.encounters.activities.queries.co_hosts import agreed, invited_by
from miteinander.encounters.activities.queries.criteria import (
    EVERYTHING,
    NEAR_KM,
    Criteria,
    what,
    when,
    where,
)
from miteinander.foundation.core.permissions import Actor

OTHER_DATES = 12
ELSEWHERE = 3


def shown(dates: QuerySet[ActivityDate]) -> QuerySet[ActivityDate]:
    """Load beside ``dates`` all that a card or a page shows, in a fixed number of queries."""
    return (
        dates.select_related(
            "activity__organisation", "activity__venue__municipality", "activity__municipality"
        )
        .defer("activity__venue__municipality__boundary", "activity__municipality__boundary")
        .prefetch_related("activity__versions", "activity__languages", agreed("activity__"))
        .prefetch_related("derived_languages")
    )


def public_dates() -> QuerySet[ActivityDate]:
    """Every date of an occasion the public sees, whenever it is."""
    return ActivityDate.objects.filter(public("activity__"))


def open_dates(*, actor: Actor) -> QuerySet[ActivityDate]:
    """Every date ``actor`` may come to: public ones, and those of their closed circles."""
    return ActivityDate.objects.filter(open_to(actor, "activity__"))


def upcoming_dates(
    *, actor: Actor, now: datetime, criteria: Criteria = EVERYTHING
) -> QuerySet[ActivityDate]:
    """Dates that are not over, soonest first, narrowed by ``criteria``.

    The list is the same for everybody, so ``actor`` changes nothing; cancelled dates stay in it
    and say so. It never depends on the language of the reader.
    """
    del actor
    found = public_dates().filter(ends_at__gt=now)
    for condition in (when(criteria), where(criteria), what(criteria)):
        found = found.filter(condition)
    return shown(found).order_by("starts_at", "pk")


def dates_with_keys(keys: Sequence[int]) -> QuerySet[ActivityDate]:
    """The public dates with these keys, soonest first, with all that a card shows.

    A search over thousands is asked once for keys, counted by their number, and only the dates
    of one page are loaded.
    """
    return shown(public_dates().filter(pk__in=keys)).order_by("starts_at", "pk")


def visible_dates(*, actor: Actor) -> QuerySet[ActivityDate]:
    """Every date ``actor`` may open: public ones, and those they plan."""
    activities = Activity.objects.filter(visible_to(actor)).values("pk")
    return shown(ActivityDate.objects.filter(activity__in=activities))


def other_dates(*, of: ActivityDate, now: datetime) -> list[ActivityDate]:
    """List the coming dates of the same occasion, soonest first, at most a dozen."""
    siblings = ActivityDate.objects.filter(activity_id=of.activity_id, ends_at__gt=now)
    return list(siblings.exclude(pk=of.pk).order_by("starts_at", "pk")[:OTHER_DATES])


def course_dates(*, of: ActivityDate, now: datetime) -> list[ActivityDate]:
    """List the dates of a course that one form asks for; none where each date has its own."""
    if not of.activity.signs_up_once:
        return []
    dates = ActivityDate.objects.filter(
        activity_id=of.activity_id, starts_at__gt=now, status=DateStatus.SCHEDULED, closed_at=None
    )
    found = list(dates.select_related("activity").order_by("starts_at", "pk"))
    return found if len(found) > 1 else []


def dates_of_course(*, of: ActivityDate, keys: Sequence[int]) -> list[ActivityDate]:
    """List the dates of an occasion with these keys, soonest first."""
    found = ActivityDate.objects.filter(activity_id=of.activity_id, pk__in=keys)
    return list(found.order_by("starts_at", "pk")) if keys else []


def elsewhere(*, of: ActivityDate, now: datetime) -> list[ActivityDate]:
    """List what else is on for whoever gets no seat: the next dates with free seats, at most three.

    Only what is for everybody: nobody is sent from one closed door to another.
    """
    free = public_dates().filter(starts_at__gt=now, status=DateStatus.SCHEDULED)
    free = free.filter(seats_taken__lt=F("capacity"), activity__setting="", closed_at=None)
    free = free.filter(activity__required=None, activity__min_age=None, activity__max_age=None)
    others = shown(free.exclude(activity_id=of.activity_id))
    return list(others.order_by("starts_at", "pk")[:ELSEWHERE])


def next_date(*, activity_id: int, now: datetime) -> ActivityDate | None:
    """Return the next public date of an occasion that people can still come to."""
    found = public_dates().filter(activity_id=activity_id, starts_at__gt=now)
    found = found.filter(status=DateStatus.SCHEDULED, closed_at=None)
    return found.order_by("starts_at", "pk").first()


def dates_at(*, region: Region, now: datetime) -> QuerySet[ActivityDate]:
    """Coming dates in a municipality, or in any municipality of a district; not those online."""
    here = Q(activity__municipality=region) | Q(activity__municipality__parent=region)
    return shown(public_dates().filter(here, ends_at__gt=now)).order_by("starts_at", "pk")


def dates_near(*, region: Region, now: datetime, km: int = NEAR_KM) -> QuerySet[ActivityDate]:
    """Coming dates in the neighbourhood of a municipality, not in itself."""
    near = [pk for pk in within(region, km) if pk != region.pk]
    found = public_dates().filter(activity__municipality__in=near, ends_at__gt=now)
    return shown(found).order_by("starts_at", "pk")


def dates_of(*, organisation: Organisation, now: datetime) -> QuerySet[ActivityDate]:
    """Coming dates to which an organisation invites, alone or together with another."""
    found = public_dates().filter(invited_by(organisation, "activity__"), ends_at__gt=now)
    return shown(found).order_by("starts_at", "pk")


def date_counts(*, now: datetime) -> dict[int, int]:
    """Map each municipality to its number of coming dates that take place."""
    rows = (
        public_dates()
        .filter(ends_at__gt=now, status=DateStatus.SCHEDULED, activity__municipality__isnull=False)
        .order_by()
        .values("activity__municipality")
        .annotate(count=Count("pk"))
    )
    return {row["activity__municipality"]: row["count"] for row in rows}
