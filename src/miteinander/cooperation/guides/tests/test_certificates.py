"""A certificate needs recorded presence, tells little, and ends with the presence."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from miteinander.community.organisations.tests.factories import CoordinatorRoleFactory
from miteinander.community.people.models import Person
from miteinander.community.people.tests.factories import PersonFactory
from miteinander.cooperation.guides.messages import CertificateIssued, CertificateRevoked
from miteinander.cooperation.guides.models import Attendance, Certificate, Trainee
from miteinander.cooperation.guides.queries.certificates import checked, plain_number
from miteinander.cooperation.guides.services import certificates
from miteinander.cooperation.guides.services.attendance import note_mark
from miteinander.cooperation.guides.tests.factories import (
    CertificateFactory,
    TraineeFactory,
    attend,
)
from miteinander.encounters.activities.tests.factories import ParticipationFactory
from miteinander.foundation.core.permissions import SystemActor

pytestmark = pytest.mark.django_db
ENOUGH = (1, 2, 3, 4, 5, 6, 8)  # 21 of 24 units, all mandatory


def coordinator_of(trainee: Trainee) -> Person:
    municipality = trainee.course.curriculum.organisation.municipality
    return CoordinatorRoleFactory.create(region=municipality).person


def issue(trainee: Trainee) -> Certificate:
    return certificates.issue_certificate(
        actor=coordinator_of(trainee), trainee_id=trainee.pk, language="uk"
    )


def test_enough_presence_leads_to_one_certificate(told: list[object]) -> None:
    trainee = TraineeFactory.create()
    attend(trainee, *ENOUGH)

    first, again = issue(trainee), issue(trainee)

    assert first == again
    assert (first.units, first.units_total, len(first.modules)) == (21, 24, 7)
    assert told == [CertificateIssued(certificate_id=first.pk)]


@pytest.mark.parametrize("positions", [(), (3, 5, 8), (1, 2, 3, 4, 5, 6, 7), (1, 3, 5, 6, 7, 8)])
def test_too_little_presence_or_a_mandatory_module_missing_leads_to_none(
    positions: tuple[int, ...],
) -> None:
    trainee = TraineeFactory.create()
    attend(trainee, *positions)

    with pytest.raises(certificates.NotEnoughPresence):
        issue(trainee)

    assert not Certificate.objects.exists()


def test_a_stranger_issues_none() -> None:
    trainee = TraineeFactory.create()
    attend(trainee, *ENOUGH)

    with pytest.raises(Trainee.DoesNotExist):
        certificates.issue_certificate(
            actor=PersonFactory.create(), trainee_id=trainee.pk, language="de"
        )

    assert not Certificate.objects.exists()


def undo(trainee: Trainee, position: int) -> None:
    session = trainee.course.sessions.get(module__position=position)
    seat = ParticipationFactory.create(date=session.date, person=trainee.person, presence="absent")
    note_mark(actor=SystemActor("guides"), participation_id=seat.pk)


def test_undoing_presence_revokes_when_it_is_not_enough_any_more(told: list[object]) -> None:
    trainee = TraineeFactory.create()
    attend(trainee, *ENOUGH)
    certificate = issue(trainee)

    undo(trainee, 1)

    certificate.refresh_from_db()
    assert (certificate.is_valid, certificate.revoke_reason) == (False, "presence")
    assert told[-1] == CertificateRevoked(certificate_id=certificate.pk)


def test_undoing_one_that_is_not_needed_revokes_nothing() -> None:
    trainee = TraineeFactory.create()
    attend(trainee, *range(1, 9))
    certificate = issue(trainee)

    undo(trainee, 7)

    certificate.refresh_from_db()
    assert certificate.is_valid
    assert Attendance.objects.count() == 7


def test_after_a_revocation_there_is_a_new_one_with_another_number() -> None:
    trainee = TraineeFactory.create()
    attend(trainee, *ENOUGH)
    first = issue(trainee)
    certificates.revoke_certificate(actor=coordinator_of(trainee), certificate_id=first.pk)

    second = issue(trainee)

    assert first.number != second.number
    assert Certificate.objects.count() == 2


def test_the_check_tells_the_name_only_while_the_holder_wants_it() -> None:
    certificate = CertificateFactory.create(trainee__person=PersonFactory.create(name="Amal"))
    holder = certificate.trainee.person

    def name() -> str:
        found = checked(certificate.grouped_number.lower())
        return found.name if found else "none"

    assert name() == ""
    certificates.show_name(actor=holder, certificate_id=certificate.pk, shows=True)
    assert name() == "Amal"
    certificates.show_name(actor=holder, certificate_id=certificate.pk, shows=False)
    assert name() == ""


def test_a_coordinator_does_not_decide_about_the_name() -> None:
    certificate = CertificateFactory.create()

    with pytest.raises(PermissionDenied):
        certificates.show_name(
            actor=coordinator_of(certificate.trainee), certificate_id=certificate.pk, shows=True
        )

    certificate.refresh_from_db()
    assert not certificate.shows_name


def test_a_revoked_certificate_tells_no_name() -> None:
    certificate = CertificateFactory.create(shows_name=True)
    certificates.revoke_certificate(
        actor=coordinator_of(certificate.trainee), certificate_id=certificate.pk
    )

    found = checked(certificate.number)

    assert found is not None
    assert (found.is_valid, found.name) == (False, "")


@pytest.mark.parametrize("typed", ["", "-", "AAAA-AAAA", "0OIL01234567", "' OR 1=1 --", "é" * 12])
def test_what_cannot_be_a_number_is_none(typed: str) -> None:
    assert plain_number(typed) == ""
    assert checked(typed) is None


def test_every_wrong_number_gets_the_same_answer_and_trying_is_slowed_down(client: Client) -> None:
    CertificateFactory.create()
    wrong = ["2A3B4C5D6E7F", "-", "2A3B", "%00", "الرقم", "x" * 300]

    answers = [client.get(reverse("guides:checked", args=[number])) for number in wrong]
    more = [client.get(reverse("guides:checked", args=["2A3B4C5D6E7F"])) for _n in range(40)]

    assert {answer.status_code for answer in answers} == {404}
    pages = {a.content.replace(n.encode(), b"") for a, n in zip(answers, wrong, strict=True)}
    assert all(b"revoked" not in page for page in pages)
    assert more[-1].status_code == 429
