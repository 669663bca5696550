"""Lists ask the database a fixed number of questions, however long they are."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from miteinander.community.organisations.tests.factories import CoordinatorRoleFactory
from miteinander.community.people.tests.factories import AdministratorFactory, PersonFactory
from miteinander.cooperation.guides.enums import FigureKey, InterestStatus
from miteinander.cooperation.guides.models import Course, Figure
from miteinander.cooperation.guides.queries.figures import figure_on
from miteinander.cooperation.guides.queries.interests import interested_people
from miteinander.cooperation.guides.queries.standing import standings
from miteinander.cooperation.guides.services.figures import NewFigure, enter_figure
from miteinander.cooperation.guides.tests.factories import (
    CourseFactory,
    CurriculumFactory,
    InterestFactory,
    TraineeFactory,
    attend,
)
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import SystemActor

pytestmark = pytest.mark.django_db
SIZES = [10, 50]
Count = Callable[[int], Any]


def course_of(size: int) -> Course:
    course: Course = CourseFactory.create()
    for _number in range(size):
        attend(TraineeFactory.create(course=course), 1, 2)
    return course


@pytest.mark.parametrize("size", SIZES)
def test_what_everybody_has_done_takes_four_queries(
    size: int, django_assert_num_queries: Count
) -> None:
    course = course_of(size)

    with django_assert_num_queries(4):
        rows = standings(course=course, now=clock.now())

    assert {row.units for row in rows} == {6}
    assert len(rows) == size


@pytest.mark.parametrize("size", SIZES)
def test_the_page_of_a_course_stays_within_its_queries(
    size: int, client: Client, django_assert_max_num_queries: Count
) -> None:
    course = course_of(size)
    region = course.curriculum.organisation.municipality
    for _number in range(size):
        InterestFactory.create(status=InterestStatus.SUITABLE, municipality=region)
    actor = CoordinatorRoleFactory.create(region=region).person
    client.force_login(actor)
    client.get(reverse("web:imprint"))

    with django_assert_max_num_queries(15):
        assert client.get(reverse("guides:course", args=[course.pk])).status_code == 200


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", ["guides:interested", "guides:overview"])
def test_lists_of_coordinators_stay_within_their_queries(
    size: int, name: str, client: Client, django_assert_max_num_queries: Count
) -> None:
    for _number in range(size):
        InterestFactory.create()
        CurriculumFactory.create()
    for _number in range(size // 10):
        CourseFactory.create()
    actor = CoordinatorRoleFactory.create(region=None).person
    client.force_login(actor)
    client.get(reverse("web:imprint"))

    with django_assert_max_num_queries(15):
        assert client.get(reverse(name)).status_code == 200


def test_a_figure_holds_from_its_day_on_and_the_old_one_before() -> None:
    actor = AdministratorFactory.create()
    new = NewFigure(FigureKey.SHARE, Decimal(75), date(2026, 7, 1), "Erlass vom 1.6.2026")

    enter_figure(actor=actor, figure=new)

    assert figure_on(FigureKey.SHARE, date(2026, 6, 30)) == Decimal(80)
    assert figure_on(FigureKey.SHARE, date(2026, 7, 1)) == Decimal(75)
    assert figure_on(FigureKey.SHARE, date(2020, 1, 1)) is None


def test_a_second_value_of_one_day_or_one_without_source_is_refused() -> None:
    actor, before = AdministratorFactory.create(), Figure.objects.count()

    for day, source in ((date(2023, 1, 1), "Erlass"), (date(2026, 7, 1), " ")):
        with pytest.raises(ValidationError):
            enter_figure(actor=actor, figure=NewFigure(FigureKey.SHARE, Decimal(75), day, source))

    assert Figure.objects.count() == before


def test_a_coordinator_enters_no_figure() -> None:
    before = Figure.objects.count()

    with pytest.raises(PermissionDenied):
        enter_figure(
            actor=PersonFactory.create(),
            figure=NewFigure(FigureKey.SHARE, Decimal(1), date(2026, 7, 1), "x"),
        )

    assert Figure.objects.count() == before


def test_who_waits_for_an_invitation_stands_before_those_who_had_the_talk() -> None:
    first = InterestFactory.create(status="suitable")
    second = InterestFactory.create(status="open")
    third = InterestFactory.create(status="invited")

    found = interested_people(actor=SystemActor("test"))

    assert list(found) == [second, third, first]
