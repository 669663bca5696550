"""A course made from the template, who takes part, and who was there."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from miteinander.community.organisations.tests.factories import (
    CoordinatorRoleFactory,
    MembershipFactory,
    OrganisationFactory,
)
from miteinander.community.people.models import Person
from miteinander.community.people.tests.factories import PersonFactory
from miteinander.cooperation.guides.enums import InterestStatus
from miteinander.cooperation.guides.models import (
    Attendance,
    Course,
    Curriculum,
    Module,
    Session,
    Trainee,
)
from miteinander.cooperation.guides.queries.standing import standing_of
from miteinander.cooperation.guides.services import courses, curricula, trainees
from miteinander.cooperation.guides.tests.factories import (
    CourseFactory,
    CurriculumFactory,
    InterestFactory,
    TraineeFactory,
    attend,
)
from miteinander.encounters.activities.enums import Giving, Presence, SignUpWay
from miteinander.encounters.activities.models import Activity, ActivityDate, Participation
from miteinander.encounters.activities.services import presence, seats
from miteinander.encounters.activities.services.dates import Place
from miteinander.encounters.activities.tests.factories import DateFactory
from miteinander.encounters.spaces.tests.factories import VenueFactory
from miteinander.foundation.core import clock

pytestmark = pytest.mark.django_db


def coordinator_of(curriculum: Curriculum) -> Person:
    return CoordinatorRoleFactory.create(region=curriculum.organisation.municipality).person


def plan(curriculum: Curriculum, **changes: Any) -> courses.CoursePlan:
    venue = VenueFactory.create(organisation=curriculum.organisation)
    facts: dict[str, Any] = {
        "title": "Grundkurs", "summary": "Acht Abende.", "language": "de",
        "when": courses.When(clock.today() + timedelta(days=7), time(18), time(20, 30)),
        "place": Place(venue_id=venue.pk), "seats": 16, "share": 80, "contact_name": "Petra",
        "contact_phone": "+49561123456", **changes,
    }  # fmt: skip
    return courses.CoursePlan(**facts)


def test_the_template_is_eight_modules() -> None:
    organisation = OrganisationFactory.create()
    actor = CoordinatorRoleFactory.create(organisation=organisation, region=None).person

    curriculum = curricula.create_curriculum(actor=actor, organisation_id=organisation.pk)

    modules = list(curriculum.modules.all())
    assert [module.position for module in modules] == list(range(1, 9))
    assert sum(module.units for module in modules) == 24
    assert all(module.name and module.learning_goals for module in modules)


def test_a_member_of_the_organisation_does_not_make_a_curriculum() -> None:
    membership = MembershipFactory.create()

    with pytest.raises(PermissionDenied):
        curricula.create_curriculum(
            actor=membership.person, organisation_id=membership.organisation_id
        )

    assert not Curriculum.objects.exists()


def test_a_course_has_one_date_for_each_module_and_only_the_organisers_give_seats() -> None:
    curriculum = CurriculumFactory.create()
    actor = coordinator_of(curriculum)

    course = courses.open_course(actor=actor, curriculum_id=curriculum.pk, plan=plan(curriculum))

    assert course.activity.giving == Giving.APPROVAL
    dates = list(ActivityDate.objects.filter(activity=course.activity).order_by("starts_at"))
    sessions = Session.objects.filter(course=course).order_by("module__position")
    assert [row.date_id for row in sessions] == [row.pk for row in dates]
    assert len(dates) == 8
    asked = seats.sign_up(
        actor=(visitor := PersonFactory.create()), date_id=dates[0].pk, person_id=visitor.pk,
        language="de", way=SignUpWay.ACCOUNT,
    )  # fmt: skip
    assert not asked.participation.holds_seat


def test_an_evening_too_short_for_its_units_is_refused_and_nothing_is_planned() -> None:
    curriculum = CurriculumFactory.create()
    short = courses.When(clock.today() + timedelta(days=7), time(18), time(20))

    with pytest.raises(ValidationError) as refused:
        courses.open_course(
            actor=coordinator_of(curriculum), curriculum_id=curriculum.pk,
            plan=plan(curriculum, when=short),
        )  # fmt: skip

    assert refused.value.code == "too_short"
    assert not Activity.objects.exists()


def test_the_time_on_the_clock_stays_over_a_change_of_clocks() -> None:
    curriculum = CurriculumFactory.create()
    when = courses.When(date(2027, 10, 12), time(18), time(20, 30))

    course = courses.open_course(
        actor=coordinator_of(curriculum), curriculum_id=curriculum.pk,
        plan=plan(curriculum, when=when),
    )  # fmt: skip

    rows = ActivityDate.objects.filter(activity=course.activity)
    assert {clock.local(row.starts_at).time() for row in rows} == {time(18)}


def enrolled(course: Course, **more: object) -> Trainee:
    interest = InterestFactory.create(
        status=InterestStatus.SUITABLE,
        municipality=course.curriculum.organisation.municipality,
        **more,
    )
    actor = coordinator_of(course.curriculum)
    return trainees.enrol_trainee(actor=actor, course_id=course.pk, interest_id=interest.pk)


def test_who_is_taken_in_gets_a_seat_on_all_dates_and_one_letter() -> None:
    course = CourseFactory.create()

    trainee = enrolled(course)

    rows = Participation.objects.filter(person=trainee.person)
    assert rows.count() == 8
    assert all(row.holds_seat for row in rows)
    assert len({row.course_key for row in rows}) == 1


def test_only_who_was_found_suitable_is_taken_in() -> None:
    course = CourseFactory.create()
    interest = InterestFactory.create(municipality=course.curriculum.organisation.municipality)

    with pytest.raises(ValidationError):
        trainees.enrol_trainee(
            actor=coordinator_of(course.curriculum), course_id=course.pk, interest_id=interest.pk
        )

    assert not Trainee.objects.exists()
    assert not Participation.objects.exists()


def test_one_full_date_means_nobody_is_taken_in() -> None:
    course = CourseFactory.create()
    last = course.sessions.latest("pk")
    ActivityDate.objects.filter(pk=last.date_id).update(seats_taken=12)

    with pytest.raises(seats.CourseFull):
        enrolled(course)

    assert not Trainee.objects.exists()
    assert not Participation.objects.exists()


def mark(trainee: Trainee, position: int, word: str) -> None:
    date = Session.objects.get(course=trainee.course, module__position=position).date
    seat = Participation.objects.get(date=date, person=trainee.person)
    with clock.held_at(date.starts_at):
        presence.mark_presence(
            actor=coordinator_of(trainee.course.curriculum), participation_id=seat.pk,
            presence=word,
        )  # fmt: skip


def test_presence_at_the_door_counts_and_taking_it_back_counts_no_more() -> None:
    trainee = enrolled(CourseFactory.create())

    mark(trainee, 1, Presence.PRESENT)
    assert standing_of(trainee=trainee, now=clock.now()).units == 3

    mark(trainee, 1, Presence.ABSENT)
    assert standing_of(trainee=trainee, now=clock.now()).units == 0


def test_presence_of_people_outside_the_course_is_not_kept() -> None:
    course = CourseFactory.create()
    trainee = enrolled(course)
    Trainee.objects.all().delete()

    mark(trainee, 1, Presence.PRESENT)

    assert not Attendance.objects.exists()


def test_a_missed_module_is_made_up_in_another_course() -> None:
    curriculum = CurriculumFactory.create()
    trainee = enrolled(CourseFactory.create(curriculum=curriculum))
    other = CourseFactory.create(curriculum=curriculum)
    session = other.sessions.get(module__position=2)

    trainees.make_up(actor=coordinator_of(curriculum), trainee_id=trainee.pk, session_id=session.pk)
    seat = Participation.objects.get(date=session.date, person=trainee.person)
    with clock.held_at(session.date.starts_at):
        presence.mark_presence(
            actor=coordinator_of(curriculum), participation_id=seat.pk, presence=Presence.PRESENT
        )

    standing = standing_of(trainee=trainee, now=clock.now())
    done = [row for row in standing.modules if row.elsewhere]
    assert [row.module.position for row in done] == [2]
    assert standing.units == 3


def test_a_date_of_another_curriculum_makes_nothing_up() -> None:
    trainee = enrolled(CourseFactory.create())
    foreign = CourseFactory.create().sessions.earliest("pk")

    with pytest.raises(ValidationError):
        trainees.make_up(
            actor=coordinator_of(trainee.course.curriculum), trainee_id=trainee.pk,
            session_id=foreign.pk,
        )  # fmt: skip


def test_a_module_people_attended_is_neither_deleted_nor_counted_anew() -> None:
    trainee = TraineeFactory.create()
    attend(trainee, 1)
    module = Module.objects.get(curriculum=trainee.course.curriculum, position=1)
    actor = coordinator_of(trainee.course.curriculum)
    facts = curricula.ModuleFacts(module.name, module.learning_goals, 5, False, "de")  # noqa: FBT003

    with pytest.raises(curricula.PeopleWereThere):
        curricula.delete_module(actor=actor, module_id=module.pk)
    with pytest.raises(curricula.PeopleWereThere):
        curricula.change_module(actor=actor, module_id=module.pk, facts=facts)

    module.refresh_from_db()
    assert module.units == 3


def test_a_module_with_a_date_is_not_deleted_and_one_without_is() -> None:
    curriculum = CurriculumFactory.create()
    actor = coordinator_of(curriculum)
    first, second = curriculum.modules.all()[:2]
    CourseFactory.create(curriculum=curriculum)
    Session.objects.filter(module=second).delete()

    with pytest.raises(ValidationError):
        curricula.delete_module(actor=actor, module_id=first.pk)
    curricula.delete_module(actor=actor, module_id=second.pk)

    assert list(curriculum.modules.values_list("position", flat=True)) == [1, 3, 4, 5, 6, 7, 8]


def test_a_trainer_belongs_to_the_organisation() -> None:
    course = CourseFactory.create()
    session, actor = course.sessions.earliest("pk"), coordinator_of(course.curriculum)
    facts = courses.SessionFacts(PersonFactory.create().pk, "online", session.date_id)

    with pytest.raises(ValidationError):
        courses.change_session(actor=actor, session_id=session.pk, facts=facts)

    session.refresh_from_db()
    assert (session.trainer, session.format) == (None, "person")


def test_a_cancelled_evening_gets_another_date_of_the_course() -> None:
    course = CourseFactory.create()
    trainee = enrolled(course)
    session, actor = course.sessions.earliest("pk"), coordinator_of(course.curriculum)
    other = DateFactory.create(activity=course.activity)
    facts = courses.SessionFacts(None, "person", other.pk)

    courses.change_session(actor=actor, session_id=session.pk, facts=facts)

    session.refresh_from_db()
    assert session.date == other
    assert Participation.objects.get(date=other, person=trainee.person).holds_seat


def test_a_date_that_teaches_another_module_or_is_foreign_is_refused() -> None:
    course = CourseFactory.create()
    first, second = course.sessions.order_by("pk")[:2]
    foreign, actor = DateFactory.create(), coordinator_of(course.curriculum)

    for key in (second.date_id, foreign.pk):
        with pytest.raises(ValidationError):
            courses.change_session(
                actor=actor, session_id=first.pk, facts=courses.SessionFacts(None, "person", key)
            )

    date_id = first.date_id
    first.refresh_from_db()
    assert first.date_id == date_id


def test_the_date_stays_once_people_were_there() -> None:
    trainee = TraineeFactory.create()
    attend(trainee, 1)
    session = trainee.course.sessions.get(module__position=1)
    other = DateFactory.create(activity=trainee.course.activity)

    with pytest.raises(ValidationError):
        courses.change_session(
            actor=coordinator_of(trainee.course.curriculum), session_id=session.pk,
            facts=courses.SessionFacts(None, "person", other.pk),
        )  # fmt: skip


def test_a_module_added_later_does_not_count_in_a_course_without_a_date_for_it() -> None:
    trainee = TraineeFactory.create()
    Module.objects.create(
        curriculum=trainee.course.curriculum, title="Neu", language="de", position=9, units=3
    )

    assert standing_of(trainee=trainee, now=clock.now()).total == 24
