"""Forgetting by age and on request, and what a person takes along."""

from datetime import timedelta

import pytest

from miteinander.community.people import services as people
from miteinander.community.people.tests.factories import PersonFactory
from miteinander.cooperation.guides.exports import export_person, heard_of
from miteinander.cooperation.guides.models import Attendance, Certificate, Interest, Trainee
from miteinander.cooperation.guides.queries.certificates import checked
from miteinander.cooperation.guides.services import privacy
from miteinander.cooperation.guides.tests.factories import (
    CertificateFactory,
    InterestFactory,
    TraineeFactory,
    attend,
)
from miteinander.encounters.activities.models import ActivityDate
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import SystemActor

pytestmark = pytest.mark.django_db
CLOCK = SystemActor("guides")


def test_an_interest_goes_after_its_time_and_not_before() -> None:
    InterestFactory.create(changed_at=clock.now())

    almost = clock.now() + timedelta(days=364)
    assert privacy.forget_old_interests(actor=CLOCK, now=almost) == 0
    assert privacy.forget_old_interests(actor=CLOCK, now=almost + timedelta(days=2)) == 1
    assert not Interest.objects.exists()


def test_who_took_part_goes_after_its_time_and_with_a_certificate_later() -> None:
    kept = CertificateFactory.create().trainee
    gone = TraineeFactory.create(course=kept.course)
    attend(kept, 1)
    attend(gone, 1)
    long_ago = clock.now() + timedelta(days=1826 + 60)

    privacy.forget_old_trainees(actor=CLOCK, now=long_ago)

    assert list(Trainee.objects.all()) == [kept]
    assert [row.person for row in Attendance.objects.all()] == [kept.person]

    later = clock.now() + timedelta(days=3651)
    privacy.forget_old_certificates(actor=CLOCK, now=later)
    privacy.forget_old_trainees(actor=CLOCK, now=later)
    assert not Certificate.objects.exists()
    assert not Trainee.objects.exists()
    assert not Attendance.objects.exists()


def test_a_course_that_still_runs_keeps_its_people() -> None:
    trainee = TraineeFactory.create()
    now = clock.now() + timedelta(days=1826 + 60)
    ActivityDate.objects.filter(activity=trainee.course.activity).update(
        starts_at=now, ends_at=now + timedelta(hours=2)
    )

    privacy.forget_old_trainees(actor=CLOCK, now=now)

    assert Trainee.objects.exists()


def test_after_an_erasure_the_certificate_tells_no_name_and_figures_stay() -> None:
    person = PersonFactory.create(name="Kanarienvogel")
    InterestFactory.create(person=person, talk_place="Rathaus")
    certificate = CertificateFactory.create(trainee__person=person, shows_name=True)
    attend(certificate.trainee, 1, 2)

    people.erase_person(actor=SystemActor(), person_id=person.pk)

    found = checked(certificate.number)
    assert found is not None
    assert (found.is_valid, found.name) == (True, "")
    assert not Interest.objects.exists()
    assert Attendance.objects.count() == 2


def test_a_person_takes_along_what_they_did() -> None:
    certificate = CertificateFactory.create()
    person = certificate.trainee.person
    InterestFactory.create(person=person)
    attend(certificate.trainee, 1, 2)

    told = export_person(person)

    assert len(told["attended"]) == 2
    assert told["certificates"][0]["number"] == certificate.number
    assert told["interest"][0]["status"] == "open"
    assert heard_of([person.pk], clock.now() - timedelta(minutes=1)) == {person.pk}
