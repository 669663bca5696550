"""Who leaves a course frees the coming seats and keeps what was done."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from miteinander.community.organisations.tests.factories import CoordinatorRoleFactory
from miteinander.community.people.models import Person
from miteinander.community.people.tests.factories import PersonFactory
from miteinander.cooperation.guides.enums import InterestStatus
from miteinander.cooperation.guides.models import Attendance, Trainee
from miteinander.cooperation.guides.queries.courses import courses
from miteinander.cooperation.guides.queries.interests import suitable_for
from miteinander.cooperation.guides.services.leaving import leave_course
from miteinander.cooperation.guides.services.trainees import enrol_trainee, make_up
from miteinander.cooperation.guides.tests.factories import CourseFactory, InterestFactory, attend
from miteinander.encounters.activities.enums import HOLDING
from miteinander.encounters.activities.models import Participation
from miteinander.foundation.audit.models import AuditEntry
from miteinander.foundation.core import clock

pytestmark = pytest.mark.django_db


def coordinator_of(trainee: Trainee) -> Person:
    region = trainee.course.curriculum.organisation.municipality
    return CoordinatorRoleFactory.create(region=region).person


@pytest.fixture
def trainee() -> Trainee:
    course = CourseFactory.create()
    region = course.curriculum.organisation.municipality
    interest = InterestFactory.create(
        status=InterestStatus.SUITABLE, municipality=region, person=PersonFactory.create()
    )
    actor = CoordinatorRoleFactory.create(region=region).person
    return enrol_trainee(actor=actor, course_id=course.pk, interest_id=interest.pk)


def seats_of(trainee: Trainee) -> int:
    return Participation.objects.filter(person=trainee.person, status__in=HOLDING).count()


def test_a_trainee_leaves_with_a_reason_and_frees_the_coming_seats(trainee: Trainee) -> None:
    attend(trainee, 1)
    assert seats_of(trainee) == 8

    with clock.held_at(clock.now() + timedelta(days=2)):
        left = leave_course(actor=trainee.person, trainee_id=trainee.pk, reason="moved")

    assert (left.left_reason, left.left_at is not None) == ("moved", True)
    assert seats_of(trainee) == 1
    assert Attendance.objects.filter(person=trainee.person).count() == 1


def test_leaving_twice_is_leaving_once(trainee: Trainee) -> None:
    first = leave_course(actor=trainee.person, trainee_id=trainee.pk, reason="time")
    again = leave_course(actor=trainee.person, trainee_id=trainee.pk, reason="moved")

    assert (again.left_at, again.left_reason) == (first.left_at, "time")
    assert AuditEntry.objects.filter(verb="guides.leave_course").count() == 1


def test_a_seat_to_make_a_module_up_is_given_back_and_another_course_stays(
    trainee: Trainee,
) -> None:
    actor = coordinator_of(trainee)
    other = CourseFactory.create(curriculum=trainee.course.curriculum)
    session = other.sessions.get(module__position=4)
    make_up(actor=actor, trainee_id=trainee.pk, session_id=session.pk)
    assert seats_of(trainee) == 9

    leave_course(actor=actor, trainee_id=trainee.pk, reason="work")

    assert seats_of(trainee) == 0


def test_who_left_can_be_taken_in_again(trainee: Trainee) -> None:
    actor = coordinator_of(trainee)
    leave_course(actor=actor, trainee_id=trainee.pk, reason="family")
    (interest,) = suitable_for(actor=actor, course=trainee.course)
    assert courses(actor=actor).get().people == 0  # type: ignore[attr-defined]

    again = enrol_trainee(actor=actor, course_id=trainee.course_id, interest_id=interest.pk)

    assert (again.pk, again.left_at, again.left_reason) == (trainee.pk, None, "")
    assert seats_of(trainee) == 8


@pytest.mark.parametrize("reason", ["", "ill", "MOVED"])
def test_a_reason_outside_the_list_is_refused(trainee: Trainee, reason: str) -> None:
    with pytest.raises(ValidationError):
        leave_course(actor=trainee.person, trainee_id=trainee.pk, reason=reason)

    trainee.refresh_from_db()
    assert (trainee.left_at, seats_of(trainee)) == (None, 8)


def test_nobody_else_lets_somebody_leave(trainee: Trainee) -> None:
    trainer = PersonFactory.create()
    trainee.course.sessions.update(trainer=trainer)

    for actor in (trainer, PersonFactory.create()):
        with pytest.raises(Trainee.DoesNotExist):
            leave_course(actor=actor, trainee_id=trainee.pk, reason="moved")

    trainee.refresh_from_db()
    assert (trainee.left_at, seats_of(trainee)) == (None, 8)


def test_the_page_asks_for_the_reason_and_leads_back(trainee: Trainee, client: Client) -> None:
    client.force_login(trainee.person)
    page = reverse("guides:leave_course", args=[trainee.pk])

    assert client.get(page).status_code == 200
    assert client.post(page, {}).status_code == 200
    answer = client.post(page, {"reason": "expected"}, follow=True)

    assert answer.redirect_chain == [(reverse("guides:mine"), 302)]
    trainee.refresh_from_db()
    assert trainee.left_reason == "expected"
