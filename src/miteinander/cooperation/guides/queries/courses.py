"""Courses and what they teach, for those who plan or train."""

from datetime import datetime

from django.db.models import Count, Q, QuerySet

from miteinander.community.organisations.models import Membership, Organisation
from miteinander.cooperation.guides.models import Course, Curriculum, Session, Trainee
from miteinander.cooperation.guides.permissions import (
    seen_courses,
    seen_curricula,
    teaching_for,
)
from miteinander.encounters.activities.enums import DateStatus
from miteinander.encounters.activities.models import ActivityDate
from miteinander.encounters.spaces.models import Venue
from miteinander.foundation.core.permissions import Actor


def curricula(*, actor: Actor) -> QuerySet[Curriculum]:
    """What the organisations teach that ``actor`` coordinates."""
    found = Curriculum.objects.filter(seen_curricula(actor)).select_related("organisation")
    return found.order_by("organisation__name", "pk")


def organisations_to_teach_for(*, actor: Actor) -> QuerySet[Organisation]:
    """Organisations ``actor`` coordinates that have no curriculum yet, by name."""
    found = Organisation.objects.filter(teaching_for(actor), curricula=None)
    return found.order_by("name", "pk")


def courses(*, actor: Actor) -> QuerySet[Course]:
    """Courses ``actor`` may see, the newest first, with the number of people."""
    return (
        Course.objects.filter(seen_courses(actor))
        .select_related("curriculum__organisation", "activity__organisation")
        .prefetch_related("activity__versions")
        .annotate(people=Count("trainees", filter=Q(trainees__left_at=None), distinct=True))
        .order_by("-created_at", "-pk")
    )


def trainings_of(*, actor: Actor) -> list[Trainee]:
    """Courses ``actor`` takes part in, the newest first."""
    if not actor.is_authenticated:
        return []
    rows = Trainee.objects.filter(person_id=actor.pk).select_related(
        "course__curriculum__organisation", "course__activity", "person"
    )
    return list(rows.prefetch_related("course__activity__versions").order_by("-joined_at", "-pk"))


def make_up_dates(*, course: Course, now: datetime) -> list[Session]:
    """Coming dates of other courses that teach modules of the same curriculum, soonest first."""
    rows = Session.objects.filter(
        course__curriculum_id=course.curriculum_id,
        date__starts_at__gt=now,
        date__status=DateStatus.SCHEDULED,
    ).exclude(course=course)
    return list(rows.select_related("date", "module").order_by("date__starts_at", "pk"))


def free_dates(*, session: Session) -> list[ActivityDate]:
    """Dates of the course a module may be taught on: its own, and those that teach none."""
    others = Session.objects.exclude(pk=session.pk).order_by().values("date_id")
    dates = ActivityDate.objects.filter(activity_id=session.course.activity_id)
    return list(dates.exclude(pk__in=others).order_by("starts_at", "pk"))


def venues_of(organisation: Organisation) -> QuerySet[Venue]:
    """Places of an organisation, by name."""
    return Venue.objects.filter(organisation=organisation).order_by("name", "pk")


def trainers_of(organisation: Organisation) -> QuerySet[Membership]:
    """Who belongs to an organisation and may train, by name."""
    rows = Membership.objects.filter(organisation=organisation).select_related("person")
    return rows.order_by("person__name", "pk")
