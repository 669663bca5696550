"""Reading occasions as those who plan them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, Count, F, IntegerField, Min, Q, QuerySet, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from miteinander.community.organisations import permissions as organisations
from miteinander.community.organisations.models import CoordinatorRole, Membership, Organisation
from miteinander.community.people.permissions import is_administrator, is_person, is_system
from miteinander.encounters.activities.enums import (
    INVOLVED,
    ActivityStatus,
    DateStatus,
)
from miteinander.encounters.activities.models import Activity, ActivityDate, Participation
from miteinander.encounters.activities.permissions import co_hosted_by
from miteinander.encounters.activities.queries.co_hosts import (
    agreed,
    has_open_question,
    open_questions,
)
from miteinander.foundation.content.enums import VersionState
from miteinander.foundation.core.permissions import Actor
from miteinander.foundation.core.text import fold

HEADINGS: dict[int, str | Promise] = {
    0: _("A coordinator has a question"),
    1: _("Drafts"),
    2: _("Waiting for approval"),
    3: _("Published, coming up"),
    4: _("Hidden by a coordinator"),
    5: _("Published, all dates are over"),
    6: _("Templates"),
}


def planned_by(actor: Actor) -> Q:
    """Occasions ``actor`` plans or looks on as a co-host; what may be done, the rules say."""
    if is_administrator(actor) or is_system(actor):
        return Q()  # joined by "or" below, an empty Q would vanish
    planned = Organisation.objects.filter(
        organisations.plannable_by(actor) | organisations.coordinated_by(actor)
    )
    return Q(organisation__in=planned.values("pk")) | co_hosted_by(actor)


def plans_anything(actor: Actor) -> bool:
    """Whether there is anything to plan for ``actor``; at most one query."""
    if not is_person(actor) or is_administrator(actor):
        return is_administrator(actor)
    return (
        Membership.objects.filter(person_id=actor.pk)
        .values("pk")
        .union(CoordinatorRole.objects.filter(person_id=actor.pk).values("pk"), all=True)
        .exists()
    )


def plannable_organisations(actor: Actor) -> QuerySet[Organisation]:
    """List the organisations ``actor`` may begin an occasion for, by name."""
    return Organisation.objects.filter(organisations.plannable_by(actor)).order_by("name", "pk")


def planned_activities(actor: Actor, now: datetime) -> QuerySet[Activity]:
    """List what ``actor`` plans, by state, then by the next date.

    Each row carries ``state_rank`` (see ``HEADINGS``) and ``next_start``.
    """
    coming = Q(dates__status=DateStatus.SCHEDULED, dates__ends_at__gt=now)
    rows: QuerySet[Any] = Activity.objects.filter(planned_by(actor)).annotate(
        next_start=Min("dates__starts_at", filter=coming)
    )
    ranked: QuerySet[Activity] = (
        rows.annotate(
            state_rank=Case(
                When(is_template=True, then=Value(6)),
                When(~Q(question=""), status=ActivityStatus.DRAFT, then=Value(0)),
                When(status=ActivityStatus.DRAFT, then=Value(1)),
                When(status=ActivityStatus.AWAITING_APPROVAL, then=Value(2)),
                When(status=ActivityStatus.HIDDEN, then=Value(4)),
                When(is_standing=True, then=Value(3)),
                When(next_start__isnull=True, then=Value(5)),
                default=Value(3),
                output_field=IntegerField(),
            )
        )
        .select_related("organisation", "venue")
        .prefetch_related("versions", "dates", agreed())
        .order_by("state_rank", F("next_start").asc(nulls_last=True), "-pk")
    )
    return ranked


@dataclass(frozen=True)
class Planning:
    """For whom somebody plans, of those that stand on one page.

    ``shown`` are the organisations by name, none where there are many; ``own`` are the keys of
    those on the page; ``may_be_asked`` says whether a question to invite together can wait.
    """

    is_any: bool
    own: set[int]
    shown: list[Organisation]
    may_be_asked: bool


def planning_of(actor: Actor, activities: Sequence[Activity], few: int) -> Planning:
    """Say for whom ``actor`` plans, and whose of ``activities`` are not only looked on; one query.

    Organisations are read as far as needed: those of the page, and one more than ``few``.
    """
    near = {activity.organisation_id for activity in activities}
    rows = plannable_organisations(actor).annotate(
        is_asked=has_open_question(),
        is_far=Case(When(pk__in=near, then=Value(0)), default=Value(1)),
    )
    found = list(rows.order_by("is_far", "name", "pk")[: len(near) + few + 1])
    is_many = len(found) > few
    return Planning(
        is_any=bool(found),
        own={one.pk for one in found if one.pk in near},
        shown=[] if is_many else sorted(found, key=lambda one: (fold(one.name), one.pk)),
        may_be_asked=is_many or any(one.is_asked for one in found),
    )


def templates_for(actor: Actor) -> QuerySet[Activity]:
    """List what ``actor`` may begin an occasion from, by organisation."""
    return (
        Activity.objects.filter(
            is_template=True, organisation__in=plannable_organisations(actor).values("pk")
        )
        .select_related("organisation")
        .prefetch_related("versions")
        .order_by("organisation__name", "pk")
    )


def awaiting_approval(actor: Actor) -> QuerySet[Activity]:
    """List occasions that wait for approval by ``actor``, the oldest first."""
    coordinated = Organisation.objects.filter(organisations.coordinated_by(actor))
    return (
        Activity.objects.filter(
            status=ActivityStatus.AWAITING_APPROVAL, organisation__in=coordinated.values("pk")
        )
        .select_related("organisation")
        .prefetch_related("versions", "dates")
        .order_by("created_at", "pk")
    )


def planned_activity(actor: Actor) -> QuerySet[Activity]:
    """Give the narrowed fetch for the pages of one occasion."""
    return _with_all(Activity.objects.filter(planned_by(actor)))


def _with_all(activities: QuerySet[Activity]) -> QuerySet[Activity]:
    return activities.select_related(
        "organisation", "venue__municipality", "municipality"
    ).prefetch_related("versions", "languages", "dates", "co_hosts__organisation")


def previewed_activity(actor: Actor) -> QuerySet[Activity]:
    """Give the narrowed fetch for the preview: what is planned, or what one is asked to join."""
    asked = open_questions(actor).order_by().values("activity_id")
    planned = Activity.objects.filter(planned_by(actor)).order_by().values("pk")
    return _with_all(Activity.objects.filter(Q(pk__in=planned) | Q(pk__in=asked)))


def planned_dates(actor: Actor) -> QuerySet[ActivityDate]:
    """Give the narrowed fetch for the pages of one date."""
    activities = Activity.objects.filter(planned_by(actor))
    return (
        ActivityDate.objects.filter(activity__in=activities.values("pk"))
        .select_related("activity__organisation", "activity__venue__municipality")
        .prefetch_related("activity__versions", "activity__languages")
    )


def title_of(activity: Activity) -> tuple[str, str]:
    """Return the original title and its language, from the fetched versions."""
    for version in activity.versions.all():
        if version.state == VersionState.ORIGINAL:
            return str(version.parts.get("title", "")), version.language
    return "", ""


def coming_dates(activity: Activity, now: datetime) -> list[ActivityDate]:
    """Pick the dates that still take place or are under way, from the fetched ones."""
    return [row for row in activity.dates.all() if not row.has_ended(now) and not row.is_cancelled]


def preview_date(activity: Activity, now: datetime) -> ActivityDate | None:
    """Pick the date a preview shows, from the fetched ones: the next, else the last."""
    dates = list(activity.dates.all())
    chosen = next(iter(coming_dates(activity, now)), None) or next(reversed(dates), None)
    if chosen is not None:
        chosen.activity = activity
    return chosen


@dataclass(frozen=True)
class Reach:
    """How many people get a message about it, and how many have no address."""

    reached: int
    unreached: int


def reach_of(date: ActivityDate) -> Reach:
    """Count who, with a seat at ``date`` or waiting, gets a message when something changes."""
    held = Participation.objects.filter(date=date, status__in=INVOLVED)
    no_address = Q(person__email__isnull=True) | Q(person__email="")
    return Reach(
        **held.aggregate(
            reached=Count("pk", filter=~no_address), unreached=Count("pk", filter=no_address)
        )
    )
