"""The screens: public ones without an account, those of coordinators, and the paper."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import translation

from miteinander.community.organisations.tests.factories import CoordinatorRoleFactory
from miteinander.community.people.models import Person
from miteinander.community.people.tests.factories import PersonFactory
from miteinander.community.regions.tests.factories import RegionFactory
from miteinander.cooperation.guides import papers
from miteinander.cooperation.guides.enums import InterestStatus
from miteinander.cooperation.guides.models import Certificate, Course, Interest, Trainee
from miteinander.cooperation.guides.tests.factories import (
    CertificateFactory,
    CourseFactory,
    CurriculumFactory,
    InterestFactory,
    TraineeFactory,
    attend,
)
from miteinander.encounters.spaces.tests.factories import VenueFactory
from miteinander.foundation.core import clock
from miteinander.foundation.core.languages import INTERFACE

NAUGHTY = (
    "<script>alert(1)</script>", "\u202eabc\u200b", "{{ 7|add:7 }}", "x" * 10_000, "👩\u200d🌾",
    "\x00\x07", "=SUM(A1)", "a\r\nBcc: b@example.org", "   ",
)  # fmt: skip
pytestmark = pytest.mark.django_db


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.mark.parametrize("language", INTERFACE)
def test_the_page_about_guides_stands_in_every_language(client: Client, language: str) -> None:
    with translation.override(language):
        page = client.get(reverse("guides:become"))

    assert page.status_code == 200
    assert "X-Public-Page" in page.headers


def send_interest(client: Client, **changes: object) -> str:
    typed = {
        "name": "Amal", "email": "amal@example.org", "phone": "", "language": "de",
        "municipality": RegionFactory.create().pk, "entry": "one", **changes,
    }  # fmt: skip
    answer = client.post(reverse("guides:interest"), typed)
    return answer.headers.get("Location", "") if answer.status_code == 302 else str(answer)


def test_interest_without_an_account_is_confirmed_by_mail_with_a_link_to_take_it_back(
    client: Client, run_jobs: Callable[[], int]
) -> None:
    assert send_interest(client) == reverse("guides:noted")
    assert send_interest(client) == reverse("guides:noted")
    run_jobs()

    interest = Interest.objects.get()
    assert len(mail.outbox) == 1
    link = reverse("guides:interest_mine", args=[interest.token])
    assert link in mail.outbox[0].body
    client.get(link)
    interest.refresh_from_db()
    assert interest.status == InterestStatus.OPEN
    client.post(reverse("guides:withdraw", args=[interest.token]))
    interest.refresh_from_db()
    assert interest.status == InterestStatus.WITHDRAWN


def test_the_answer_is_the_same_for_a_known_address(client: Client) -> None:
    InterestFactory.create(person=PersonFactory.create(email="amal@example.org"))

    assert send_interest(client, entry="two") == reverse("guides:noted")
    assert Interest.objects.count() == 1


def test_with_a_telephone_number_only_the_screen_leads_to_the_own_page(client: Client) -> None:
    location = send_interest(client, email="", phone="0561 123456")

    assert location == reverse("guides:interest_mine", args=[Interest.objects.get().token])


def test_who_is_signed_in_writes_no_contact_and_is_one_interest() -> None:
    person = PersonFactory.create()
    client = signed_in(person)

    for entry in ("one", "two"):
        client.post(
            reverse("guides:interest"),
            {"language": "de", "municipality": RegionFactory.create().pk, "entry": entry},
        )

    assert Interest.objects.get().person == person


def test_trying_many_contacts_is_slowed_down(client: Client) -> None:
    answers = [send_interest(client, entry=str(number)) for number in range(8)]

    assert "429" in answers[-1]
    assert Interest.objects.count() == 1


def test_a_form_without_contact_says_so_and_keeps_what_was_typed(client: Client) -> None:
    page = client.post(reverse("guides:interest"), {"name": "Amal", "language": "de"})

    assert page.status_code == 200
    assert b'value="Amal"' in page.content
    assert not Interest.objects.exists()


def test_a_coordinator_invites_and_the_person_gets_a_mail(run_jobs: Callable[[], int]) -> None:
    interest = InterestFactory.create(person=PersonFactory.create(email="amal@example.org"))
    actor = CoordinatorRoleFactory.create(region=interest.municipality).person
    day = clock.today() + timedelta(days=3)
    typed = {"day": day.isoformat(), "start": "17:30", "way": "person", "place": "Rathaus"}

    signed_in(actor).post(reverse("guides:interest_detail", args=[interest.pk]), typed)
    run_jobs()

    assert [letter.to for letter in mail.outbox] == [["amal@example.org"]]
    assert "Rathaus" in mail.outbox[0].body
    assert "17:30" in mail.outbox[0].body


def test_the_contact_stands_only_behind_a_button() -> None:
    interest = InterestFactory.create(
        person=PersonFactory.create(email="secret@example.org", phone="+49561777777")
    )
    client = signed_in(CoordinatorRoleFactory.create(region=interest.municipality).person)

    page = client.get(reverse("guides:interest_detail", args=[interest.pk]))
    shown = client.post(reverse("guides:contact", args=[interest.pk]))

    assert b"secret@example.org" not in page.content
    assert b"secret@example.org" in shown.content


def test_a_course_is_planned_with_one_form_and_somebody_taken_in() -> None:
    curriculum = CurriculumFactory.create()
    region = curriculum.organisation.municipality
    interest = InterestFactory.create(status=InterestStatus.SUITABLE, municipality=region)
    client = signed_in(CoordinatorRoleFactory.create(region=region).person)
    day = clock.today() + timedelta(days=7)
    typed = {
        "title": "Grundkurs", "summary": "Acht Abende.", "language": "de",
        "first_day": day.isoformat(), "start": "18:00", "end": "20:30", "weeks": "1",
        "venue": VenueFactory.create(organisation=curriculum.organisation).pk, "spoken": ["de"],
        "seats": "12", "share": "80", "contact_name": "Petra", "contact_phone": "0561 123456",
    }  # fmt: skip

    answer = client.post(reverse("guides:course_create", args=[curriculum.pk]), typed)

    course = Course.objects.get()
    assert answer.headers["Location"] == reverse("guides:course", args=[course.pk])
    client.post(reverse("guides:enrol", args=[course.pk]), {"interest": interest.pk})
    assert Trainee.objects.get().person == interest.person


def test_a_form_that_is_wrong_plans_nothing() -> None:
    curriculum = CurriculumFactory.create()
    actor = CoordinatorRoleFactory.create(region=curriculum.organisation.municipality).person

    page = signed_in(actor).post(reverse("guides:course_create", args=[curriculum.pk]), {})

    assert page.status_code == 200
    assert not Course.objects.exists()


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2026-02-30", "gestern", ""])
def test_a_day_nobody_can_mean_is_a_clear_error(day: str) -> None:
    interest, curriculum = InterestFactory.create(), CurriculumFactory.create()
    client = signed_in(CoordinatorRoleFactory.create(region=None).person)
    talk = {"day": day, "start": "00:00", "way": "phone"}
    course = {"first_day": day, "start": "00:00", "end": "23:59"}

    told = client.post(reverse("guides:interest_detail", args=[interest.pk]), talk)
    planned = client.post(reverse("guides:course_create", args=[curriculum.pk]), course)

    assert (told.status_code, planned.status_code) == (200, 200)
    assert not Course.objects.exists()
    interest.refresh_from_db()
    assert interest.talk_at is None


@pytest.mark.parametrize("word", NAUGHTY)
def test_naughty_words_are_an_error_or_stored_and_shown(client: Client, word: str) -> None:
    answer = client.post(
        reverse("guides:interest"),
        {
            "name": word, "email": "amal@example.org", "language": "de",
            "municipality": RegionFactory.create().pk,
        },
    )  # fmt: skip

    assert answer.status_code in {200, 302}
    curriculum = CurriculumFactory.create()
    coordinator = signed_in(CoordinatorRoleFactory.create(region=None).person)
    typed = {"title": word, "goals": word, "units": "3"}
    added = coordinator.post(reverse("guides:module_add", args=[curriculum.pk]), typed)
    assert added.status_code in {200, 302}
    for page in (reverse("guides:interested"), reverse("guides:curriculum", args=[curriculum.pk])):
        assert coordinator.get(page).status_code == 200


@pytest.mark.parametrize("typed", ["", "abc", "999999", "٣", "9" * 5_000, "9" * 30])
def test_taking_in_somebody_who_does_not_exist_is_not_found(typed: str) -> None:
    course = CourseFactory.create()
    actor = CoordinatorRoleFactory.create(region=course.curriculum.organisation.municipality)

    answer = signed_in(actor.person).post(
        reverse("guides:enrol", args=[course.pk]), {"interest": typed}
    )

    assert answer.status_code == 404


def test_a_trainee_sees_what_is_missing() -> None:
    trainee = TraineeFactory.create(person=PersonFactory.create())
    attend(trainee, 1, 2, 3)

    page = signed_in(trainee.person).get(reverse("guides:mine")).content.decode()

    assert "9" in page
    assert trainee.course.curriculum.modules.get(position=8).name in page


def test_the_holder_lets_the_check_tell_the_name(client: Client) -> None:
    certificate = CertificateFactory.create(trainee__person=PersonFactory.create(name="Amal K."))
    address = reverse("guides:checked", args=[certificate.number])

    assert "Amal K." not in client.get(address).content.decode()
    signed_in(certificate.trainee.person).post(
        reverse("guides:show_name", args=[certificate.pk]), {"shows": "1"}
    )
    assert "Amal K." in client.get(address).content.decode()


def test_a_typed_number_leads_to_the_page_of_the_code(client: Client) -> None:
    certificate = CertificateFactory.create()

    answer = client.post(
        reverse("guides:check"), {"number": certificate.grouped_number.lower() + " "}
    )

    assert answer.headers["Location"] == reverse("guides:checked", args=[certificate.number])


def test_the_certificate_tells_hours_modules_signatures_and_the_funding_in_two_languages() -> None:
    certificate = CertificateFactory.create(
        trainee__person=PersonFactory.create(name="أمل"), language="uk"
    )

    paper = papers.certificate_paper(certificate)

    assert [text.language for text in paper["texts"]] == ["de", "uk"]
    assert all("24" in text.units and len(text.modules) == 8 for text in paper["texts"])
    assert certificate.number in paper["address"]
    assert papers.certificate_pdf(certificate).startswith(b"%PDF")


def test_the_day_on_the_certificate_has_its_year() -> None:
    certificate = CertificateFactory.create()

    texts = papers.certificate_paper(certificate)["texts"]

    assert all(str(certificate.issued_at.year) in text.issued for text in texts)


def test_a_revoked_certificate_is_not_printed() -> None:
    certificate = CertificateFactory.create(revoked_at=clock.now(), revoke_reason="mistake")

    answer = signed_in(certificate.trainee.person).get(
        reverse("guides:certificate", args=[certificate.pk])
    )

    assert answer.status_code == 404
    assert Certificate.objects.count() == 1
