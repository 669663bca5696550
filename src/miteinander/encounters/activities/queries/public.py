"""What the public sees of occasions: coming dates, one date, and one's own seats."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, F, Q, QuerySet

from miteinander.community.organisations.models import Organisation
from miteinander.community.regions.models import Region
from miteinander.community.regions.queries import within
from miteinander.encounters.activities.enums import (
    INVOLVED,
    ON_LIST,
    DateStatus,
    Giving,
    ParticipationStatus,
)
from miteinander.encounters.activities.models import (
    Activity,
    ActivityDate,
    Participation,
)
from miteinander.encounters.activities.permissions import public, visible_to
from miteinander.encounters.activities.queries.co_hosts import agreed, invited_by
from miteinander.encounters.activities.queries.roles import spoken_at
from miteinander.encounters.spaces.enums import Access
from miteinander.foundation.content.queries import matching_ids
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import Actor

OTHER_DATES = 12
ELSEWHERE = 3
PAST_SEATS = 50
NEAR_KM = 10


@dataclass(frozen=True)
class Criteria:
    """What somebody looks for; a value that is empty does not narrow the list."""

    words: str = ""
    first_day: date | None = None
    last_day: date | None = None
    region: Region | None = None
    km: int = NEAR_KM
    language: str = ""
    topic: str = ""
    audience: str = ""
    is_free: bool = False
    has_childcare: bool = False
    is_step_free: bool = False
    has_interpretation: bool = False
    is_online: bool = False


EVERYTHING = Criteria()


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


def upcoming_dates(
    *, actor: Actor, now: datetime, criteria: Criteria = EVERYTHING
) -> QuerySet[ActivityDate]:
    """Dates that are not over, soonest first, narrowed by ``criteria``.

    The list is the same for everybody, so ``actor`` changes nothing; cancelled dates stay in it
    and say so. It never depends on the language of the reader.
    """
    del actor
    found = public_dates().filter(ends_at__gt=now)
    for condition in (_when(criteria), where(criteria), what(criteria)):
        found = found.filter(condition)
    return shown(found).order_by("starts_at", "pk")


def dates_with_keys(keys: Sequence[int]) -> QuerySet[ActivityDate]:
    """The public dates with these keys, soonest first, with all that a card shows.

    A search over thousands is asked once for keys, counted by their number, and only the dates
    of one page are loaded.
    """
    return shown(public_dates().filter(pk__in=keys)).order_by("starts_at", "pk")


def _when(criteria: Criteria) -> Q:
    condition = Q()
    if criteria.first_day:
        condition &= Q(ends_at__gt=clock.start_of_day(criteria.first_day))
    if criteria.last_day:
        condition &= Q(starts_at__lt=clock.end_of_day(criteria.last_day))
    return condition


def where(criteria: Criteria, prefix: str = "activity__") -> Q:
    """Narrow by place; ``prefix`` leads from a row to its occasion.

    Near a place is also what takes place online: it is as near as the next screen.
    """
    condition = Q(**{f"{prefix}is_online": True}) if criteria.is_online else Q()
    if criteria.is_step_free:
        condition &= Q(**{f"{prefix}venue__step_free": Access.YES})
    if criteria.region is None:
        return condition
    near = within(criteria.region, criteria.km)
    return condition & (
        Q(**{f"{prefix}municipality__in": near})
        | Q(**{f"{prefix}venue__municipality__in": near})
        | Q(**{f"{prefix}is_online": True})
    )


def what(criteria: Criteria, prefix: str = "activity__") -> Q:
    """Narrow by what it is and for whom; ``prefix`` leads from a row to its occasion."""
    said = {
        f"{prefix}topic": criteria.topic,
        f"{prefix}audience": criteria.audience,
        f"{prefix}has_childcare": criteria.has_childcare,
        f"{prefix}has_interpretation": criteria.has_interpretation,
    }
    condition = Q(**{name: value for name, value in said.items() if value})
    if criteria.is_free:
        condition &= Q(**{f"{prefix}cost_cents": 0})
    if criteria.language:
        condition &= spoken_at(criteria.language, prefix)
    if criteria.words:
        ids = matching_ids(Activity, criteria.words)
        condition &= Q() if ids is None else Q(**{f"{prefix}pk__in": ids})
    return condition


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
