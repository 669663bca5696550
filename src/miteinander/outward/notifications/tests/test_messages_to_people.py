"""What an organiser writes is made letters of by a job that may stop, go on and run twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.core import mail
from django.db import connection

from miteinander.community.organisations.tests.factories import ManagerFactory
from miteinander.community.people.models import Person
from miteinander.community.people.services import erase_person
from miteinander.encounters.activities.models import ActivityDate
from miteinander.encounters.activities.tests.factories import DateFactory, ParticipationFactory
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import SystemActor
from miteinander.foundation.core.privacy import exported
from miteinander.outward.notifications import jobs
from miteinander.outward.notifications.enums import LetterKind, Readers
from miteinander.outward.notifications.models import Letter, PeopleMessage
from miteinander.outward.notifications.queries import words_key
from miteinander.outward.notifications.services import (
    OwnWords,
    forget_old_words,
    hurry_overdue_words,
    words,
    write_letters,
    write_to_people,
    write_words,
)
from miteinander.outward.notifications.tests.factories import LetterFactory

pytestmark = pytest.mark.django_db
RunJobs = Callable[[], int]
SYSTEM = SystemActor("test")


@pytest.fixture
def date() -> ActivityDate:
    row: ActivityDate = DateFactory.create(starts_at=clock.now() + timedelta(days=3), capacity=40)
    ParticipationFactory.create_batch(7, date=row)
    return row


@pytest.fixture
def organiser(date: ActivityDate) -> Person:
    person: Person = ManagerFactory.create(organisation=date.activity.organisation).person
    return person


@pytest.fixture
def message(date: ActivityDate, organiser: Person) -> PeopleMessage:
    write_to_people(
        actor=organiser, date_id=date.pk, readers=Readers.ALL,
        words=OwnWords(text="Bitte eine Tasse mitbringen.", language="de", entry=f"{1:024x}"),
    )  # fmt: skip
    return PeopleMessage.objects.get()


def test_a_killed_worker_is_followed_by_one_that_goes_on(
    message: PeopleMessage, monkeypatch: pytest.MonkeyPatch, run_jobs: RunJobs
) -> None:
    monkeypatch.setattr(words, "BATCH", 3)
    written = write_letters

    def killed_after_one(**told: Any) -> int:
        if Letter.objects.exists():
            raise SystemExit
        return written(**told)

    monkeypatch.setattr(words, "write_letters", killed_after_one)
    with pytest.raises(SystemExit):
        write_words(actor=SYSTEM, message_id=message.pk)
    message.refresh_from_db()
    assert (message.done_at, message.words != "", Letter.objects.count()) == (None, True, 3)
    monkeypatch.setattr(words, "write_letters", written)
    assert hurry_overdue_words(actor=SYSTEM, now=clock.now()) == 0
    assert hurry_overdue_words(actor=SYSTEM, now=clock.now() + timedelta(minutes=11)) == 1

    run_jobs()

    message.refresh_from_db()
    assert message.done_at is not None
    assert message.words == ""
    assert len(mail.outbox) == len({one.to[0] for one in mail.outbox}) == 7


def test_the_job_run_twice_writes_nobody_a_second_letter(message: PeopleMessage) -> None:
    jobs.write_words.call(message.pk)
    jobs.write_words.call(message.pk)
    jobs.write_words.call(message.pk + 999)
    assert Letter.objects.count() == 7


def test_whoever_is_erased_stops_what_is_not_written_yet_and_is_forgotten(
    message: PeopleMessage, organiser: Person, run_jobs: RunJobs
) -> None:
    erase_person(actor=organiser, person_id=organiser.pk)
    message.refresh_from_db()
    assert (message.author_id, message.words) == (None, "")
    run_jobs()
    assert not [one for one in mail.outbox if "Tasse" in one.body]


def test_the_author_takes_the_words_along_while_they_are_kept(
    message: PeopleMessage, organiser: Person
) -> None:
    [row] = exported(organiser)["messages_to_people"]
    assert row["words"] == "Bitte eine Tasse mitbringen."


def test_that_somebody_wrote_is_forgotten_after_as_long_as_letters(
    message: PeopleMessage,
) -> None:
    now = message.created_at
    assert forget_old_words(actor=SYSTEM, now=now + timedelta(days=29)) == 0
    with clock.held_at(now + timedelta(days=31)):
        jobs.forget_old_letters.call()
    assert not PeopleMessage.objects.exists()


def test_what_was_written_before_there_were_rows_counts_for_the_limit(date: ActivityDate) -> None:
    for entry, seat in ((1, 1), (1, 2), (2, 1)):
        key = words_key(date.pk, f"{entry:024x}", seat)
        LetterFactory.create(key=key, kind=LetterKind.ORGANISER_WORDS)
    gone = words_key(date.pk + 99, f"{3:024x}", 1)
    LetterFactory.create(key=gone, kind=LetterKind.ORGANISER_WORDS)
    place = "miteinander.outward.notifications.migrations.0015_messages_written_before"

    import_module(place).note_messages(apps, None)

    rows = PeopleMessage.objects.order_by("entry").values_list("entry", "count", "words")
    assert list(rows) == [(f"{1:024x}", 2, ""), (f"{2:024x}", 1, "")]


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_write_each_letter_once(
    database_for_threads: None, message: PeopleMessage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(words, "BATCH", 2)

    def work(_number: int) -> None:
        try:
            write_words(actor=SYSTEM, message_id=message.pk)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as workers:
        list(workers.map(work, range(2)))
    assert Letter.objects.count() == 7
    assert PeopleMessage.objects.filter(done_at=None).count() == 0
