"""The figures of a course for the state follow from who was there; the list tells it."""

import io
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from miteinander.community.organisations.tests.factories import CoordinatorRoleFactory
from miteinander.community.people.tests.factories import (
    AdministratorFactory,
    GuestFactory,
    PersonFactory,
)
from miteinander.cooperation.guides.enums import FigureKey
from miteinander.cooperation.guides.models import Course, Module
from miteinander.cooperation.guides.queries.subsidy import grant_of, presence_of
from miteinander.cooperation.guides.services.evidence import note_printed_presence
from miteinander.cooperation.guides.services.figures import NewFigure, enter_figure
from miteinander.cooperation.guides.tests.factories import CourseFactory, TraineeFactory, attend
from miteinander.encounters.activities.enums import DateStatus
from miteinander.foundation.audit.models import AuditEntry
from miteinander.foundation.core import clock

pytestmark = pytest.mark.django_db
SIZES = [10, 50]


def course_with(*attended: tuple[int, ...]) -> Course:
    course: Course = CourseFactory.create()
    for number, positions in enumerate(attended):
        person = GuestFactory.create(name=f"Person {number}")
        attend(TraineeFactory.create(course=course, person=person), *positions)
    return course


def units_of(course: Course, units: int) -> None:
    Module.objects.filter(curriculum=course.curriculum).update(units=units)


@pytest.mark.parametrize(
    ("units", "funded", "amount"),
    [(1, 0, 0), (2, 0, 0), (3, 24, 600), (4, 32, 800), (5, 36, 900), (9, 36, 900)],
)
def test_the_grant_is_people_by_units_by_rate_within_the_limits(
    units: int, funded: int, amount: int
) -> None:
    course = course_with((1, 2), (1,), ())
    units_of(course, units)

    grant = grant_of(course=course, now=clock.now())

    assert (grant.taken_in, grant.counted, grant.units) == (3, 2, 8 * units)
    assert (grant.units_funded, grant.amount) == (funded, Decimal(amount))


def test_the_figures_are_those_of_the_first_day_of_the_course() -> None:
    course = course_with((1,))
    later = clock.today() + timedelta(days=20)
    new = NewFigure(FigureKey.RATE_UNIT, Decimal(20), later, "Erlass")
    enter_figure(actor=AdministratorFactory.create(), figure=new)

    assert grant_of(course=course, now=clock.now()).amount == Decimal(300)


def test_a_course_before_any_figure_has_no_amount() -> None:
    course = course_with((1,))
    long_ago = date(2020, 1, 1)
    shift = clock.today() - long_ago
    for session in course.sessions.select_related("date"):
        session.date.starts_at -= shift
        session.date.ends_at -= shift
        session.date.save()

    grant = grant_of(course=course, now=clock.now())

    assert (grant.amount, grant.is_over, grant.units_funded) == (None, True, 24)


def test_a_cancelled_evening_does_not_count() -> None:
    course = course_with((1,))
    evening = course.sessions.earliest("date__starts_at").date
    evening.status = DateStatus.CANCELLED
    evening.save()

    assert grant_of(course=course, now=clock.now()).units == 21


def test_the_list_tells_who_was_there_here_elsewhere_and_as_a_guest() -> None:
    course = course_with((1, 3))
    other: Course = CourseFactory.create(curriculum=course.curriculum)
    trainee = course.trainees.get()
    guest = TraineeFactory.create(course=other, person=GuestFactory.create(name="Guest"))
    attend(TraineeFactory.create(course=other, person=trainee.person), 2)
    session = course.sessions.get(module__position=5)
    session.attendances.create(person=guest.person, noted_at=clock.now())

    sheet = presence_of(course=course, now=clock.now())

    (line,), (made_up,) = sheet.people, sheet.guests
    assert (line.name, line.units) == ("Person 0", 9)
    assert list(line.marks) == ["x", "(x)", "x", "", "", "", "", ""]
    assert (made_up.name, made_up.units) == ("Guest", 3)
    assert list(made_up.marks) == ["", "", "", "", "x", "", "", ""]


@pytest.mark.parametrize("size", SIZES)
def test_figures_and_list_take_a_fixed_number_of_queries(
    size: int, django_assert_num_queries: Callable[[int], Any]
) -> None:
    course = course_with(*[(1, 2)] * size)

    with django_assert_num_queries(5):
        grant_of(course=course, now=clock.now())
    with django_assert_num_queries(6):
        presence_of(course=course, now=clock.now())


def signed_in(client: Client, course: Course) -> Client:
    region = course.curriculum.organisation.municipality
    client.force_login(CoordinatorRoleFactory.create(region=region).person)
    return client


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def test_the_table_holds_numbers_a_program_reads(client: Client) -> None:
    course = course_with((1,), (2,))

    answer = signed_in(client, course).get(reverse("guides:subsidy_xlsx", args=[course.pk]))

    sheet = load_workbook(io.BytesIO(answer.content)).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    values = [row[1] for row in rows[1:]]
    assert values == [2, 0, 2, 0, 24, 0, 24, 12.5, 600]


def test_the_sheet_of_figures_tells_amount_and_source_and_no_name(client: Client) -> None:
    course = course_with((1,), (2,))

    answer = signed_in(client, course).get(reverse("guides:subsidy_pdf", args=[course.pk]))

    text = text_of(answer.content)
    assert "600,00 €" in text
    assert "Kompetenzzentrum Vielfalt Hessen" in text
    assert "Person 0" not in text


def test_the_list_of_who_was_there_is_printed_and_recorded(client: Client) -> None:
    course = course_with((1,), (2,))

    answer = signed_in(client, course).post(reverse("guides:presence", args=[course.pk]))

    assert "Person 0" in text_of(answer.content)
    assert AuditEntry.objects.filter(verb="guides.print_presence").count() == 1


def test_a_trainer_or_a_stranger_prints_no_list() -> None:
    course = course_with((1,))
    trainer = PersonFactory.create()
    course.sessions.update(trainer=trainer)

    with pytest.raises(PermissionDenied):
        note_printed_presence(actor=trainer, course_id=course.pk)
    with pytest.raises(Course.DoesNotExist):
        note_printed_presence(actor=PersonFactory.create(), course_id=course.pk)

    assert not AuditEntry.objects.filter(verb="guides.print_presence").exists()
