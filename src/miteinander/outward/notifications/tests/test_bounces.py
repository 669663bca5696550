"""Mail that comes back: noted with the person by our own mark, and nothing hostile gets through."""

import io
import smtplib
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.mail.message import EmailMessage
from django.core.management import call_command
from django.db import OperationalError
from django.test import Client

from miteinander.community.people.models import Person
from miteinander.community.people.services import (
    change_address,
    erase_person,
    note_mail_failure,
    prove_address,
)
from miteinander.community.people.tests.factories import GuestFactory, PersonFactory
from miteinander.encounters.activities.tests.factories import DateFactory, ParticipationFactory
from miteinander.foundation.audit.models import AuditEntry
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import SystemActor
from miteinander.foundation.core.privacy import exported
from miteinander.outward.notifications.enums import LetterKind
from miteinander.outward.notifications.models import Letter
from miteinander.outward.notifications.reports import blames_address, status_of
from miteinander.outward.notifications.services import (
    LARGEST_REPORT,
    remind_people,
    send_letter,
    take_bounce,
)
from miteinander.outward.notifications.tests.factories import seat_letter
from miteinander.outward.notifications.tests.test_wishes import BACKEND

pytestmark = pytest.mark.django_db
RunJobs = Callable[[], int]
SYSTEM = SystemActor()
REPORT = """From: MAILER-DAEMON@example.org
To: miteinander@example.org
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="sep"

--sep
Content-Type: text/plain

I am sorry.

--sep
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.org

Final-Recipient: rfc822; somebody@example.org
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {code} no

--sep
Content-Type: message/rfc822

Message-ID: {message_id}
Subject: Erinnerung

--sep--
"""


@pytest.fixture
def guest() -> Person:
    return GuestFactory.create(email="amal@example.org")


@pytest.fixture
def sent(guest: Person) -> Letter:
    """A cancellation that went out; its Message-ID is in the outbox."""
    seat = ParticipationFactory.create(person=guest)
    letter = seat_letter(seat, LetterKind.SEAT_CONFIRMED)
    assert send_letter(actor=SYSTEM, letter_id=letter.pk)
    letter.refresh_from_db()
    return letter


def report(
    action: str = "failed", status: str = "5.1.1", code: str = "550", message_id: str = ""
) -> bytes:
    found = message_id or mail.outbox[-1].extra_headers["Message-ID"]
    return REPORT.format(action=action, status=status, code=code, message_id=found).encode()


def take(content: bytes) -> bool:
    return take_bounce(actor=SYSTEM, content=content)


def has_failed(person: Person) -> bool:
    return Person.objects.get(pk=person.pk).mail_failed_at is not None


def test_a_report_marks_the_address_once_and_keeps_nothing_else(
    guest: Person, sent: Letter
) -> None:
    assert take(report())
    assert has_failed(guest)
    assert not take(report())
    entry = AuditEntry.objects.get(verb="people.note_mail_failure")
    assert "amal" not in f"{entry.label}{entry.details}"
    assert exported(guest)["person"]["mail_failed_at"] is None  # the row from before
    assert exported(Person.objects.get(pk=guest.pk))["person"]["mail_failed_at"] is not None


def test_the_letter_keeps_a_mark_that_nobody_reads_the_address_from(sent: Letter) -> None:
    message_id = mail.outbox[-1].extra_headers["Message-ID"]
    assert sent.mark in message_id
    assert sent.address == ""
    assert "amal" not in f"{sent.context}{message_id}"
    assert len({Letter().mark for _number in range(50)}) == 50


@pytest.mark.parametrize(
    ("action", "status", "code"),
    [
        ("delayed", "4.4.1", "451"), ("failed", "4.2.2", "452"), ("delivered", "2.1.5", "250"),
        ("relayed", "2.0.0", "250"), ("expanded", "2.0.0", "250"), ("failed", "5.7.1", "550"),
        ("failed", "5.3.4", "552"), ("failed", "5.2.3", "552"), ("failed", "5.6.0", "554"),
        ("", "5.1.1", "550"), ("failed", "", "450"), ("failed", "5.1111.1", "450"),
        ("failed", "nonsense", "x"),
    ],
)  # fmt: skip
def test_what_is_not_for_good_or_not_about_the_address_does_nothing(
    guest: Person, sent: Letter, action: str, status: str, code: str
) -> None:
    assert not take(report(action, status, code))
    assert not has_failed(guest)


@pytest.mark.parametrize(
    ("status", "code"), [("5.1.1", ""), ("5.2.2", "552"), ("5.0.0", ""), ("5.4.1", ""), ("", "550")]
)
def test_what_is_for_good_counts(guest: Person, sent: Letter, status: str, code: str) -> None:
    assert take(report(status=status, code=code))
    assert has_failed(guest)


def test_an_address_somebody_has_left_is_not_blamed_on_the_new_one(run_jobs: RunJobs) -> None:
    person = PersonFactory.create()
    letter = seat_letter(ParticipationFactory.create(person=person), LetterKind.SEAT_CONFIRMED)
    send_letter(actor=SYSTEM, letter_id=letter.pk)
    content = report()
    change_address(actor=person, person_id=person.pk, email="new@example.org")
    assert not take(content)
    assert not has_failed(person)


def test_nobody_marks_others_without_the_mark_of_their_letter(guest: Person, sent: Letter) -> None:
    for message_id in ("<letter-1@x>", f"<letter-{'0' * 32}@x>", f"<{sent.pk}@x>", ""):
        assert not take(report(message_id=message_id or "<none>"))
    two = f"<letter-{sent.mark}@x> <letter-{'1' * 32}@x>"
    assert not take(report(message_id=two))
    assert not has_failed(guest)


def hostile(good: bytes) -> dict[str, bytes]:
    """Make reports that are none, or that want to do harm."""
    nested = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (one, one)
        for one in range(5000)
    )
    return {
        "empty": b"",
        "zeros": b"\0" * 5000,
        "one line": b"x" * 900_000,
        "no report": good.replace(b"multipart/report", b"multipart/mixed"),
        "no multipart": good.replace(b"multipart/report", b"text/plain"),
        "no boundary": good.replace(b'; boundary="sep"', b""),
        "empty boundary": good.replace(b'"sep"', b'""'),
        "cut": good[:400],
        "cut in the status": good[: good.index(b"Status") + 4],
        "status is text": good.replace(b"message/delivery-status", b"text/plain"),
        "status holds multipart": good.replace(
            b"message/delivery-status", b"multipart/mixed; boundary=q"
        ),
        "latin header": good.replace(b"Action: failed", b"Action: f\xe4iled"),
        "encoded header": good.replace(b"Action: failed", b"Action: =?utf-8?B?////?="),
        "broken charset": good.replace(b"Status: 5.1.1", b"Status: =?nowhere?Q?5.1.1?=").replace(
            b"smtp; 550", b"x"
        ),
        "nested": b'Content-Type: multipart/report; boundary="x"\n\n--x\n' + nested,
        "nested with a mark": good.replace(b"--sep\n", nested + b"--sep\n", 1),
        "many headers": b"X: y\n" * 150_000,
        "many parts": good.replace(b"--sep--", b"--sep\n\n" * 50_000),
        "many recipients": good.replace(
            b"Diagnostic", b"\n\nAction: delayed\n" * 20_000 + b"Diagnostic"
        ),
        "many marks": b"letter-%s@" * 1 + b" ".join(
            b"letter-%032x@" % number for number in range(15_000)
        ),
        "long boundary": b"Content-Type: multipart/report; boundary=" + b"b" * 500_000 + b"\n\n",
        "long parameter": b"Content-Type: multipart/report" + b"; a*0*=x" * 60_000 + b"\n\n",
        "folded": b"Content-Type: multipart/report;\n" + b" \n" * 300_000,
        "too large": good + b"x" * LARGEST_REPORT,
    }  # fmt: skip


def test_hostile_reports_end_soon_and_change_nothing(guest: Person, sent: Letter) -> None:
    contents = hostile(report())
    assert len(contents) >= 20
    slow, taken = {}, set()
    for kind, content in contents.items():
        began = time.process_time()
        if take(content):
            taken.add(kind)
        slow[kind] = time.process_time() - began
        Person.objects.filter(pk=guest.pk).update(mail_failed_at=None)
    assert taken <= {"many parts"}  # a whole report, and much behind it
    assert max(slow.values()) < 5, slow


def test_the_command_reads_what_a_mail_server_hands_over(
    guest: Person,
    sent: Letter,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for content, answer in ((report(), "Noted."), (b"\xff" * 10, "Nothing to note.")):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))
        call_command("bounce")
        assert capsys.readouterr().out.strip() == answer
    assert has_failed(guest)


def test_without_a_database_the_mail_server_is_asked_to_come_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def away(**_named: object) -> bool:
        raise OperationalError

    monkeypatch.setattr(
        "miteinander.outward.notifications.management.commands.bounce.take_bounce", away
    )
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"x")))
    with pytest.raises(SystemExit) as end:
        call_command("bounce")
    assert end.value.code == 75


def refusing(monkeypatch: pytest.MonkeyPatch, code: int, text: bytes) -> None:
    def refuse(message: EmailMessage, *_args: Any, **_named: Any) -> int:
        raise smtplib.SMTPRecipientsRefused({message.to[0]: (code, text)})

    monkeypatch.setattr(EmailMessage, "send", refuse)


@pytest.mark.parametrize(
    ("code", "text", "is_final"),
    [
        (550, b"5.1.1 no such user", True), (550, b"no such user", True), (553, b"\xff\xfe", True),
        (550, b"5.7.1 blocked for spam", False), (450, b"4.2.1 greylisted", False),
        (554, b"5.3.0 busy", False),
    ],
)  # fmt: skip
def test_a_refusal_while_sending_counts_as_well(
    guest: Person,
    monkeypatch: pytest.MonkeyPatch,
    code: int,
    text: bytes,
    is_final: bool,  # noqa: FBT001
) -> None:
    letter = seat_letter(ParticipationFactory.create(person=guest), LetterKind.SEAT_CONFIRMED)
    refusing(monkeypatch, code, text)
    assert not send_letter(actor=SYSTEM, letter_id=letter.pk)
    letter.refresh_from_db()
    assert (letter.failed_at is not None) == is_final
    assert has_failed(guest) == is_final
    assert (letter.address == "") == is_final


def test_what_nobody_misses_is_not_sent_there_any_more(guest: Person, run_jobs: RunJobs) -> None:
    date = DateFactory.create(starts_at=clock.now() + timedelta(hours=46))
    seat = ParticipationFactory.create(
        date=date, person=guest, signed_up_at=clock.now() - timedelta(days=9)
    )
    note_mail_failure(actor=SYSTEM, person_id=guest.pk)
    remind_people(actor=SYSTEM, now=clock.now())
    run_jobs()
    assert not mail.outbox
    assert Letter.objects.get().skipped_at is not None
    letter = seat_letter(seat, LetterKind.SEAT_CONFIRMED)
    assert send_letter(actor=SYSTEM, letter_id=letter.pk)


def test_a_code_that_arrives_and_a_new_address_end_it() -> None:
    acts: tuple[Callable[[Person], Person], ...] = (
        lambda one: prove_address(actor=SYSTEM, person_id=one.pk),
        lambda one: change_address(actor=one, person_id=one.pk, email=f"new{one.pk}@example.org"),
        lambda one: erase_person(actor=SYSTEM, person_id=one.pk),
    )
    for act in acts:
        person = PersonFactory.create()
        note_mail_failure(actor=SYSTEM, person_id=person.pk)
        assert has_failed(person)
        act(person)
        assert not has_failed(person)


def test_only_the_platform_says_that_mail_fails(guest: Person) -> None:
    for actor in (guest, PersonFactory.create()):
        with pytest.raises(PermissionDenied):
            note_mail_failure(actor=actor, person_id=guest.pk)
        with pytest.raises(PermissionDenied):
            take_bounce(actor=actor, content=b"")
    assert not has_failed(guest)


def test_the_person_is_told_after_signing_in(client: Client) -> None:
    person = PersonFactory.create()
    client.force_login(person, backend=BACKEND)
    pages = ("/en/account/", "/en/activities/mine/")
    said = "Our e-mails to you do not arrive."
    assert not [page for page in pages if said in client.get(page).content.decode()]
    note_mail_failure(actor=SYSTEM, person_id=person.pk)
    for page in pages:
        text = client.get(page).content.decode()
        assert said in text
        assert "/en/account/address/" in text


def test_statuses_are_read_with_care() -> None:
    assert blames_address(status_of(550, b"5.1.1 unknown"))
    assert blames_address(status_of(550, "5.١.1 ".encode()))
    assert not blames_address(status_of(421, b""))
