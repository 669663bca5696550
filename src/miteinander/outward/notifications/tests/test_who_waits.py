"""What holds for every letter to somebody who waits: languages, changes, silence, no leaks."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest
from django.conf import settings
from django.core import mail
from django.core.mail import EmailMultiAlternatives

from miteinander.encounters.activities.enums import SignUpWay
from miteinander.encounters.activities.messages import (
    DateCancelled,
    DateChanged,
    OfferLapsed,
    PartyChanged,
    SeatAskedFor,
    SeatOffered,
    SeatRefused,
)
from miteinander.encounters.activities.models import Activity, ActivityDate, Participation
from miteinander.encounters.activities.tests.factories import DateFactory, ParticipationFactory
from miteinander.foundation.core import bus, clock
from miteinander.foundation.core.permissions import SystemActor
from miteinander.outward.notifications.enums import LetterKind
from miteinander.outward.notifications.models import Letter
from miteinander.outward.notifications.services import send_letter
from miteinander.outward.notifications.tests.factories import seat_letter

RunJobs = Callable[[], int]
START = datetime(2027, 3, 6, 17, 0, tzinfo=UTC)
NOW = START - timedelta(days=5)
SYSTEM = SystemActor()
LANGUAGES = [code for code, _name in settings.LANGUAGES]
STANDING: dict[str, tuple[str, dict[str, Any]]] = {
    LetterKind.SEAT_OFFERED: ("offered", {"offered_until": NOW + timedelta(hours=20)}),
    LetterKind.OFFER_LAPSED: ("lapsed", {"given_back_at": NOW}),
    LetterKind.SEAT_REFUSED: ("refused", {}),
    LetterKind.PARTY_CHANGED: ("signed_up", {"companions": 1}),
}


@pytest.fixture(autouse=True)
def _days_before(db: None) -> Any:
    with clock.held_at(NOW):
        yield


@pytest.fixture
def date() -> ActivityDate:
    return DateFactory.create(starts_at=START, ends_at=START + timedelta(hours=2), capacity=1)


def asked(date: ActivityDate, status: str, **facts: Any) -> Participation:
    return ParticipationFactory.create(date=date, status=status, language="en", **facts)


def told(row: Participation, kind: str, **more: Any) -> EmailMultiAlternatives:
    letter = seat_letter(row, kind)
    Letter.objects.filter(pk=letter.pk).update(context=letter.context | more)
    assert send_letter(actor=SYSTEM, letter_id=letter.pk)
    return cast("EmailMultiAlternatives", mail.outbox[-1])


def is_skipped(row: Participation, kind: str, **more: Any) -> bool:
    letter = seat_letter(row, kind)
    Letter.objects.filter(pk=letter.pk).update(context=letter.context | more)
    return not send_letter(actor=SYSTEM, letter_id=letter.pk)


def test_who_waits_never_reads_the_link_to_join_online(date: ActivityDate) -> None:
    Activity.objects.update(is_online=True, online_url="https://example.org/room")
    for status in ("waiting", "requested", "applied"):
        message = told(asked(date, status), LetterKind.SEAT_ASKED_FOR, status=status)
        assert "example.org/room" not in message.body + str(message.alternatives[0][0])
    offered = asked(date, "offered", offered_until=START)
    assert "example.org/room" not in told(offered, LetterKind.SEAT_OFFERED).body
    changed = told(asked(date, "waiting"), LetterKind.DATE_CHANGED)
    assert "example.org/room" not in changed.body
    assert not changed.attachments


def test_changes_and_cancellations_reach_who_waits_in_their_language(
    date: ActivityDate, run_jobs: RunJobs
) -> None:
    rows = {
        status: asked(date, status, **({"offered_until": START} if status == "offered" else {}))
        for status in ("signed_up", "offered", "waiting", "requested", "applied")
    }
    for status in ("given_back", "refused", "lapsed"):
        asked(date, status)
    for row, language in zip(rows.values(), ("de", "ar", "uk", "tr", "fa"), strict=True):
        Participation.objects.filter(pk=row.pk).update(language=language)
    bus.publish(DateChanged(date.pk, 1))
    run_jobs()
    assert {message.to[0] for message in mail.outbox} == {row.person.email for row in rows.values()}
    assert {message.extra_headers["Content-Language"] for message in mail.outbox} == {
        "de", "ar", "uk", "tr", "fa",
    }  # fmt: skip
    with_calendar = [message.to[0] for message in mail.outbox if message.attachments]
    assert with_calendar == [rows["signed_up"].person.email]
    mail.outbox.clear()
    ActivityDate.objects.update(status="cancelled", cancelled_at=NOW)
    bus.publish(DateCancelled(date.pk, 2))
    run_jobs()
    assert len(mail.outbox) == 5


def test_an_offer_that_ended_with_the_cancellation_still_hears_of_it(date: ActivityDate) -> None:
    ActivityDate.objects.update(status="cancelled", cancelled_at=NOW)
    late = asked(date, "lapsed", given_back_at=NOW + timedelta(minutes=5))
    early = asked(date, "lapsed", given_back_at=NOW - timedelta(days=1))
    assert "Cancelled" in told(late, LetterKind.DATE_CANCELLED).subject
    assert is_skipped(early, LetterKind.DATE_CANCELLED)


def test_nobody_at_the_door_and_nobody_without_address_hears_of_waiting(
    date: ActivityDate, run_jobs: RunJobs
) -> None:
    unreachable: list[dict[str, Any]] = [{"way": SignUpWay.WALK_IN}, {"person__email": None}]
    for facts in unreachable:
        row = asked(date, "waiting", **facts)
        for message in (SeatAskedFor, SeatOffered, OfferLapsed, SeatRefused, PartyChanged):
            bus.publish(message(row.pk))
    run_jobs()
    assert not Letter.objects.exists()


@pytest.mark.parametrize("kind", STANDING)
def test_a_cancelled_or_past_date_silences_what_is_out_of_date(
    date: ActivityDate, kind: str
) -> None:
    status, facts = STANDING[kind]
    date.capacity = 2
    ActivityDate.objects.update(capacity=2)
    row = asked(date, status, **facts)
    with clock.held_at(START + timedelta(days=1)):
        assert is_skipped(row, kind)
    Letter.objects.all().delete()
    ActivityDate.objects.update(status="cancelled")
    assert is_skipped(row, kind)


@pytest.mark.parametrize("kind", [*STANDING, "waiting", "requested", "applied"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_letter_reads_in_every_language(date: ActivityDate, kind: str, language: str) -> None:
    date.capacity = 2
    ActivityDate.objects.update(capacity=2)
    status, facts = STANDING.get(kind, (kind, {}))
    row = asked(date, status, **facts)
    Participation.objects.update(language=language)
    row.refresh_from_db()
    letter_kind = kind if kind in STANDING else LetterKind.SEAT_ASKED_FOR
    message = told(row, letter_kind, status=status)
    assert f"Kochen {date.activity_id}" in message.subject
    assert f'lang="{language}"' in str(message.alternatives[0][0])
    assert "%(" not in message.body
    assert "18:00" in message.body


@pytest.mark.parametrize("title", ["A\r\nBcc: x@example.org", "B\u2028Subject: y", "\u202eC"])
def test_no_title_adds_a_header_to_an_offer(title: str) -> None:
    date = DateFactory.create(starts_at=START, activity__parts={"title": title})
    row = asked(date, "offered", offered_until=START)
    message = told(row, LetterKind.SEAT_OFFERED).message()
    assert "Bcc" not in message
    assert len(message.get_all("Subject", [])) == 1
