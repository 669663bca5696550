"""Who wants to become a guide."""

from django.db.models import Case, QuerySet, When

from miteinander.cooperation.guides.enums import InterestStatus
from miteinander.cooperation.guides.models import Course, Interest, Trainee
from miteinander.cooperation.guides.permissions import seen_interests
from miteinander.foundation.core.permissions import Actor

SHOWN_FIRST = (InterestStatus.OPEN, InterestStatus.INVITED)


def interested_people(*, actor: Actor, status: str = "") -> QuerySet[Interest]:
    """Who is interested in the regions ``actor`` coordinates; not withdrawn.

    Those who wait for an invitation or a talk stand in front, first come first.
    """
    found = Interest.objects.filter(seen_interests(actor)).exclude(status=InterestStatus.WITHDRAWN)
    if status:
        found = found.filter(status=status)
    return (
        found.select_related("person", "municipality")
        .defer("municipality__boundary")
        .order_by(Case(When(status__in=SHOWN_FIRST, then=0), default=1), "asked_at", "pk")
    )


def open_interest_count(*, actor: Actor) -> int:
    """How many people wait for an invitation."""
    return interested_people(actor=actor, status=InterestStatus.OPEN).count()


def suitable_for(*, actor: Actor, course: Course) -> list[Interest]:
    """Suitable people the actor may see who are not in a course of this curriculum yet."""
    taken = Trainee.objects.filter(
        course__curriculum_id=course.curriculum_id, left_at=None
    ).order_by()
    found = interested_people(actor=actor, status=InterestStatus.SUITABLE)
    return list(found.exclude(person_id__in=taken.values("person_id")))
