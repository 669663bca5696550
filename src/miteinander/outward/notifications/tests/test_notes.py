"""Notes on devices: beside the mail, once, little on the lock screen, and never for nobody."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import translation
from pytest_django.fixtures import Settings

from miteinander.community.people.models import Person
from miteinander.community.people.tests.factories import GuestFactory, PersonFactory
from miteinander.encounters.activities.enums import DateStatus, ParticipationStatus, Setting
from miteinander.encounters.activities.models import ActivityDate, Participation
from miteinander.encounters.activities.tests.factories import (
    ActivityFactory,
    DateFactory,
    ParticipationFactory,
)
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import SystemActor
from miteinander.outward.notifications.enums import LetterKind, ReminderWay
from miteinander.outward.notifications.models import Device, Letter, Note
from miteinander.outward.notifications.push.encryption import LARGEST
from miteinander.outward.notifications.push.words import NEUTRAL
from miteinander.outward.notifications.services import (
    choose_reminder_way,
    forget_old_notes,
    hurry_overdue_notes,
    remind_people,
    send_note,
    tell_everybody,
    turn_reminders,
    write_letter,
    write_letters,
)
from miteinander.outward.notifications.tests.browser_side import Service, push_service
from miteinander.outward.notifications.tests.factories import (
    BROWSER_KEY,
    BROWSER_SECRET,
    DeviceFactory,
)

pytestmark = pytest.mark.django_db
RunJobs = Callable[[], int]
SYSTEM = SystemActor()
TITLE = "Nähen mit Hatice"


@pytest.fixture
def service(settings: Settings) -> Iterator[Service]:
    with push_service() as started:
        settings.OUTSIDE_LOCAL = started.origin
        yield started


@pytest.fixture
def reader() -> Person:
    return PersonFactory.create(language="en", name="Olena Reader")


@pytest.fixture
def device(service: Service, reader: Person) -> Device:
    return DeviceFactory.create(person=reader, endpoint=f"{service.origin}/one")


def seat_of(person: Person, *, setting: str = "", hours: int = 46, **more: Any) -> Participation:
    """Take a seat; its first reminder is due also in the night when clocks are put on."""
    activity = ActivityFactory.create(
        setting=setting, contact_name="Kontakt Person", parts={"title": TITLE, "summary": "x"}
    )
    date = DateFactory.create(activity=activity, starts_at=clock.now() + timedelta(hours=hours))
    return ParticipationFactory.create(
        date=date, person=person, signed_up_at=clock.now() - timedelta(days=9), **more
    )


def read(service: Service) -> list[dict[str, Any]]:
    return service.notes(BROWSER_KEY, BROWSER_SECRET)


def cancelled(seat: Participation) -> None:
    ActivityDate.objects.filter(pk=seat.date_id).update(
        status=DateStatus.CANCELLED, cancelled_at=clock.now()
    )
    tell_everybody(actor=SYSTEM, kind=LetterKind.DATE_CANCELLED, date_id=seat.date_id, sequence=1)


def changed(seat: Participation) -> None:
    tell_everybody(actor=SYSTEM, kind=LetterKind.DATE_CHANGED, date_id=seat.date_id, sequence=1)


def reminded(seat: Participation) -> int:
    return remind_people(actor=SYSTEM, now=clock.now())


def test_a_cancelled_meeting_comes_as_a_note_beside_the_mail(
    device: Device, service: Service, run_jobs: RunJobs
) -> None:
    seat = seat_of(device.person)
    cancelled(seat)
    run_jobs()
    assert [one.to for one in mail.outbox] == [[device.person.email]]
    (note,) = read(service)
    path, headers, body = service.took[0]
    assert path == "/one"
    assert headers["Content-Encoding"] == "aes128gcm"
    assert headers["Authorization"].startswith("vapid t=")
    assert int(headers["TTL"]) > 0
    assert len(body) <= LARGEST + 1024
    assert note["title"] == f"Cancelled: {TITLE}"
    assert note["lang"] == "en"
    assert note["address"].startswith("/en/")
    stored = Note.objects.get()
    assert stored.sent_at is not None
    assert stored.context == {}


def test_each_is_told_once_however_often_it_is_written(
    device: Device, service: Service, run_jobs: RunJobs
) -> None:
    seat = seat_of(device.person)
    for _number in range(3):
        reminded(seat)
        changed(seat)
        run_jobs()
    assert len(service.took) == 2
    assert Note.objects.count() == 2


@pytest.mark.parametrize("setting", Setting.values)
def test_a_lock_screen_never_shows_a_protected_meeting(
    device: Device, service: Service, run_jobs: RunJobs, setting: str
) -> None:
    translation.activate("en")
    seat = seat_of(device.person, setting=setting)
    reminded(seat)
    changed(seat)
    run_jobs()
    cancelled(seat)
    run_jobs()
    other = seat_of(
        device.person, setting=setting, status=ParticipationStatus.OFFERED,
        offered_until=clock.now() + timedelta(hours=5),
    )  # fmt: skip
    Letter.objects.all().delete()
    from_offer(other)
    run_jobs()
    notes = read(service)
    assert {note["body"] for note in notes} == {
        NEUTRAL[kind] for kind in ("reminder", "date_changed", "date_cancelled", "seat_offered")
    }
    for note in notes:
        assert note["title"] == "miteinander"
        assert TITLE not in str(note)


def from_offer(seat: Participation) -> None:
    write_letter(
        actor=SYSTEM, key=f"{seat.pk}:now", kind=LetterKind.SEAT_OFFERED,
        address=seat.person.email or "", language="de",
        context={"participation": seat.pk, "person": seat.person_id},
    )  # fmt: skip


def test_a_note_holds_no_names_and_no_contacts(
    device: Device, service: Service, run_jobs: RunJobs
) -> None:
    seat = seat_of(device.person)
    reminded(seat)
    changed(seat)
    run_jobs()
    assert len(service.took) == 2
    for note in read(service):
        shown = f"{note['title']} {note['body']}"
        for secret in ("Olena", "Kontakt", device.person.email, "0561", "@"):
            assert str(secret) not in shown


def test_words_of_an_organiser_stay_in_the_mail(
    device: Device, service: Service, run_jobs: RunJobs
) -> None:
    seat = seat_of(device.person)
    Letter.objects.all().delete()
    letter_of_words(seat)
    run_jobs()
    (note,) = read(service)
    assert "0561" not in str(note)
    assert "e-mails" in note["body"]


def letter_of_words(seat: Participation) -> None:
    key = f"{LetterKind.ORGANISER_WORDS}:{seat.date_id}:{'a' * 24}:{seat.pk}"
    write_letters(
        actor=SYSTEM, kind=LetterKind.ORGANISER_WORDS, rows={key: seat},
        told={"words": "Bitte ruft an: 0561 1234", "written_in": "de"},
    )  # fmt: skip


def test_an_offer_is_urgent_and_a_reminder_ends_with_the_start(
    device: Device, service: Service, run_jobs: RunJobs
) -> None:
    until = clock.now() + timedelta(hours=3)
    seat = seat_of(device.person, hours=90, status=ParticipationStatus.OFFERED, offered_until=until)
    from_offer(seat)
    run_jobs()
    headers = service.took[0][1]
    assert headers["Urgency"] == "high"
    assert 0 < int(headers["TTL"]) <= 3 * 3600
    with clock.held_at(clock.now()):
        reminded(seat_of(device.person, hours=3))
        run_jobs()
    assert 2 * 3600 < int(service.took[1][1]["TTL"]) <= 3 * 3600


def test_guests_and_people_without_a_device_get_no_notes(run_jobs: RunJobs) -> None:
    for person in (GuestFactory.create(), PersonFactory.create()):
        cancelled(seat_of(person))
    run_jobs()
    assert not Note.objects.exists()
    assert len(mail.outbox) == 2


def test_without_the_switch_nothing_is_written_and_nothing_sent(
    device: Device, service: Service, run_jobs: RunJobs, settings: Settings
) -> None:
    seat = seat_of(device.person)
    changed(seat)
    settings.PUSH = False
    run_jobs()
    cancelled(seat)
    run_jobs()
    assert not service.took
    assert Note.objects.get().skipped_at is not None


@pytest.mark.parametrize("status", [404, 410])
def test_a_device_that_is_gone_is_forgotten(
    device: Device, service: Service, run_jobs: RunJobs, status: int
) -> None:
    service.says = [(status, {})]
    cancelled(seat_of(device.person))
    run_jobs()
    assert not Device.objects.exists()
    assert not Note.objects.exists()
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("status", [302, 401, 403, 429, 500, 503])
def test_a_busy_service_is_asked_again_later(
    device: Device, service: Service, run_jobs: RunJobs, status: int
) -> None:
    service.says = [(status, {"Retry-After": "300"})]
    cancelled(seat_of(device.person))
    run_jobs()
    note = Note.objects.get()
    assert note.sent_at is None
    assert timedelta(minutes=4) < note.due_at - clock.now() <= timedelta(minutes=5)
    assert not send_note(actor=SYSTEM, note_id=note.pk)
    with clock.held_at(note.due_at):
        assert send_note(actor=SYSTEM, note_id=note.pk)
    assert len(service.took) == 2


def test_a_note_nobody_takes_is_given_up_and_its_device_in_the_end(
    device: Device, service: Service
) -> None:
    seat = seat_of(device.person, hours=72)
    service.says = [(503, {})] * 100
    changed(seat)
    note, now = Note.objects.get(), clock.now()
    for number in range(8):
        with clock.held_at(now + timedelta(hours=4 * number)):
            send_note(actor=SYSTEM, note_id=note.pk)
    note.refresh_from_db()
    assert note.failed_at is not None
    assert len(service.took) == 6
    Device.objects.update(failure_count=19)
    Note.objects.update(failed_at=None)
    with clock.held_at(now + timedelta(hours=40)):
        send_note(actor=SYSTEM, note_id=note.pk)
    assert not Device.objects.exists()


@pytest.mark.parametrize("status", [400, 413])
def test_a_note_that_is_refused_is_not_tried_again(
    device: Device, service: Service, run_jobs: RunJobs, status: int
) -> None:
    service.says = [(status, {})]
    cancelled(seat_of(device.person))
    run_jobs()
    assert Note.objects.get().failed_at is not None
    assert Device.objects.exists()


def test_a_line_that_breaks_puts_the_note_off(device: Device, settings: Settings) -> None:
    settings.OUTSIDE_LOCAL = ""  # then its address is none we call
    cancelled(seat_of(device.person))
    note = Note.objects.get()
    assert not send_note(actor=SYSTEM, note_id=note.pk)
    note.refresh_from_db()
    assert note.sent_at is None
    assert note.due_at > clock.now()
    assert Device.objects.get().failure_count == 1


def test_a_seat_given_back_meanwhile_is_not_told(
    device: Device, service: Service, run_jobs: RunJobs
) -> None:
    seat = seat_of(device.person)
    changed(seat)
    Participation.objects.filter(pk=seat.pk).update(status=ParticipationStatus.GIVEN_BACK)
    run_jobs()
    assert not service.took
    assert Note.objects.get().skipped_at is not None


def test_somebody_switched_off_gets_no_notes(
    device: Device, service: Service, run_jobs: RunJobs
) -> None:
    changed(seat_of(device.person))
    Person.objects.filter(pk=device.person_id).update(is_active=False)
    run_jobs()
    assert not service.took


@pytest.mark.parametrize(
    ("way", "mails", "notes"),
    [(ReminderWay.MAIL, 1, 0), (ReminderWay.PUSH, 0, 1), (ReminderWay.BOTH, 1, 1), ("", 0, 0)],
)
def test_reminders_come_on_the_ways_somebody_chose(
    device: Device, service: Service, run_jobs: RunJobs, way: str, mails: int, notes: int
) -> None:
    choose_reminder_way(actor=device.person, person_id=device.person_id, way=way)
    seat = seat_of(device.person)
    for _number in range(2):
        reminded(seat)
        run_jobs()
    assert (len(mail.outbox), len(service.took)) == (mails, notes)
    cancelled(seat)
    run_jobs()
    assert (len(mail.outbox), len(service.took)) == (mails + 1, notes + 1)


def test_without_a_device_reminders_come_by_mail(
    device: Device, run_jobs: RunJobs, service: Service
) -> None:
    choose_reminder_way(actor=device.person, person_id=device.person_id, way=ReminderWay.PUSH)
    seat = seat_of(device.person)
    service.says = [(410, {})]
    reminded(seat)
    run_jobs()
    assert not mail.outbox
    reminded(seat)
    run_jobs()
    assert len(mail.outbox) == 1


def test_one_click_in_a_mail_ends_reminders_on_devices_too(
    device: Device, service: Service, run_jobs: RunJobs
) -> None:
    seat = seat_of(device.person)
    reminded(seat)
    turn_reminders(actor=SYSTEM, person_id=device.person_id, wanted=False)
    run_jobs()
    assert not service.took
    assert not mail.outbox


def test_a_note_a_killed_worker_left_is_tried_again(
    device: Device, service: Service, run_jobs: RunJobs
) -> None:
    changed(seat_of(device.person))
    with clock.held_at(clock.now() + timedelta(minutes=11)):
        assert hurry_overdue_notes(actor=SYSTEM, now=clock.now()) == 1
        run_jobs()
    assert len(service.took) == 1


def test_old_notes_are_forgotten(device: Device) -> None:
    changed(seat_of(device.person))
    assert forget_old_notes(actor=SYSTEM, now=clock.now() + timedelta(days=29)) == 0
    assert forget_old_notes(actor=SYSTEM, now=clock.now() + timedelta(days=31)) == 1
