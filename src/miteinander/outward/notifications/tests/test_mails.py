"""What people read: everything one needs to come, in their language and direction."""

from datetime import UTC, datetime, timedelta
from typing import cast

import pytest
from django.conf import settings
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import translation
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from miteinander.community.organisations.tests.factories import InvitationFactory
from miteinander.encounters.activities.enums import DateStatus, ParticipationStatus
from miteinander.encounters.activities.models import Activity, Participation
from miteinander.encounters.activities.tests.factories import (
    DateFactory,
    ParticipationFactory,
    write_words,
)
from miteinander.foundation.content.enums import VersionState
from miteinander.foundation.core import clock
from miteinander.foundation.core.models import Instance
from miteinander.foundation.core.permissions import SystemActor
from miteinander.outward.notifications.enums import LetterKind
from miteinander.outward.notifications.mails.compose import COMPOSERS
from miteinander.outward.notifications.mails.mail import Mail
from miteinander.outward.notifications.mails.render import message_of
from miteinander.outward.notifications.models import Letter
from miteinander.outward.notifications.services import send_letter
from miteinander.outward.notifications.tests.factories import LetterFactory, seat_letter

START = datetime(2027, 3, 6, 17, 0, tzinfo=UTC)
FSI, LRI, PDI = "\u2068", "\u2066", "\u2069"


@pytest.fixture
def seat(db: None) -> Participation:
    Instance.objects.update_or_create(
        pk=1, defaults={"name": "VIPs", "contact_name": "Anna", "contact_phone": "+49561999"}
    )
    return ParticipationFactory.create(
        date=DateFactory.create(starts_at=START, ends_at=START + timedelta(hours=2))
    )


def sent(letter: Letter) -> EmailMultiAlternatives:
    with clock.held_at(START - timedelta(days=3)):
        Letter.objects.filter(pk=letter.pk).update(due_at=clock.now())
        assert send_letter(actor=SystemActor(), letter_id=letter.pk)
    return cast("EmailMultiAlternatives", mail.outbox[-1])


def html_of(message: EmailMultiAlternatives) -> str:
    return str(message.alternatives[0][0])


def skipped(letter: Letter) -> bool:
    assert not send_letter(actor=SystemActor(), letter_id=letter.pk)
    letter.refresh_from_db()
    return letter.skipped_at is not None and not mail.outbox


def test_every_kind_of_letter_has_words() -> None:
    assert set(COMPOSERS) == set(LetterKind.values)


def test_a_confirmation_in_german_tells_all_one_needs(seat: Participation) -> None:
    message = sent(seat_letter(seat, LetterKind.SEAT_CONFIRMED))
    activity = seat.date.activity
    with translation.override("de"):
        address = settings.SITE_URL + reverse("activities:seat", args=[seat.token])
    for text in (str(message.body), html_of(message)):
        assert f"Kochen {activity.pk}" in text
        assert "6. März 2027" in text
        assert "18:00–20:00" in text
        assert activity.venue is not None
        assert activity.venue.name in text
        assert activity.venue.bus_stop in text
        assert "Der Eingang ist im Hof." in text
        assert activity.contact_name in text
        assert "+49 561 123456" in text
        assert "VIPs" in text
        assert address in text
    assert message.to == [seat.person.email]
    assert FSI not in message.body
    assert '<html lang="de" dir="ltr">' in html_of(message)


def test_a_confirmation_in_arabic_runs_right_to_left_with_isolates(seat: Participation) -> None:
    Participation.objects.update(language="ar")
    seat.refresh_from_db()
    Activity.objects.update(cost_cents=350)
    words = {"title": "نطبخ معا", "summary": "", "description": "", "way_there": "الباب في الفناء"}
    write_words(seat.date.activity, "ar", VersionState.HUMAN, words)
    message = sent(seat_letter(seat, LetterKind.SEAT_CONFIRMED))
    assert "نطبخ معا" in message.subject
    assert '<html lang="ar" dir="rtl">' in html_of(message)
    assert f"{FSI}Gemeindehaus" in message.body
    assert f"{FSI}نطبخ معا{PDI}" in message.body
    opened = message.body.count(FSI) + message.body.count(LRI)
    assert opened == message.body.count(PDI) > 8
    for text in (str(message.body), html_of(message)):
        for left_to_right in ("18:00–20:00", "+49 561 123456", "3,50 €"):
            assert f"{LRI}{left_to_right}{PDI}" in text
    assert "/ar/" in message.body


def test_a_text_in_another_language_says_so_in_html(seat: Participation) -> None:
    Participation.objects.update(language="ar")
    seat.refresh_from_db()
    page = html_of(sent(seat_letter(seat, LetterKind.SEAT_CONFIRMED)))
    assert 'lang="de"' in page
    assert 'dir="ltr"' in page


def test_a_confirmation_brings_a_calendar_file(seat: Participation) -> None:
    message = sent(seat_letter(seat, LetterKind.SEAT_CONFIRMED))
    [(name, content, kind)] = message.attachments
    assert (name, kind) == ("meeting.ics", "text/calendar")
    assert "STATUS:CONFIRMED" in str(content)


def test_a_change_tells_the_new_time_and_a_cancellation_that_nothing_takes_place(
    seat: Participation,
) -> None:
    changed = sent(seat_letter(seat, LetterKind.DATE_CHANGED, 1))
    assert "18:00–20:00" in changed.body
    seat.date.status, seat.date.sequence = DateStatus.CANCELLED, 2
    seat.date.save()
    cancelled = sent(seat_letter(seat, LetterKind.DATE_CANCELLED, 2))
    assert "18:00–20:00" in cancelled.body
    assert "STATUS:CANCELLED" in str(cancelled.attachments[0][1])
    assert changed.subject != cancelled.subject


def test_a_seat_given_back_is_confirmed_and_no_longer_promised(seat: Participation) -> None:
    Participation.objects.update(status=ParticipationStatus.GIVEN_BACK)
    assert skipped(seat_letter(seat, LetterKind.SEAT_CONFIRMED))
    assert skipped(seat_letter(seat, LetterKind.DATE_CHANGED, 1))
    assert sent(seat_letter(seat, LetterKind.SEAT_GIVEN_BACK, 2)).subject


def test_nothing_is_told_that_no_longer_holds(seat: Participation) -> None:
    assert skipped(seat_letter(seat, LetterKind.SEAT_GIVEN_BACK))
    assert skipped(seat_letter(seat, LetterKind.DATE_CANCELLED, 1))
    seat.date.status = DateStatus.CANCELLED
    seat.date.save()
    assert skipped(seat_letter(seat, LetterKind.SEAT_CONFIRMED, 1))


def test_only_the_newest_change_is_told(seat: Participation) -> None:
    older = seat_letter(seat, LetterKind.DATE_CHANGED, 2)
    newer = seat_letter(seat, LetterKind.DATE_CHANGED, 10)
    assert skipped(older)
    sent(newer)
    assert len(mail.outbox) == 1


def test_an_invitation_holds_the_link_until_it_is_sent(seat: Participation) -> None:
    invitation = InvitationFactory.create()
    letter = LetterFactory.create(
        kind=LetterKind.INVITED, language="ar",
        context={"invitation": invitation.pk, "token": "secret-token"},
    )  # fmt: skip
    message = sent(letter)
    assert "/ar/organisations/invitation/secret-token/" in message.body
    assert invitation.organisation.name in message.subject
    letter.refresh_from_db()
    assert "secret-token" not in str(letter.context)
    used = InvitationFactory.create(accepted_at=clock.now(), email="")
    context = {"invitation": used.pk, "token": "x"}
    mail.outbox.clear()
    assert skipped(LetterFactory.create(kind=LetterKind.INVITED, context=context))


@pytest.mark.django_db
@hypothesis_settings(max_examples=50, deadline=None)
@given(st.text(max_size=40), st.sampled_from(["\r\nBcc: x@y.z", "\n", "\u2028", "\u2029", "\x85"]))
def test_no_title_can_add_a_header(title: str, evil: str) -> None:
    letter = LetterFactory.build(pk=1)
    message = message_of(letter, Mail(subject=f"{title}{evil}{title}", lead=""))
    written = message.message()
    assert len(message.subject.splitlines()) <= 1
    assert written["Bcc"] is None
    assert [key for key in written if key.lower() == "subject"] == ["Subject"]
    assert written.as_bytes()


@pytest.mark.parametrize("title", ["<b>&", "\u202eabc", "💃" * 30, "x" * 120])
def test_a_naughty_title_arrives_whole_and_harmless(seat: Participation, title: str) -> None:
    version = seat.date.activity.versions.get()
    version.parts["title"] = title
    version.save()
    message = sent(seat_letter(seat, LetterKind.SEAT_CONFIRMED))
    assert "<b>&" not in html_of(message)
    assert title in message.body
    assert message.message().as_bytes()


@pytest.mark.django_db
def test_feedback_reaches_the_operator() -> None:
    letter = LetterFactory.create(context={"message": "Zu <klein>", "page": "/de/"})
    assert send_letter(actor=SystemActor(), letter_id=letter.pk)
    message = cast("EmailMultiAlternatives", mail.outbox[0])
    assert "Zu <klein>" in message.body
    assert "Zu &lt;klein&gt;" in html_of(message)


def test_the_operator_tries_whether_mail_works(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("send_test_mail", "admin@example.org")
    assert mail.outbox[0].to == ["admin@example.org"]
    with pytest.raises(CommandError):
        call_command("send_test_mail", "admin@example.org\nBcc: x@example.org")
