"""The letter about a changed date: how it was, as its reader was told last, and how it is."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest
from django.conf import settings
from django.core import mail
from django.core.mail import EmailMultiAlternatives

from miteinander.encounters.activities.messages import DateChanged, FormerDate
from miteinander.encounters.activities.models import Activity, ActivityDate, Participation
from miteinander.encounters.activities.tests.factories import DateFactory, ParticipationFactory
from miteinander.encounters.spaces.tests.factories import VenueFactory
from miteinander.foundation.core import bus, clock
from miteinander.foundation.core.permissions import SystemActor
from miteinander.outward.notifications.enums import LetterKind
from miteinander.outward.notifications.models import Letter
from miteinander.outward.notifications.services import send_letter
from miteinander.outward.notifications.tests.factories import seat_letter

RunJobs = Callable[[], int]
START = datetime(2027, 3, 6, 17, 0, tzinfo=UTC)
NOW = START - timedelta(days=3)
HOURS = timedelta(hours=2)
LATER = timedelta(hours=1)


@pytest.fixture
def seat(db: None) -> Participation:
    with clock.held_at(NOW):
        return ParticipationFactory.create(
            date=DateFactory.create(starts_at=START, ends_at=START + HOURS),
            language="en",
        )


def former(seat: Participation, earlier: timedelta, **place: int | bool | None) -> FormerDate:
    """How the date of ``seat`` was before, ``earlier`` and perhaps elsewhere."""
    starts_at = seat.date.starts_at - earlier
    values: dict[str, Any] = {"venue_id": seat.date.activity.venue_id, "is_online": False} | place
    return FormerDate(starts_at=starts_at, ends_at=starts_at + HOURS, **values)


def told(seat: Participation, before: FormerDate | None, sequence: int = 1) -> str:
    """Send the letter about a change and return its text."""
    with clock.held_at(NOW):
        letter = seat_letter(seat, LetterKind.DATE_CHANGED, sequence, before)
        assert send_letter(actor=SystemActor(), letter_id=letter.pk)
    return str(mail.outbox[-1].body)


def is_skipped(letter: Letter) -> bool:
    with clock.held_at(NOW):
        assert not send_letter(actor=SystemActor(), letter_id=letter.pk)
    letter.refresh_from_db()
    return letter.skipped_at is not None


def test_another_time_is_told_with_the_time_before(seat: Participation) -> None:
    text = told(seat, former(seat, LATER))
    assert "The time has changed. The place is the same." in text
    assert "Time before: Saturday, March 6, 2027, 17:00–19:00" in text
    assert "Time now: Saturday, March 6, 2027, 18:00–20:00" in text
    assert "Place before" not in text
    html = str(cast("EmailMultiAlternatives", mail.outbox[-1]).alternatives[0][0])
    assert html.index("17:00–19:00") < html.index("18:00–20:00")


def test_another_place_is_told_with_the_place_before(seat: Participation) -> None:
    organisation = seat.date.activity.organisation
    venue = VenueFactory.create(organisation=organisation, name="Alte Schule")
    text = told(seat, former(seat, timedelta(0), venue_id=venue.pk))
    assert "The place has changed. The time is the same." in text
    assert "Place before: Alte Schule" in text
    assert seat.date.activity.venue is not None
    assert f"Place now: {seat.date.activity.venue.name}" in text
    assert "Time before" not in text


def test_time_and_place_both_and_joining_online_are_told(seat: Participation) -> None:
    Activity.objects.update(is_online=True, online_url="https://example.org/room")
    text = told(seat, former(seat, LATER))
    assert "The time and the place have changed." in text
    [before] = [line for line in text.splitlines() if line.startswith("Place before")]
    [now] = [line for line in text.splitlines() if line.startswith("Place now")]
    assert (before.endswith("· Online"), now.endswith("· Online")) == (False, True)


def test_a_place_that_is_gone_is_left_out_but_the_change_is_told(seat: Participation) -> None:
    text = told(seat, former(seat, timedelta(0), venue_id=0))
    assert "The place has changed." in text
    assert "Place before" not in text


def test_only_another_link_is_told_as_a_link(seat: Participation) -> None:
    Activity.objects.update(is_online=True, online_url="https://example.org/room", venue=None)
    text = told(seat, former(seat, timedelta(0), venue_id=None, is_online=True))
    assert "It may be a new one." in text
    assert "https://example.org/room" in text
    assert "before" not in text


def test_a_letter_that_does_not_know_the_former_state_tells_what_holds(
    seat: Participation,
) -> None:
    text = told(seat, None)
    assert "18:00–20:00" in text
    assert "before" not in text


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_before_and_now_are_told_in_every_language(seat: Participation, language: str) -> None:
    Participation.objects.update(language=language)
    seat.refresh_from_db()
    text = told(seat, former(seat, LATER))
    assert text.index("17:00–19:00") < text.index("18:00–20:00")


def test_of_several_changes_what_was_told_last_counts(seat: Participation) -> None:
    first = told(seat, former(seat, 5 * LATER), sequence=1)
    assert "13:00–15:00" in first
    with clock.held_at(NOW):
        second = seat_letter(seat, LetterKind.DATE_CHANGED, 2, former(seat, 3 * LATER))
        third = seat_letter(seat, LetterKind.DATE_CHANGED, 3, former(seat, 2 * LATER))
    fourth = told(seat, former(seat, LATER), sequence=10)
    assert "Time before: Saturday, March 6, 2027, 15:00–17:00" in fourth
    assert is_skipped(second)
    assert is_skipped(third)


def test_letters_skipped_before_the_newest_is_written_still_count(seat: Participation) -> None:
    with clock.held_at(NOW):
        first = seat_letter(seat, LetterKind.DATE_CHANGED, 1, former(seat, 2 * LATER))
        Letter.objects.filter(pk=first.pk).update(failed_at=NOW)
    text = told(seat, former(seat, LATER), sequence=2)
    assert "Time before: Saturday, March 6, 2027, 16:00–18:00" in text


def test_what_changed_back_before_anybody_was_told_is_not_told(seat: Participation) -> None:
    with clock.held_at(NOW):
        first = seat_letter(seat, LetterKind.DATE_CHANGED, 1, former(seat, timedelta(0)))
        second = seat_letter(seat, LetterKind.DATE_CHANGED, 2, former(seat, LATER))
    assert is_skipped(first)
    assert is_skipped(second)
    assert not mail.outbox
    second.refresh_from_db()
    assert set(second.context) == {"person", "before"}


def test_what_was_before_the_seat_was_taken_does_not_count(seat: Participation) -> None:
    with clock.held_at(NOW):
        seat_letter(seat, LetterKind.DATE_CHANGED, 1, former(seat, 4 * LATER))
    Letter.objects.update(created_at=NOW - LATER, skipped_at=NOW - LATER)
    assert "17:00–19:00" in told(seat, former(seat, LATER), sequence=2)


def test_the_former_state_travels_from_the_message_into_the_letter(
    seat: Participation, run_jobs: RunJobs
) -> None:
    ActivityDate.objects.update(sequence=2)
    with clock.held_at(NOW):
        bus.publish(DateChanged(seat.date_id, 1, former(seat, 2 * LATER)))
        bus.publish(DateChanged(seat.date_id, 2, former(seat, LATER)))
        run_jobs()
    [message] = mail.outbox
    assert "Time before: Saturday, March 6, 2027, 16:00–18:00" in message.body
    assert set(Letter.objects.get(sent_at__isnull=False).context) == {"person", "to"}
