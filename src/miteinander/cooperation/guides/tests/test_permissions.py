"""Rules and their set twins agree, for everybody and everything."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, Q

from miteinander.community.organisations.enums import OrganisationStatus
from miteinander.community.organisations.models import Organisation
from miteinander.community.organisations.tests.factories import (
    CoordinatorRoleFactory,
    MembershipFactory,
    OrganisationFactory,
)
from miteinander.community.people.tests.factories import AdministratorFactory, PersonFactory
from miteinander.community.regions.tests.factories import DistrictFactory, RegionFactory
from miteinander.cooperation.guides import permissions
from miteinander.cooperation.guides.models import (
    Certificate,
    Course,
    Curriculum,
    Interest,
    Trainee,
)
from miteinander.cooperation.guides.tests.factories import (
    CertificateFactory,
    CourseFactory,
    CurriculumFactory,
    InterestFactory,
    TraineeFactory,
)
from miteinander.foundation.core.permissions import SystemActor

pytestmark = pytest.mark.django_db
TWINS: list[tuple[type[Model], Callable[[Any, Any], bool], Callable[[Any], Q]]] = [
    (Interest, permissions.can_see_interest, permissions.seen_interests),
    (Organisation, permissions.can_teach, permissions.teaching_for),
    (Curriculum, permissions.can_see_curriculum, permissions.seen_curricula),
    (Course, permissions.can_see_course, permissions.seen_courses),
    (Curriculum, permissions.can_read_materials, permissions.readable_curricula),
    (Trainee, permissions.can_leave_course, permissions.leavable_trainees),
    (Certificate, permissions.can_see_certificate, permissions.seen_certificates),
]


@pytest.fixture
def actors() -> list[Any]:
    """People in every role towards two organisations, one of them hidden, in two districts."""
    district, other = DistrictFactory.create(), DistrictFactory.create()
    town, village = RegionFactory.create(parent=district), RegionFactory.create(parent=other)
    found: list[Any] = [AnonymousUser(), SystemActor(), PersonFactory.create()]
    found += [AdministratorFactory.create(), CoordinatorRoleFactory.create(region=None).person]
    for region, status in ((town, "active"), (village, OrganisationStatus.HIDDEN)):
        organisation = OrganisationFactory.create(municipality=region, status=status)
        member = MembershipFactory.create(organisation=organisation).person
        course = CourseFactory.create(
            curriculum=CurriculumFactory.create(organisation=organisation)
        )
        session = course.sessions.earliest("pk")
        session.trainer = member
        session.save()
        certificate = CertificateFactory.create(
            trainee=TraineeFactory.create(course=course, person=PersonFactory.create())
        )
        InterestFactory.create(municipality=region)
        found += [
            member,
            certificate.trainee.person,
            CoordinatorRoleFactory.create(region=region).person,
            CoordinatorRoleFactory.create(region=region.parent).person,
            CoordinatorRoleFactory.create(region=None, organisation=organisation).person,
        ]
    return found


@pytest.mark.parametrize(
    ("model", "rule", "twin"), TWINS, ids=lambda row: getattr(row, "__name__", "")
)
def test_a_rule_and_its_set_agree(
    model: type[Model],
    rule: Callable[[Any, Any], bool],
    twin: Callable[[Any], Q],
    actors: list[Any],
) -> None:
    rows = model._default_manager.all()
    assert rows.count() >= 2
    seen = 0
    for actor in actors:
        by_set = set(rows.filter(twin(actor)).values_list("pk", flat=True))
        by_rule = {row.pk for row in rows if rule(actor, row)}
        assert by_set == by_rule, actor
        seen += len(by_set)
    assert 0 < seen < len(actors) * rows.count()


def test_a_trainer_sees_the_course_but_plans_nothing(actors: list[Any]) -> None:
    course = Course.objects.earliest("pk")
    trainer = course.sessions.get(trainer__isnull=False).trainer
    assert trainer is not None

    assert permissions.can_see_course(trainer, course)
    assert not permissions.can_teach(trainer, course.curriculum.organisation)


def test_only_administrators_enter_figures(actors: list[Any]) -> None:
    may = [actor for actor in actors if permissions.can_enter_figure(actor, None)]

    assert [getattr(actor, "is_administrator", None) for actor in may] == [None, True]


def test_nobody_but_the_system_notes_who_was_there_or_forgets(actors: list[Any]) -> None:
    for rule in (permissions.can_note_attendance, permissions.can_forget):
        assert [type(actor) for actor in actors if rule(actor, None)] == [SystemActor]
