"""The world's guides: somebody interested, a course with a trainer, a trainee, a certificate."""

from miteinander.community.organisations.models import Organisation
from miteinander.community.people.models import Person
from miteinander.community.people.tests.factories import GuestFactory
from miteinander.cooperation.guides.tests.factories import (
    CertificateFactory,
    CourseFactory,
    CurriculumFactory,
    InterestFactory,
    TraineeFactory,
    attend,
)

Arguments = dict[str, object]


def build_guides(organisation: Organisation, trainee: Person, trainer: Person) -> Arguments:
    """Make a course ``trainee`` takes part in and ``trainer`` trains; return address parts.

    Somebody else is interested, with a marked name and contact.
    """
    curriculum = CurriculumFactory.create(organisation=organisation)
    course = CourseFactory.create(curriculum=curriculum)
    session = course.sessions.earliest("pk")
    session.trainer = trainer
    session.save()
    row = TraineeFactory.create(course=course, person=trainee)
    attend(row, 1, 2, 3, 4, 5, 6, 8)
    certificate = CertificateFactory.create(trainee=row, number="2A3B4C5D6E7F")
    interest = InterestFactory.create(
        municipality=organisation.municipality,
        token="kanarie-interest-token",  # noqa: S106 (a marked word)
        person=GuestFactory.create(
            name="kanarie-interest-name",
            email="kanarie-interest-mail@example.org",
            phone="+49561900955",
        ),
    )
    module = curriculum.modules.get(position=7)
    return {
        "curriculum": curriculum.pk, "module": module.pk, "course": course.pk,
        "session": session.pk, "trainee": row.pk, "certificate": certificate.pk,
        "certificate_number": certificate.number, "interest": interest.pk,
        "interest_token": interest.token,
    }  # fmt: skip
