"""Leaving a course: the coming seats go to others, and what was done stays."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from miteinander.community.people.models import Person
from miteinander.cooperation.guides.enums import LeaveReason
from miteinander.cooperation.guides.models import Session, Trainee
from miteinander.cooperation.guides.permissions import can_leave_course
from miteinander.encounters.activities.models import Participation
from miteinander.encounters.activities.services.seats import answers
from miteinander.encounters.activities.services.seats.holding import locked_dates
from miteinander.foundation.audit import services as audit
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import Actor, SystemActor, require

_SYSTEM = SystemActor("guides")


@transaction.atomic
def leave_course(*, actor: Actor, trainee_id: int, reason: str) -> Trainee:
    """Let somebody leave a course, with a reason from a closed list; a second time nothing happens.

    All coming seats of the course, and those to make a module up, are given back. What the person
    was there for still counts, and a coordinator can take them in again.

    Raises:
        Trainee.DoesNotExist: ``actor`` may not know of it.
        ValidationError: no such reason.
    """
    person_id = Trainee.objects.values_list("person_id", flat=True).get(pk=trainee_id)
    Person.objects.select_for_update(no_key=True).only("pk").get(pk=person_id)
    known = Trainee.objects.select_related("course__curriculum__organisation").get(pk=trainee_id)
    if not can_leave_course(actor, known):
        raise Trainee.DoesNotExist
    require(actor, "guides.leave_course", known)
    if reason not in LeaveReason.values:
        raise ValidationError(_("Choose one of the reasons."), code="unknown_reason")
    if known.left_at is not None:
        return known
    now = clock.now()
    _give_back(known, now)
    trainee = Trainee.objects.select_for_update(of=("self",)).get(pk=trainee_id)
    trainee.left_at, trainee.left_reason = now, reason
    trainee.save(update_fields=["left_at", "left_reason"])
    audit.record(
        actor=actor, verb="guides.leave_course", obj=trainee, details={"reason": str(reason)}
    )
    return trainee


def _give_back(trainee: Trainee, now: datetime) -> None:
    """Give the coming seats back, in the order of their dates so that nobody waits in a circle."""
    others = Trainee.objects.filter(person_id=trainee.person_id, left_at=None).exclude(
        pk=trainee.pk
    )
    elsewhere = Session.objects.filter(course__curriculum_id=trainee.course.curriculum_id).exclude(
        course__in=others.order_by().values("course_id")
    )
    own = Q(date__activity_id=trainee.course.activity_id)
    seats = Participation.objects.filter(
        own | Q(date__in=elsewhere.order_by().values("date_id")),
        person_id=trainee.person_id, date__starts_at__gt=now,
    ).exclude(status__in=answers.ENDED)  # fmt: skip
    rows = list(seats.order_by("date_id", "pk").values_list("pk", "date_id"))
    locked_dates([date_id for _pk, date_id in rows])
    for pk, _date_id in rows:
        answers.give_back(actor=_SYSTEM, participation_id=pk)
