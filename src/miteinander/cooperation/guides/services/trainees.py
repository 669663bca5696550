"""Taking people into a course, and letting them make a missed module up in another one."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from miteinander.community.people.models import Person
from miteinander.cooperation.guides.enums import InterestStatus
from miteinander.cooperation.guides.models import Course, Interest, Session, Trainee
from miteinander.cooperation.guides.permissions import can_see_course, can_see_interest
from miteinander.cooperation.guides.services.attendance import take_over_marks
from miteinander.encounters.activities.enums import DateStatus
from miteinander.encounters.activities.models import ActivityDate
from miteinander.encounters.activities.services import seats
from miteinander.foundation.audit import services as audit
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import Actor, require


def held_course(actor: Actor, course_id: int) -> Course:
    """Hold a course for somebody who teaches it; who may not know of it finds none."""
    course = (
        Course.objects.select_for_update(of=("self",))
        .select_related("curriculum__organisation")
        .get(pk=course_id)
    )
    if not can_see_course(actor, course):
        raise Course.DoesNotExist
    require(actor, "guides.teach", course.curriculum.organisation)
    return course


@transaction.atomic
def enrol_trainee(*, actor: Actor, course_id: int, interest_id: int) -> Trainee:
    """Take somebody who was found suitable into a course, with a seat on all its coming dates.

    The person asked to become a guide, which is the consent. One letter tells all dates; who is
    in the course already stays as is, and who left it is in it again.

    Raises:
        ValidationError: the person was not found suitable, or withdrew (``not_suitable``).
        CourseFull: a date has no free seat; then the person is not in the course either.
    """
    interest = Interest.objects.select_related("municipality").get(pk=interest_id)
    if not can_see_interest(actor, interest):
        raise Interest.DoesNotExist
    person = Person.objects.select_for_update(no_key=True).get(pk=interest.person_id)
    course = held_course(actor, course_id)
    interest.refresh_from_db(fields=["status"])
    if interest.status != InterestStatus.SUITABLE:
        raise ValidationError(
            _("Talk with this person first and record that they are suitable."),
            code="not_suitable",
        )
    trainee, is_new = Trainee.objects.get_or_create(
        course=course, person=person, defaults={"joined_at": clock.now()}
    )
    if is_new or trainee.left_at is not None:
        trainee.left_at, trainee.left_reason = None, ""
        trainee.save(update_fields=["left_at", "left_reason"])
        dates = Session.objects.filter(
            course=course, date__starts_at__gt=clock.now(), date__status=DateStatus.SCHEDULED
        )
        keys = list(dates.order_by("date_id").values_list("date_id", flat=True))
        seats.enrol(actor=actor, date_ids=keys, who=seats.Enrolled(person.pk, interest.language))
        take_over_marks(course=course, person_id=person.pk)
        audit.record(actor=actor, verb="guides.enrol", obj=trainee)
    return trainee


def seat_everybody(*, actor: Actor, course: Course, date: ActivityDate) -> None:
    """Give everybody in a course a seat on a date that took the place of another.

    Raises:
        CourseFull: there are not enough seats for all.
    """
    if date.is_cancelled or date.has_started(clock.now()):
        return
    staying = course.trainees.filter(left_at=None)
    for trainee in staying.select_related("person").order_by("pk"):
        person = trainee.person
        if person.is_active:
            who = seats.Enrolled(person.pk, person.language)
            seats.enrol(actor=actor, date_ids=[date.pk], who=who)


@transaction.atomic
def make_up(*, actor: Actor, trainee_id: int, session_id: int) -> Session:
    """Give a trainee a seat on the date of another course, to make a missed module up.

    Raises:
        ValidationError: the date teaches no module of this course, or is over.
        CourseFull: no seat is free.
    """
    trainee = Trainee.objects.select_related("person").get(pk=trainee_id)
    person = Person.objects.select_for_update(no_key=True).get(pk=trainee.person_id)
    course = held_course(actor, trainee.course_id)
    session = Session.objects.select_related("course__curriculum", "date", "module").filter(
        pk=session_id, module__curriculum_id=course.curriculum_id
    ).exclude(course=course).first()  # fmt: skip
    if session is None:
        raise ValidationError(_("Choose one of these dates."), code="unknown_date")
    seats.enrol(
        actor=actor, date_ids=[session.date_id], who=seats.Enrolled(person.pk, person.language)
    )
    audit.record(actor=actor, verb="guides.make_up", obj=trainee, details={"session": session.pk})
    return session
