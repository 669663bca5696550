"""Reminders: at the right moment by the clock on the wall, once each, and never too late."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMultiAlternatives
from django.db import connection
from django.utils import translation
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from miteinander.community.people.tests.factories import PersonFactory
from miteinander.encounters.activities.enums import ActivityStatus, SignUpWay
from miteinander.encounters.activities.messages import DateChanged, SeatTaken
from miteinander.encounters.activities.models import Activity, ActivityDate, Participation
from miteinander.encounters.activities.services import seats
from miteinander.encounters.activities.tests.factories import DateFactory, ParticipationFactory
from miteinander.foundation.core import bus, clock
from miteinander.foundation.core.permissions import SystemActor
from miteinander.outward.notifications import jobs, services
from miteinander.outward.notifications.enums import LetterKind
from miteinander.outward.notifications.models import Letter
from miteinander.outward.notifications.queries import (
    Ahead,
    dates_to_remind_of,
    reminder_at,
)
from miteinander.outward.notifications.services import remind_people, turn_reminders

RunJobs = Callable[[], int]
BERLIN = ZoneInfo("Europe/Berlin")
SYSTEM = SystemActor()
START = datetime(2027, 3, 6, 17, 0, tzinfo=UTC)
LONG_AGO = START - timedelta(days=30)


def berlin(*parts: int, fold: int = 0) -> datetime:
    return datetime(*parts, tzinfo=BERLIN, fold=fold)  # type: ignore[arg-type, misc]


def seat_at(starts_at: datetime, signed_up_at: datetime = LONG_AGO, **facts: Any) -> Participation:
    date = DateFactory.create(starts_at=starts_at, ends_at=starts_at + timedelta(hours=2))
    return ParticipationFactory.create(date=date, signed_up_at=signed_up_at, language="en", **facts)


def before(hours: float, of: datetime = START) -> datetime:
    return of - timedelta(hours=hours)


def remind(now: datetime, run_jobs: RunJobs | None = None) -> int:
    """Let the clock strike ``now`` and return how many mails went out."""
    sent = len(mail.outbox)
    with clock.held_at(now):
        written = remind_people(actor=SYSTEM, now=now)
        if run_jobs is None:
            return written
        run_jobs()
    return len(mail.outbox) - sent


@pytest.mark.django_db
def test_everybody_is_reminded_twice_and_never_again(run_jobs: RunJobs) -> None:
    seat_at(START)
    hours = [hour / 4 for hour in range(4 * 100, 0, -1) if remind(before(hour / 4), run_jobs)]
    assert hours == [48, 4]
    assert "Reminder: Kochen" in mail.outbox[0].subject
    assert "Saturday, March 6, 2027, 18:00" in mail.outbox[0].subject


@pytest.mark.django_db
def test_a_reminder_tells_all_one_needs_in_the_language_of_the_sign_up(run_jobs: RunJobs) -> None:
    seat = seat_at(START)
    seat_at(START, status="waiting")
    Participation.objects.filter(pk=seat.pk).update(language="ar")
    assert remind(before(48), run_jobs) == 1
    [message] = mail.outbox
    html = str(cast("EmailMultiAlternatives", message).alternatives[0][0])
    assert '<html lang="ar" dir="rtl">' in html
    assert f"/ar/activities/seat/{seat.token}/" in message.body
    assert seat.date.activity.contact_name in message.body


@pytest.mark.django_db
@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_reminders_read_in_every_language(run_jobs: RunJobs, language: str) -> None:
    seat_at(START)
    Participation.objects.update(language=language)
    assert remind(before(4), run_jobs) == 1
    assert f"/{language}/messages/reminders/" in mail.outbox[0].body


@pytest.mark.parametrize(
    ("starts_at", "ahead", "due"),
    [
        # 28 March 2027: from 2 to 3 o'clock.
        (berlin(2027, 3, 28, 18, 0), Ahead.FIRST, berlin(2027, 3, 26, 18, 0)),
        (berlin(2027, 3, 28, 18, 0), Ahead.LAST, berlin(2027, 3, 28, 14, 0)),
        (berlin(2027, 3, 28, 5, 0), Ahead.LAST, berlin(2027, 3, 28, 1, 0)),
        (berlin(2027, 3, 28, 6, 30), Ahead.LAST, berlin(2027, 3, 28, 3, 30)),
        (berlin(2027, 3, 29, 10, 0), Ahead.FIRST, berlin(2027, 3, 27, 10, 0)),
        # 31 October 2027: from 3 back to 2 o'clock.
        (berlin(2027, 10, 31, 18, 0), Ahead.FIRST, berlin(2027, 10, 29, 18, 0)),
        (berlin(2027, 10, 31, 18, 0), Ahead.LAST, berlin(2027, 10, 31, 14, 0)),
        (berlin(2027, 10, 31, 5, 0), Ahead.LAST, berlin(2027, 10, 31, 1, 0)),
        (berlin(2027, 10, 31, 6, 30), Ahead.LAST, berlin(2027, 10, 31, 2, 30)),
        (berlin(2027, 11, 1, 10, 0), Ahead.FIRST, berlin(2027, 10, 30, 10, 0)),
        (berlin(2028, 3, 1, 9, 0), Ahead.FIRST, berlin(2028, 2, 28, 9, 0)),
        (berlin(2027, 1, 1, 2, 0), Ahead.LAST, berlin(2026, 12, 31, 22, 0)),
    ],
)
def test_the_hours_are_counted_on_the_wall(
    starts_at: datetime, ahead: Ahead, due: datetime
) -> None:
    assert reminder_at(starts_at, ahead).astimezone(UTC) == due.astimezone(UTC)


@pytest.mark.django_db
@pytest.mark.parametrize("day", [berlin(2027, 3, 28, 18, 0), berlin(2027, 10, 31, 18, 0)])
def test_over_the_nights_the_clocks_change_each_reminder_comes_once_and_on_time(
    day: datetime, run_jobs: RunJobs
) -> None:
    start = day.astimezone(UTC)
    seat_at(start, start - timedelta(days=20))
    first = (start - timedelta(hours=60)).replace(minute=0)
    moments = [first + timedelta(minutes=30 * number) for number in range(2 * 61)]
    sent = [moment for moment in moments if remind(moment, run_jobs)]
    assert [clock.local(moment).strftime("%d %H:%M") for moment in sent] == [
        f"{day.day - 2} 18:00", f"{day.day} 14:00",
    ]  # fmt: skip


@given(
    starts_at=st.datetimes(datetime(2027, 1, 1), datetime(2028, 12, 31)),  # noqa: DTZ001
    ahead=st.sampled_from(list(Ahead)),
)
@hypothesis_settings(max_examples=300)
def test_the_moment_of_a_reminder_is_always_near_what_it_says(
    starts_at: datetime, ahead: Ahead
) -> None:
    start = starts_at.replace(tzinfo=UTC)
    gap = start - reminder_at(start, ahead)
    assert abs(gap - timedelta(hours=ahead)) <= timedelta(hours=1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("hours_before_sign_up", "expected"), [(50, [48, 4]), (48, [48, 4]), (47, [4]), (3, [])]
)
def test_who_signs_up_later_is_not_reminded_at_once(
    run_jobs: RunJobs, hours_before_sign_up: int, expected: list[int]
) -> None:
    seat_at(START, before(hours_before_sign_up))
    hours = [
        hour
        for hour in (49, 48, 47, 46, 5, 4, 3, 2.5)
        if hour <= hours_before_sign_up and remind(before(hour), run_jobs)
    ]
    assert hours == expected


@pytest.mark.django_db
def test_who_took_an_offer_just_now_is_not_reminded_at_once(run_jobs: RunJobs) -> None:
    seat = seat_at(START, status="offered", offered_until=START)
    with clock.held_at(before(3.5)):
        seats.accept_offer(actor=SYSTEM, participation_id=seat.pk)
        run_jobs()
    assert len(mail.outbox) == 1
    assert remind(before(3), run_jobs) == 0


@pytest.mark.django_db
def test_a_seat_given_back_or_a_cancelled_or_hidden_date_is_not_reminded_of(
    run_jobs: RunJobs,
) -> None:
    seat_at(START, status="given_back")
    cancelled = seat_at(START)
    ActivityDate.objects.filter(pk=cancelled.date_id).update(status="cancelled")
    hidden = seat_at(START)
    Activity.objects.filter(pk=hidden.date.activity_id).update(status=ActivityStatus.HIDDEN)
    seat_at(START, way=SignUpWay.WALK_IN)
    seat_at(START, person__email=None)
    assert remind(before(48), run_jobs) == 0
    assert not Letter.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        lambda: Participation.objects.update(status="given_back"),
        lambda: ActivityDate.objects.update(status="cancelled"),
        lambda: ActivityDate.objects.update(starts_at=START - timedelta(minutes=5)),
        lambda: Activity.objects.update(status=ActivityStatus.HIDDEN),
        lambda: turn_reminders(
            actor=SYSTEM, person_id=Participation.objects.get().person_id, wanted=False
        ),
    ],
)
def test_what_changed_between_writing_and_sending_silences_the_reminder(
    run_jobs: RunJobs, change: Callable[[], object]
) -> None:
    seat_at(START)
    assert remind(before(48)) == 1
    change()
    with clock.held_at(before(47.9)):
        run_jobs()
    assert not mail.outbox
    assert Letter.objects.get().skipped_at is not None


@pytest.mark.django_db
def test_a_moved_date_is_reminded_of_at_its_new_time(run_jobs: RunJobs) -> None:
    seat = seat_at(START)
    assert remind(before(48), run_jobs) == 1
    later = START + timedelta(days=7)
    ActivityDate.objects.update(starts_at=later, ends_at=later + timedelta(hours=2))
    with clock.held_at(before(47)):
        bus.publish(DateChanged(seat.date_id, 1))
        run_jobs()
    hours = [hour for hour in range(200, 0, -1) if remind(before(hour, later), run_jobs)]
    assert hours == [48, 4]


@pytest.mark.django_db
def test_who_just_heard_of_a_move_is_not_reminded_at_once(run_jobs: RunJobs) -> None:
    seat = seat_at(START + timedelta(days=1))
    ActivityDate.objects.update(starts_at=START, ends_at=START + timedelta(hours=2))
    with clock.held_at(before(44)):
        bus.publish(DateChanged(seat.date_id, 1))
        run_jobs()
    assert remind(before(43), run_jobs) == 0
    assert remind(before(4), run_jobs) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("hours", "count"), [(48, 1), (37, 1), (36.5, 1), (36, 0), (5, 0), (4, 1), (2.5, 1), (2, 0)]
)
def test_a_worker_that_stood_still_sends_nothing_that_makes_no_sense_any_more(
    run_jobs: RunJobs, hours: float, count: int
) -> None:
    seat_at(START)
    assert remind(before(hours), run_jobs) == count


@pytest.mark.django_db
def test_a_letter_the_mail_server_held_up_too_long_is_dropped(run_jobs: RunJobs) -> None:
    seat_at(START)
    assert remind(before(48)) == 1
    with clock.held_at(before(5)):
        run_jobs()
    assert not mail.outbox


@pytest.mark.django_db
def test_nobody_is_reminded_every_three_days() -> None:
    seat_at(START)
    written = sum(remind(START - timedelta(days=days)) for days in range(40, 0, -3))
    assert written == 0
    assert {hours for hours in range(200) if dates_to_remind_of(Ahead.FIRST, before(hours))} == {
        *range(37, 49)
    }


@pytest.mark.django_db
def test_who_turned_reminders_off_gets_none_until_they_are_on_again(run_jobs: RunJobs) -> None:
    seat = seat_at(START)
    turn_reminders(actor=SYSTEM, person_id=seat.person_id, wanted=False)
    assert remind(before(48), run_jobs) == 0
    turn_reminders(actor=SYSTEM, person_id=seat.person_id, wanted=True)
    assert remind(before(4), run_jobs) == 1


@pytest.mark.django_db
def test_a_reminder_ends_reminders_in_one_click_and_no_other_mail_does(run_jobs: RunJobs) -> None:
    seat = seat_at(START)
    remind(before(48), run_jobs)
    with clock.held_at(before(47)):
        bus.publish(SeatTaken(seat.pk))
        run_jobs()
    reminder, confirmation = mail.outbox
    headers = reminder.message()
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    with translation.override("en"):
        begin = f"<{settings.SITE_URL}/en/messages/reminders/"
    assert headers["List-Unsubscribe"].startswith(begin)
    assert headers["List-Unsubscribe"].endswith("/>")
    assert "\n" not in headers["List-Unsubscribe"]
    assert "I do not want reminders" in reminder.body
    assert "List-Unsubscribe" not in confirmation.message()


@pytest.mark.django_db
def test_the_job_is_on_the_schedule_and_runs(run_jobs: RunJobs) -> None:
    seat_at(START)
    with clock.held_at(before(48)):
        jobs.remind_people.call()
        run_jobs()
    assert len(mail.outbox) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("size", [1, 5])
def test_reminding_takes_few_queries(size: int, django_assert_max_num_queries: Any) -> None:
    seat = seat_at(START)
    ParticipationFactory.create_batch(size - 1, date=seat.date, signed_up_at=LONG_AGO)
    with clock.held_at(before(48)), django_assert_max_num_queries(14 + size):
        assert remind_people(actor=SYSTEM, now=clock.now()) == size


@pytest.mark.django_db
def test_many_people_are_reminded_in_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services.together, "BATCH", 2)
    seat = seat_at(START)
    ParticipationFactory.create_batch(4, date=seat.date, signed_up_at=LONG_AGO)
    assert remind(before(48)) == 5
    assert remind(before(47)) == 0
    assert Letter.objects.filter(kind=LetterKind.REMINDER).count() == 5


@pytest.mark.django_db
@pytest.mark.parametrize(
    "title", ["A\r\nBcc: x@example.org", "B\u2028List-Unsubscribe: y", "💃" * 90]
)
def test_no_title_adds_a_header_to_a_reminder(run_jobs: RunJobs, title: str) -> None:
    date = DateFactory.create(
        starts_at=START, ends_at=START + timedelta(hours=2), activity__parts={"title": title}
    )
    ParticipationFactory.create(date=date, signed_up_at=LONG_AGO, language="ar")
    assert remind(before(48), run_jobs) == 1
    message = mail.outbox[0].message()
    assert "Bcc" not in message
    assert len(message.get_all("List-Unsubscribe", [])) == 1


@pytest.mark.django_db
def test_only_the_platform_itself_reminds() -> None:
    seat_at(START)
    with pytest.raises(PermissionDenied):
        remind_people(actor=PersonFactory.create(), now=before(48))
    assert not Letter.objects.exists()


def test_two_workers_write_and_send_each_reminder_once(database_for_threads: None) -> None:
    seat = seat_at(START)
    ParticipationFactory.create_batch(9, date=seat.date, signed_up_at=LONG_AGO)
    now = before(48)

    def work(_number: int) -> list[bool]:
        try:
            with clock.held_at(now):
                remind_people(actor=SYSTEM, now=now)
                keys = list(Letter.objects.order_by("pk").values_list("pk", flat=True))
                return [services.send_letter(actor=SYSTEM, letter_id=key) for key in keys]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as workers:
        sent = [one for told in workers.map(work, range(4)) for one in told]
    assert sum(sent) == 10
    assert Letter.objects.filter(kind=LetterKind.REMINDER).count() == 10
    assert len({message.to[0] for message in mail.outbox}) == len(mail.outbox) == 10


@pytest.mark.django_db
def test_a_person_with_an_account_is_reminded_like_a_guest(run_jobs: RunJobs) -> None:
    seat_at(START, person=PersonFactory.create())
    assert remind(before(4), run_jobs) == 1
