"""Turning reminders off and on: by the link in the mail, in one click, never by opening it."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client

from miteinander.community.people.models import Person
from miteinander.community.people.services import erase_person
from miteinander.community.people.tests.factories import GuestFactory, PersonFactory
from miteinander.encounters.activities.tests.factories import DateFactory, ParticipationFactory
from miteinander.foundation.audit.models import AuditEntry
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import SystemActor
from miteinander.foundation.core.privacy import exported
from miteinander.outward.notifications.models import MailWishes
from miteinander.outward.notifications.queries import person_of_key, reminder_key
from miteinander.outward.notifications.services import remind_people, turn_reminders

pytestmark = pytest.mark.django_db
RunJobs = Callable[[], int]
SYSTEM = SystemActor()
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def guest() -> Person:
    return GuestFactory.create()


def page(person: Person) -> str:
    return f"/en/messages/reminders/{reminder_key(person.pk)}/"


def is_off(person: Person) -> bool:
    return MailWishes.objects.filter(person=person, reminders_off_at__isnull=False).exists()


def test_opening_the_link_changes_nothing(client: Client, guest: Person) -> None:
    for _number in range(2):
        answer = client.get(page(guest))
        assert answer.status_code == 200
        assert "Turn reminders off" in answer.content.decode()
    assert client.head(page(guest)).status_code in {200, 405}
    assert not MailWishes.objects.exists()


def test_a_mail_program_turns_reminders_off_in_one_click(guest: Person) -> None:
    strict = Client(enforce_csrf_checks=True)
    for _number in range(2):
        answer = strict.post(page(guest), {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
        assert "You get no reminders." in answer.content.decode()
    assert is_off(guest)
    assert AuditEntry.objects.filter(verb="notifications.turn_reminders").count() == 1


def test_the_link_of_a_real_reminder_works(client: Client, run_jobs: RunJobs) -> None:
    date = DateFactory.create(starts_at=clock.now() + timedelta(hours=46))
    seat = ParticipationFactory.create(date=date, signed_up_at=clock.now() - timedelta(days=9))
    other = ParticipationFactory.create(date=date, signed_up_at=clock.now() - timedelta(days=9))
    with clock.held_at(date.starts_at - timedelta(hours=47)):
        remind_people(actor=SYSTEM, now=clock.now())
        run_jobs()
    headers = next(one for one in mail.outbox if one.to == [seat.person.email]).message()
    path = re.sub(r"^<https?://[^/]+", "", headers["List-Unsubscribe"]).rstrip(">")
    client.post(path, {"List-Unsubscribe": "One-Click"})
    assert is_off(seat.person)
    assert not is_off(other.person)


def test_reminders_can_be_turned_on_again(guest: Person, client: Client) -> None:
    client.post(page(guest))
    assert "Turn reminders on" in client.get(page(guest)).content.decode()
    answer = client.post(f"{page(guest)}on/", follow=True)
    assert "Turn reminders off" in answer.content.decode()
    assert not is_off(guest)


def test_turning_on_needs_the_token_of_the_page(guest: Person) -> None:
    turn_reminders(actor=SYSTEM, person_id=guest.pk, wanted=False)
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(f"{page(guest)}on/").status_code == 403
    assert strict.get(f"{page(guest)}on/").status_code == 405
    assert is_off(guest)


@pytest.mark.parametrize(
    "key", ["1", "1.x", "x.y", "..", "1.%0d%0a", "9" * 300, "\u202e", "１.abc", "-1.abc"]
)
def test_a_forged_key_finds_nothing(client: Client, guest: Person, key: str) -> None:
    assert client.post(f"/en/messages/reminders/{key}/").status_code == 404
    assert not MailWishes.objects.exists()


def test_a_key_of_one_person_is_not_good_for_another(client: Client, guest: Person) -> None:
    other = GuestFactory.create()
    signature = reminder_key(guest.pk).partition(".")[2]
    assert client.post(f"/en/messages/reminders/{other.pk}.{signature}/").status_code == 404
    assert person_of_key(reminder_key(guest.pk)) == guest.pk


def test_the_page_is_not_kept_anywhere_and_names_nobody(client: Client, guest: Person) -> None:
    answer = client.get(page(guest))
    assert "no-store" in answer["Cache-Control"]
    assert "noindex" in answer.content.decode()
    assert guest.name not in answer.content.decode()
    assert str(guest.email) not in answer.content.decode()


def test_nobody_chooses_for_somebody_else() -> None:
    person, stranger = PersonFactory.create(), PersonFactory.create()
    with pytest.raises(PermissionDenied):
        turn_reminders(actor=stranger, person_id=person.pk, wanted=False)
    assert not MailWishes.objects.exists()
    turn_reminders(actor=person, person_id=person.pk, wanted=False)
    assert is_off(person)


def test_the_own_page_shows_the_choice(client: Client) -> None:
    person = PersonFactory.create()
    client.force_login(person, BACKEND)
    assert page(person) in client.get("/en/account/").content.decode()
    turn_reminders(actor=person, person_id=person.pk, wanted=False)
    assert "You get no reminders." in client.get("/en/account/").content.decode()


def test_the_choice_is_taken_along_and_forgotten_with_the_person(client: Client) -> None:
    person = PersonFactory.create()
    turn_reminders(actor=person, person_id=person.pk, wanted=False)
    assert exported(person)["mails"]["reminders_off_since"]
    address = page(person)
    erase_person(actor=person, person_id=person.pk)
    assert not MailWishes.objects.exists()
    assert client.post(address).status_code == 404
    assert not MailWishes.objects.exists()
    person.refresh_from_db()
    assert exported(person)["mails"]["reminders_off_since"] == ""
