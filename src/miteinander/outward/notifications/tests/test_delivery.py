"""Each letter once, never lost, seldom twice."""

import smtplib
from collections.abc import Callable, Iterator
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMessage

from miteinander.community.people.services import erase_person
from miteinander.community.people.tests.factories import AdministratorFactory, PersonFactory
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import SystemActor
from miteinander.outward.notifications import services
from miteinander.outward.notifications.enums import LetterKind
from miteinander.outward.notifications.models import Letter
from miteinander.outward.notifications.queries import LetterCounts, export_person, letter_counts
from miteinander.outward.notifications.services.delivery import HELD_FOR, PAUSES
from miteinander.outward.notifications.tests.factories import LetterFactory

pytestmark = pytest.mark.django_db
SYSTEM = SystemActor()
RunJobs = Callable[[], int]
# None: the worker is killed; nothing after the call is run any more.
SEND = "django.core.mail.EmailMessage.send"


class Killed(BaseException):
    """The process ends here."""


def send(letter: Letter) -> bool:
    return services.send_letter(actor=SYSTEM, letter_id=letter.pk)


@pytest.fixture
def server_down() -> Iterator[None]:
    with patch(SEND, side_effect=smtplib.SMTPServerDisconnected("reader@example.org")):
        yield


def test_a_letter_is_sent_once_however_often_it_is_tried(run_jobs: RunJobs) -> None:
    letter = LetterFactory.create()
    assert send(letter)
    assert not send(letter)
    assert len(mail.outbox) == 1


def test_what_was_needed_for_sending_is_forgotten_afterwards() -> None:
    letter = LetterFactory.create(context={"message": "geheim", "token": "abc", "person": 7})
    address = letter.address
    send(letter)
    letter.refresh_from_db()
    assert letter.sent_at is not None
    assert (letter.address, letter.context["person"]) == ("", 7)
    assert set(letter.context) == {"person", "to"}
    assert address not in str(letter.context)


def test_two_workers_do_not_hold_the_same_letter() -> None:
    letter = LetterFactory.create()
    seen: list[bool] = []
    with patch(SEND, side_effect=lambda *_args, **_more: seen.append(send(letter))):
        send(letter)
    assert seen == [False]


def test_a_server_that_is_down_loses_nothing_and_is_asked_again_later(
    server_down: None,
) -> None:
    letter = LetterFactory.create()
    assert not send(letter)
    letter.refresh_from_db()
    assert letter.sent_at is None
    assert letter.due_at > clock.now()
    assert not send(letter)
    letter.refresh_from_db()
    assert letter.attempt_count == 1


def test_the_queue_drains_when_the_server_is_back(run_jobs: RunJobs) -> None:
    letters = [LetterFactory.create() for _number in range(5)]
    with patch(SEND, side_effect=OSError):
        for letter in letters:
            send(letter)
    with clock.held_at(clock.now() + PAUSES[0] + timedelta(seconds=1)):
        run_jobs()
    assert len(mail.outbox) == 5
    assert letter_counts(clock.now()).waiting == 0


def test_after_eight_tries_in_a_day_a_letter_is_given_up_and_reported(server_down: None) -> None:
    letter = LetterFactory.create()
    began = now = clock.now()
    for _number in range(8):
        with clock.held_at(now):
            send(letter)
        letter.refresh_from_db()
        now = letter.due_at
    assert (letter.attempt_count, letter.failed_at is not None) == (8, True)
    assert timedelta(hours=23) <= letter.failed_at - began <= timedelta(hours=24)  # type: ignore[operator]
    assert letter_counts(now) == LetterCounts(waiting=0, overdue=0, failed=1)
    assert letter.address == ""


def test_a_worker_killed_before_sending_loses_nothing(run_jobs: RunJobs) -> None:
    letter = LetterFactory.create()
    with patch(SEND, side_effect=Killed), pytest.raises(Killed):
        send(letter)
    later = clock.now() + 2 * HELD_FOR + timedelta(seconds=1)
    with clock.held_at(later):
        assert letter_counts(later).overdue == 1
        assert services.hurry_overdue_letters(actor=SYSTEM, now=later) == 1
        run_jobs()
    assert len(mail.outbox) == 1


def test_a_worker_killed_after_sending_sends_once_more_under_the_same_id(
    run_jobs: RunJobs,
) -> None:
    letter = LetterFactory.create()
    real = EmailMessage.send

    def send_then_die(message: EmailMessage, *, fail_silently: bool = False) -> int:
        real(message)
        raise Killed

    with patch(SEND, send_then_die), pytest.raises(Killed):
        send(letter)
    later = clock.now() + 2 * HELD_FOR + timedelta(seconds=1)
    with clock.held_at(later):
        services.hurry_overdue_letters(actor=SYSTEM, now=later)
        run_jobs()
        services.hurry_overdue_letters(actor=SYSTEM, now=later + HELD_FOR * 3)
        run_jobs()
    assert len({sent.extra_headers["Message-ID"] for sent in mail.outbox}) == 1
    assert len(mail.outbox) == 2


def test_with_one_kill_in_two_hundred_at_most_half_a_percent_goes_out_twice(
    run_jobs: RunJobs,
) -> None:
    letters = [LetterFactory.create() for _number in range(200)]
    real = EmailMessage.send

    def send_then_die(message: EmailMessage, *, fail_silently: bool = False) -> int:
        real(message)
        raise Killed

    for number, letter in enumerate(letters):
        if number == 100:
            with patch(SEND, send_then_die), pytest.raises(Killed):
                send(letter)
        else:
            send(letter)
    later = clock.now() + 2 * HELD_FOR + timedelta(seconds=1)
    with clock.held_at(later):
        services.hurry_overdue_letters(actor=SYSTEM, now=later)
        run_jobs()
    ids = [sent.extra_headers["Message-ID"] for sent in mail.outbox]
    assert len(set(ids)) == 200
    assert len(ids) - len(set(ids)) <= 200 * 0.005


def test_an_error_in_our_own_words_loses_no_letter_and_logs_no_address(
    capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    letter = LetterFactory.create()
    with patch(SEND, side_effect=ValueError(letter.address)):
        send(letter)
    told = capsys.readouterr()
    assert letter.address not in caplog.text + told.err + told.out
    letter.refresh_from_db()
    assert letter.failed_at is None


def test_the_same_letter_is_written_once_and_none_without_an_address(run_jobs: RunJobs) -> None:
    for address in ("a@example.org", "a@example.org", ""):
        services.write_letter(
            actor=SYSTEM, key="1" if address else "2", kind=LetterKind.FEEDBACK,
            address=address, language="de", context={"message": "Hallo"},
        )  # fmt: skip
    assert Letter.objects.count() == 1
    assert run_jobs() == 1
    assert len(mail.outbox) == 1


def test_people_write_no_letters() -> None:
    with pytest.raises(PermissionDenied):
        services.write_letter(
            actor=AdministratorFactory.create(), key="1", kind=LetterKind.FEEDBACK,
            address="a@example.org", language="de", context={},
        )  # fmt: skip
    assert not Letter.objects.exists()


def test_old_letters_are_deleted() -> None:
    LetterFactory.create()
    late = clock.now() + timedelta(days=31)
    assert services.forget_old_letters(actor=SYSTEM, now=clock.now()) == 0
    assert services.forget_old_letters(actor=SYSTEM, now=late) == 1


def test_an_erased_person_gets_no_more_mail_and_leaves_no_address(run_jobs: RunJobs) -> None:
    person = PersonFactory.create()
    LetterFactory.create(context={"person": person.pk}, address="old@example.org")
    LetterFactory.create(address=person.email)
    other = LetterFactory.create()
    erase_person(actor=person, person_id=person.pk)
    assert list(Letter.objects.all()) == [other]


def test_people_take_along_which_mails_they_got() -> None:
    person = PersonFactory.create()
    letter = LetterFactory.create(context={"person": person.pk, "message": "Hallo"})
    send(letter)
    LetterFactory.create()
    [told] = export_person(person)["mails"]
    assert (told["kind"], told["language"]) == (LetterKind.FEEDBACK, "de")
    assert told["sent_at"]
