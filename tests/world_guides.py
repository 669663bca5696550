"""The world's guides: somebody interested, a course with a trainer, a trainee, a certificate."""

from miteinander.community.organisations.models import Organisation
from miteinander.community.people.models import Person
from miteinander.community.people.tests.factories import GuestFactory
from miteinander.community.regions.models import Region
from miteinander.cooperation.guides.models import BankAccount
from miteinander.cooperation.guides.models.sealed import Account, Contacts
from miteinander.cooperation.guides.tests.factories import (
    CertificateFactory,
    CourseFactory,
    CurriculumFactory,
    InterestFactory,
    MaterialFactory,
    QuestionFactory,
    TraineeFactory,
    attend,
)
from miteinander.cooperation.guides.tests.network.factories import (
    AskFactory,
    AssignmentFactory,
    GuideFactory,
    HoursFactory,
    RequestFactory,
)
from miteinander.foundation.core import clock

Arguments = dict[str, object]
REQUESTER = Contacts(
    name="kanarie-requester-name", email="kanarie-requester-mail@example.org",
    phone="+49561900966", person_name="kanarie-guided-name", person_phone="+49561900977",
    place="kanarie-meeting-place", note="kanarie-request-note",
)  # fmt: skip
WAITING = Contacts(name="kanarie-waiting-name", email="kanarie-waiting-mail@example.org")


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
    material = MaterialFactory.create(module=module)
    question = QuestionFactory.create(module=module)
    return {
        "curriculum": curriculum.pk, "module": module.pk, "course": course.pk,
        "session": session.pk, "trainee": row.pk, "certificate": certificate.pk,
        "certificate_number": certificate.number, "interest": interest.pk,
        "interest_token": interest.token, "material": material.pk, "question": question.pk,
    }  # fmt: skip


def build_network(town: Region, assigned: Person | None, other: Person | None) -> Arguments:
    """Let ``assigned`` have said yes to one request and be asked for a second; return parts.

    ``other`` is a guide of the same place who was never asked. The contacts, the secret links
    and the account are marked.
    """
    guide = GuideFactory.create(person=assigned, municipality=town)
    GuideFactory.create(person=other, municipality=town)
    request = RequestFactory.create(
        municipality=town, status="agreed", contacts=REQUESTER,
        token="kanarie-request-token",  # noqa: S106 (a marked word)
    )  # fmt: skip
    waiting = RequestFactory.create(
        municipality=town, contacts=WAITING,
        token="kanarie-waiting-token",  # noqa: S106 (a marked word)
    )  # fmt: skip
    ask = AskFactory.create(
        request=waiting,
        guide=guide,
        token="kanarie-ask-token",  # noqa: S106 (a marked word)
    )
    assignment = AssignmentFactory.create(request=request, guide=guide)
    hours = HoursFactory.create(guide=guide)
    account = Account(holder="kanarie-account-holder", iban="DE02120300000000202051")
    BankAccount.objects.create(guide=guide, sealed=account.sealed(), changed_at=clock.now())
    return {
        "guide": guide.pk, "request": request.pk, "waiting_request": waiting.pk,
        "request_token": request.token, "ask": ask.pk, "ask_token": ask.token,
        "assignment": assignment.pk, "hours": hours.pk,
    }  # fmt: skip
