"""Printing who was there in a course: every time is recorded."""

from django.db import transaction

from miteinander.cooperation.guides.models import Course
from miteinander.cooperation.guides.permissions import can_see_course
from miteinander.foundation.audit import services as audit
from miteinander.foundation.core.permissions import Actor, require


@transaction.atomic
def note_printed_presence(*, actor: Actor, course_id: int) -> Course:
    """Record that somebody printed who was there in a course.

    Raises:
        Course.DoesNotExist: ``actor`` may not know of the course.
        PermissionDenied: ``actor`` trains in it and plans nothing.
    """
    course = Course.objects.select_related("curriculum__organisation").get(pk=course_id)
    if not can_see_course(actor, course):
        raise Course.DoesNotExist
    require(actor, "guides.teach", course.curriculum.organisation)
    audit.record(actor=actor, verb="guides.print_presence", obj=course)
    return course
