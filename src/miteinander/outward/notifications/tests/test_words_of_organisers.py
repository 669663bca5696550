"""An organiser writes to the people of a date: by state, in their own words, not too often."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any, cast

import pytest
from django.conf import settings
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.mail import EmailMultiAlternatives
from django.db import connection
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from miteinander.community.organisations.tests.factories import ManagerFactory
from miteinander.community.people.models import Person
from miteinander.community.people.tests.factories import GuestFactory, PersonFactory
from miteinander.encounters.activities.models import ActivityDate, Participation
from miteinander.encounters.activities.tests.factories import DateFactory, ParticipationFactory
from miteinander.foundation.audit.models import AuditEntry
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import SystemActor
from miteinander.outward.notifications.enums import LetterKind, Readers
from miteinander.outward.notifications.models import Letter, PeopleMessage
from miteinander.outward.notifications.queries import reach_by_state
from miteinander.outward.notifications.services import (
    LONGEST_WORDS,
    NobodyReached,
    OwnWords,
    TooManyMessages,
    write_to_people,
    write_words,
)

pytestmark = pytest.mark.django_db
RunJobs = Callable[[], int]
NAUGHTY = [
    "Mei\u200bsen\u200c\u2060\ufeff", "abc\u202etxt.exe\u202c", "\u2066\u2067\u2068 left open",
    "👩‍👩‍👧‍👦 𝔘𝔫𝔦 𠜎", "nul\x00inside", "\x01\x07\x1b[31m\x7f\x85",
    "a\r\nBcc: x@example.org\r\n\u2028\u2029b", "'; DROP TABLE people_person; --",
    "</title></script><script>alert(1)</script><img src=x onerror=alert(1)>",
    "{{ 7|add:35 }}{% debug %}%s%(name)s{0}", "=cmd|' /C calc'!A0", "مَرْحَبًا ـــ كِتَاب ﷽",
    "\ud800", " \u00a0\u3000\t", "x" * 1000, "𠜎" * 1000,
]  # fmt: skip
WORDS = "Bitte bringt eine Tasse mit.\n\nBis bald!"


@pytest.fixture
def date() -> ActivityDate:
    return DateFactory.create(starts_at=clock.now() + timedelta(days=3))


@pytest.fixture
def organiser(date: ActivityDate) -> Person:
    person: Person = ManagerFactory.create(organisation=date.activity.organisation).person
    return person


@pytest.fixture
def people(date: ActivityDate) -> dict[str, Participation]:
    states = ("signed_up", "offered", "waiting", "requested", "applied", "given_back", "refused")
    rows = {state: ParticipationFactory.create(date=date, status=state) for state in states}
    Participation.objects.filter(status="offered").update(offered_until=date.starts_at)
    return rows


def entry(number: int = 1) -> str:
    return f"{number:024x}"


def write(
    actor: Person, date: ActivityDate, readers: Readers = Readers.ALL, number: int = 1,
    text: str = WORDS, language: str = "de",
) -> int:  # fmt: skip
    words = OwnWords(text=text, language=language, entry=entry(number))
    return write_to_people(actor=actor, date_id=date.pk, readers=readers, words=words)


def typed(text: str = WORDS, readers: str = "all", number: int = 1) -> dict[str, str]:
    return {"readers": readers, "words": text, "language": "de", "entry": entry(number)}


@pytest.mark.parametrize(
    ("readers", "states"),
    [
        (Readers.SIGNED_UP, {"signed_up"}),
        (Readers.WAITING, {"offered", "waiting", "requested", "applied"}),
        (Readers.ALL, {"signed_up", "offered", "waiting", "requested", "applied"}),
    ],
)
def test_a_message_goes_to_those_in_the_chosen_state_only(
    date: ActivityDate, organiser: Person, people: dict[str, Participation], run_jobs: RunJobs,
    readers: Readers, states: set[str],
) -> None:  # fmt: skip
    assert write(organiser, date, readers) == len(states)
    run_jobs()
    assert {message.to[0] for message in mail.outbox} == {
        people[state].person.email for state in states
    }


def test_the_words_are_marked_as_the_organisers_in_their_language(
    date: ActivityDate, organiser: Person, run_jobs: RunJobs
) -> None:
    ParticipationFactory.create(date=date, language="ar")
    write(organiser, date)
    run_jobs()
    message = cast("EmailMultiAlternatives", mail.outbox[0])
    html = str(message.alternatives[0][0])
    assert '<blockquote lang="de"' in html
    assert 'dir="ltr"' in html.partition("<blockquote")[2].partition(">")[0]
    assert '<html lang="ar" dir="rtl">' in html
    assert "<p>Bitte bringt eine Tasse mit.</p>" in html
    assert "> \u2068Bitte bringt eine Tasse mit.\u2069\n>\n> \u2068Bis bald!" in message.body
    assert date.activity.organisation.name in message.body


def test_no_words_pass_for_the_platforms_own(
    date: ActivityDate, organiser: Person, people: dict[str, Participation], run_jobs: RunJobs
) -> None:
    write(organiser, date, text="Hallo\n-- \nVIPs\n\nSee your seat:\nhttps://example.org")
    run_jobs()
    quote = mail.outbox[0].body.split("> Hallo")[1].split("\n\n")[0]
    assert all(line.startswith(">") for line in quote.strip("\n").split("\n"))
    assert "https://example.org" in quote


def test_words_in_arabic_to_a_german_reader_run_right_to_left(
    date: ActivityDate, organiser: Person, run_jobs: RunJobs
) -> None:
    ParticipationFactory.create(date=date, language="de")
    write(organiser, date, text="أهلا وسهلا", language="ar")
    run_jobs()
    html = str(cast("EmailMultiAlternatives", mail.outbox[0]).alternatives[0][0])
    quote = html.partition("<blockquote")[2].partition(">")[0]
    assert 'lang="ar"' in quote
    assert 'dir="rtl"' in quote


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_the_letter_reads_in_every_language(
    date: ActivityDate, organiser: Person, run_jobs: RunJobs, language: str
) -> None:
    ParticipationFactory.create(date=date, language=language)
    write(organiser, date)
    run_jobs()
    [message] = mail.outbox
    assert "Bis bald!" in message.body
    assert f"Kochen {date.activity_id}" in message.subject


def test_the_words_stand_in_the_waiting_letters_and_nowhere_else(
    date: ActivityDate, organiser: Person, people: dict[str, Participation], run_jobs: RunJobs
) -> None:
    write(organiser, date)
    assert not Letter.objects.exists()
    message = PeopleMessage.objects.get()
    assert message.words == WORDS
    write_words(actor=SystemActor(), message_id=message.pk)
    assert [letter.context["words"] for letter in Letter.objects.all()] == [WORDS] * 5
    assert "Tasse" not in str(list(PeopleMessage.objects.values()))
    assert "Tasse" not in str(list(DBTaskResult.objects.values_list("args_kwargs", flat=True)))
    run_jobs()
    assert "Tasse" not in str(list(Letter.objects.values()))
    [record] = AuditEntry.objects.filter(verb="notifications.write_to_people")
    assert record.details == {"readers": "all", "count": 5}
    assert "Tasse" not in str(list(AuditEntry.objects.values()))


def test_the_same_form_sent_twice_is_one_message(
    date: ActivityDate, organiser: Person, people: dict[str, Participation], run_jobs: RunJobs
) -> None:
    assert [write(organiser, date), write(organiser, date)] == [5, 5]
    run_jobs()
    assert len(mail.outbox) == 5
    assert AuditEntry.objects.filter(verb="notifications.write_to_people").count() == 1


def test_a_fourth_message_waits_until_tomorrow(
    date: ActivityDate, organiser: Person, people: dict[str, Participation]
) -> None:
    now = clock.start_of_day(clock.today()) + timedelta(hours=12)
    other = DateFactory.create(activity=date.activity, starts_at=date.starts_at)
    ParticipationFactory.create(date=other)
    with clock.held_at(now):
        for number in range(3):
            write(organiser, date, number=number)
        before = PeopleMessage.objects.count()
        with pytest.raises(TooManyMessages):
            write(organiser, date, number=9)
        assert PeopleMessage.objects.count() == before
        assert write(organiser, other, number=9) == 1
    with clock.held_at(now + timedelta(hours=13)):
        assert write(organiser, date, number=9) == 5


@pytest.mark.parametrize("text", ["", " \n\t ", "x" * (LONGEST_WORDS + 1)])
def test_no_words_or_too_many_are_refused_and_nothing_is_written(
    date: ActivityDate, organiser: Person, people: dict[str, Participation], text: str
) -> None:
    with pytest.raises(ValidationError):
        write(organiser, date, text=text)
    assert not PeopleMessage.objects.exists()
    assert not AuditEntry.objects.filter(verb="notifications.write_to_people").exists()


def test_where_nobody_can_be_reached_nothing_is_sent(date: ActivityDate, organiser: Person) -> None:
    ParticipationFactory.create(date=date, person=GuestFactory.create(email=None))
    with pytest.raises(NobodyReached):
        write(organiser, date)
    assert not AuditEntry.objects.filter(verb="notifications.write_to_people").exists()


def test_a_week_after_the_meeting_it_is_over(
    date: ActivityDate, organiser: Person, people: dict[str, Participation]
) -> None:
    with clock.held_at(date.ends_at + timedelta(days=8)), pytest.raises(ValidationError):
        write(organiser, date)
    assert not PeopleMessage.objects.exists()


def test_a_stranger_cannot_write_and_nothing_is_written(
    date: ActivityDate, people: dict[str, Participation]
) -> None:
    for stranger in (PersonFactory.create(), ManagerFactory.create().person):
        with pytest.raises(PermissionDenied):
            write(stranger, date)
    assert not PeopleMessage.objects.exists()


def test_who_gave_the_seat_back_meanwhile_hears_nothing(
    date: ActivityDate, organiser: Person, people: dict[str, Participation], run_jobs: RunJobs
) -> None:
    write(organiser, date, Readers.SIGNED_UP)
    Participation.objects.update(status="given_back")
    run_jobs()
    assert not mail.outbox


@pytest.mark.parametrize("text", NAUGHTY)
def test_naughty_words_arrive_harmless_or_are_refused(
    date: ActivityDate, organiser: Person, people: dict[str, Participation], run_jobs: RunJobs,
    text: str,
) -> None:  # fmt: skip
    try:
        write(organiser, date, Readers.SIGNED_UP, text=text)
    except ValidationError:
        return
    run_jobs()
    message = cast("EmailMultiAlternatives", mail.outbox[0])
    html = str(message.alternatives[0][0])
    assert "<script" not in html
    assert "\u202e" not in html
    assert "Bcc" not in message.message()
    assert message.message().as_bytes()


def test_the_page_says_how_many_get_it_and_how_many_cannot_be_reached(
    client: Client, date: ActivityDate, organiser: Person, people: dict[str, Participation]
) -> None:
    ParticipationFactory.create(date=date, person=GuestFactory.create(email=None))
    client.force_login(organiser, "allauth.account.auth_backends.AuthenticationBackend")
    page = client.get(f"/en/messages/dates/{date.pk}/").content.decode()
    assert "Who is signed up: 1 person gets a message." in page
    assert "1 person cannot be reached by e-mail." in page
    assert "Who waits for a seat or an answer: 4 people get a message." in page
    assert "Everybody: 5 people get a message." in page


def test_the_page_sends_once_and_says_so(
    client: Client, date: ActivityDate, organiser: Person, people: dict[str, Participation],
    run_jobs: RunJobs,
) -> None:  # fmt: skip
    client.force_login(organiser, "allauth.account.auth_backends.AuthenticationBackend")
    address = f"/en/messages/dates/{date.pk}/"
    for _number in range(2):
        answer = client.post(address, typed(), follow=True).content.decode()
        assert "Your message goes to 5 people." in answer
        assert "Your message is being sent." in answer
    run_jobs()
    assert "Your message is being sent." not in client.get(address).content.decode()
    assert Letter.objects.filter(kind=LetterKind.ORGANISER_WORDS).count() == 5


def test_the_page_keeps_what_was_typed_and_says_what_is_wrong(
    client: Client, date: ActivityDate, organiser: Person, people: dict[str, Participation]
) -> None:
    client.force_login(organiser, "allauth.account.auth_backends.AuthenticationBackend")
    address = f"/en/messages/dates/{date.pk}/"
    long = client.post(address, typed("y" * 1001)).content.decode()
    assert "y" * 1001 in long
    assert "<title>Error:" in " ".join(long.split()).replace("<title> ", "<title>")
    assert client.post(address, typed() | {"entry": "a:b"}).status_code == 200
    switched = client.post(address, typed() | {"_switch": "1"})
    assert "Bitte bringt eine Tasse mit." in switched.content.decode()
    assert not PeopleMessage.objects.exists()
    for number in range(3):
        client.post(address, typed(number=number))
    fourth = client.post(address, typed(number=7)).content.decode()
    assert "3 times a day" in fourth
    assert "Tasse" in fourth


def test_when_the_last_of_a_state_just_left_the_page_says_so_kindly(
    client: Client, date: ActivityDate, organiser: Person
) -> None:
    ParticipationFactory.create(date=date)
    client.force_login(organiser, "allauth.account.auth_backends.AuthenticationBackend")
    answer = client.post(f"/en/messages/dates/{date.pk}/", typed(readers="waiting"))
    assert "Nobody of them can be reached by e-mail." in answer.content.decode()
    assert "Tasse" in answer.content.decode()
    assert not PeopleMessage.objects.exists()


def test_where_nobody_is_signed_up_the_page_says_so_and_has_no_form(
    client: Client, date: ActivityDate, organiser: Person
) -> None:
    client.force_login(organiser, "allauth.account.auth_backends.AuthenticationBackend")
    page = client.get(f"/en/messages/dates/{date.pk}/").content.decode()
    assert "Nobody is signed up yet." in page
    assert "<textarea" not in page


def test_the_list_at_the_door_leads_there_and_for_others_there_is_nothing(
    client: Client, date: ActivityDate, organiser: Person
) -> None:
    client.force_login(organiser, "allauth.account.auth_backends.AuthenticationBackend")
    door = client.get(reverse("activities:front_desk", args=[date.pk])).content.decode()
    address = reverse("notifications:write", args=[date.pk])
    assert address in door
    client.force_login(
        PersonFactory.create(), "allauth.account.auth_backends.AuthenticationBackend"
    )
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("size", [1, 5])
def test_the_page_takes_as_many_queries_for_one_as_for_many(
    client: Client, date: ActivityDate, organiser: Person, size: int,
    django_assert_max_num_queries: Any,
) -> None:  # fmt: skip
    ParticipationFactory.create_batch(size, date=date)
    client.force_login(organiser, "allauth.account.auth_backends.AuthenticationBackend")
    client.get("/en/imprint/")
    with django_assert_max_num_queries(15):
        client.get(f"/en/messages/dates/{date.pk}/")
    with django_assert_max_num_queries(1):
        reach_by_state(date)


@pytest.mark.django_db(transaction=True)
def test_of_many_messages_at_once_only_three_go_out(database_for_threads: None) -> None:
    date = DateFactory.create(starts_at=clock.now() + timedelta(days=3))
    organiser = ManagerFactory.create(organisation=date.activity.organisation).person
    ParticipationFactory.create(date=date)

    def work(number: int) -> int:
        try:
            return write(organiser, date, number=number)
        except TooManyMessages:
            return 0
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as workers:
        assert sum(workers.map(work, range(6))) == 3
    assert PeopleMessage.objects.count() == 3
