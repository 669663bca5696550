"""Interests, courses and certificates for tests."""

import secrets
from datetime import timedelta
from typing import Any

import factory
from factory.django import DjangoModelFactory

from miteinander.community.organisations.tests.factories import OrganisationFactory
from miteinander.community.people.tests.factories import GuestFactory
from miteinander.community.regions.tests.factories import RegionFactory
from miteinander.cooperation.guides.enums import TemplateModule
from miteinander.cooperation.guides.models import (
    Attendance,
    Certificate,
    Course,
    Curriculum,
    Interest,
    Material,
    Module,
    Question,
    Session,
    Trainee,
)
from miteinander.cooperation.guides.queries.certificates import ALPHABET, LENGTH
from miteinander.encounters.activities.tests.factories import ActivityFactory, DateFactory
from miteinander.foundation.core import clock


class InterestFactory(DjangoModelFactory[Interest]):
    """Somebody who wants to become a guide and was not invited yet."""

    class Meta:
        model = Interest

    person = factory.SubFactory(GuestFactory)
    municipality = factory.SubFactory(RegionFactory)
    token = factory.LazyFunction(lambda: secrets.token_urlsafe(24))
    language = "de"
    asked_at = factory.LazyFunction(clock.now)
    changed_at = factory.LazyFunction(clock.now)


class CurriculumFactory(DjangoModelFactory[Curriculum]):
    """The eight modules of three units each; modules 3, 5 and 8 are mandatory."""

    class Meta:
        model = Curriculum
        skip_postgeneration_save = True

    organisation = factory.SubFactory(OrganisationFactory)
    created_at = factory.LazyFunction(clock.now)

    @factory.post_generation  # type: ignore[untyped-decorator]
    def modules(row: Curriculum, _create: bool, given: Any) -> None:  # noqa: FBT001, N805
        """Add the modules, or those of ``given``."""
        for position, module in enumerate(given or TemplateModule, start=1):
            Module.objects.create(
                curriculum=row, template=module, position=position, units=3,
                is_mandatory=position in {3, 5, 8},
            )  # fmt: skip


class CourseFactory(DjangoModelFactory[Course]):
    """A course whose dates come one a week from tomorrow on, one for each module."""

    class Meta:
        model = Course
        skip_postgeneration_save = True

    curriculum = factory.SubFactory(CurriculumFactory)
    activity = factory.LazyAttribute(
        lambda row: ActivityFactory.create(
            organisation=row.curriculum.organisation, giving="approval"
        )
    )
    share = 80
    created_at = factory.LazyFunction(clock.now)

    @factory.post_generation  # type: ignore[untyped-decorator]
    def sessions(row: Course, _create: bool, _given: Any) -> None:  # noqa: FBT001, N805
        """Add a date for each module."""
        for week, module in enumerate(row.curriculum.modules.order_by("position")):
            starts_at = clock.now() + timedelta(hours=20, weeks=week)
            date = DateFactory.create(activity=row.activity, starts_at=starts_at)
            Session.objects.create(course=row, module=module, date=date)


class TraineeFactory(DjangoModelFactory[Trainee]):
    """Somebody who takes part in a course, without seats."""

    class Meta:
        model = Trainee

    course = factory.SubFactory(CourseFactory)
    person = factory.SubFactory(GuestFactory)
    joined_at = factory.LazyFunction(clock.now)


class CertificateFactory(DjangoModelFactory[Certificate]):
    """A valid certificate with a random number."""

    class Meta:
        model = Certificate

    trainee = factory.SubFactory(TraineeFactory)
    number = factory.LazyFunction(
        lambda: "".join(secrets.choice(ALPHABET) for _place in range(LENGTH))
    )
    language = "uk"
    units = 24
    units_total = 24
    modules = factory.LazyAttribute(
        lambda row: list(row.trainee.course.curriculum.modules.values_list("pk", flat=True))
    )
    issued_at = factory.LazyFunction(clock.now)


class MaterialFactory(DjangoModelFactory[Material]):
    """A short text."""

    class Meta:
        model = Material

    module = factory.LazyAttribute(lambda _row: CurriculumFactory.create().modules.earliest("pk"))
    title = "Leaflet"
    language = "de"
    name = "leaflet.txt"
    kind = "text/plain; charset=utf-8"
    content = b"Who helps here"
    size = 14
    digest = factory.Sequence(lambda number: f"{number:064}")
    added_at = factory.LazyFunction(clock.now)


class QuestionFactory(DjangoModelFactory[Question]):
    """A question with two answers."""

    class Meta:
        model = Question

    module = factory.LazyAttribute(lambda _row: CurriculumFactory.create().modules.earliest("pk"))
    language = "de"
    words = factory.Sequence(lambda number: f"Is a guide an interpreter? {number}")
    right = "No"
    wrong = "Yes"
    added_at = factory.LazyFunction(clock.now)


def attend(trainee: Trainee, *positions: int) -> None:
    """Note that somebody was there for the modules at these positions."""
    wanted = Session.objects.filter(course=trainee.course, module__position__in=positions)
    for session in wanted:
        Attendance.objects.create(session=session, person=trainee.person, noted_at=clock.now())
