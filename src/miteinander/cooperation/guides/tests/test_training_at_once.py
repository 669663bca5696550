"""Around a course several act at the same moment: each thing happens once, without an error."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from miteinander.community.organisations.tests.factories import CoordinatorRoleFactory
from miteinander.community.people.tests.factories import PersonFactory
from miteinander.cooperation.guides.enums import InterestStatus
from miteinander.cooperation.guides.models import Material, Trainee
from miteinander.cooperation.guides.services import materials
from miteinander.cooperation.guides.services.leaving import leave_course
from miteinander.cooperation.guides.services.trainees import enrol_trainee
from miteinander.cooperation.guides.tests.factories import (
    CourseFactory,
    CurriculumFactory,
    InterestFactory,
)
from miteinander.encounters.activities.enums import HOLDING
from miteinander.encounters.activities.models import Participation
from miteinander.foundation.audit.models import AuditEntry

pytestmark = [
    pytest.mark.concurrency,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("database_for_threads"),
]
AT_ONCE = 6


def together(acts: list[Callable[[], object]]) -> set[str]:
    """Let all act at the same moment; return what went wrong."""
    start = threading.Barrier(len(acts))

    def run(act: Callable[[], object]) -> str:
        start.wait()
        try:
            act()
        except Exception as error:  # noqa: BLE001 (whatever it is, the test names it)
            return f"{type(error).__name__}: {error}"
        finally:
            connections["default"].close()
        return ""

    with ThreadPoolExecutor(len(acts)) as pool:
        return set(pool.map(run, acts)) - {""}


def test_who_leaves_several_times_at_once_left_once_and_frees_every_seat() -> None:
    course = CourseFactory.create()
    region = course.curriculum.organisation.municipality
    actor = CoordinatorRoleFactory.create(region=region).person
    people = [PersonFactory.create() for _number in range(2)]
    rows: list[Trainee] = []
    for person in people:
        interest = InterestFactory.create(
            person=person, municipality=region, status=InterestStatus.SUITABLE
        )
        rows.append(enrol_trainee(actor=actor, course_id=course.pk, interest_id=interest.pk))

    def leaving(trainee: Trainee) -> Callable[[], object]:
        return lambda: leave_course(actor=actor, trainee_id=trainee.pk, reason="time")

    wrong = together([leaving(rows[number % 2]) for number in range(AT_ONCE)])

    assert wrong == set()
    assert not Participation.objects.filter(status__in=HOLDING).exists()
    assert Trainee.objects.filter(left_at=None).count() == 0
    assert AuditEntry.objects.filter(verb="guides.leave_course").count() == 2


def test_the_same_file_sent_several_times_at_once_is_kept_once() -> None:
    curriculum = CurriculumFactory.create()
    module = curriculum.modules.get(position=1)
    region = curriculum.organisation.municipality
    actor = CoordinatorRoleFactory.create(region=region).person

    def add() -> object:
        return materials.add_file(
            actor=actor, module_id=module.pk, title="Plan", language="de",
            file=materials.File("plan.pdf", b"%PDF-1.7"),
        )  # fmt: skip

    assert together([add] * AT_ONCE) == set()
    assert Material.objects.count() == 1
