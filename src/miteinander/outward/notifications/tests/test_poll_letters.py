from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client

from miteinander.community.people import services as people
from miteinander.community.people.services import Contact
from miteinander.community.people.tests.factories import GuestFactory
from miteinander.encounters.activities.enums import ActivityStatus, PollGuests
from miteinander.encounters.activities.models import Activity, DatePoll, PollAnswer
from miteinander.encounters.activities.services import polls
from miteinander.encounters.activities.tests.factories import (
    ActivityFactory,
    DateFactory,
    ParticipationFactory,
    PollAnswerFactory,
    PollFactory,
)
from miteinander.encounters.activities.tests.planners import planner_of
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import SystemActor
from miteinander.outward.notifications import services
from miteinander.outward.notifications.models import Letter
from miteinander.outward.notifications.queries import poll_mails_key

pytestmark = pytest.mark.django_db
SYSTEM = SystemActor("test")


def text_to(address: str | None) -> str:
    (letter,) = [one for one in mail.outbox if one.to == [address]]
    return f"{letter.subject}\n{letter.body}"


def decide(poll: DatePoll) -> None:
    chosen = poll.dates.all()[0]
    planner = planner_of(poll.activity.organisation)
    polls.decide_poll(actor=planner, poll_id=poll.pk, poll_date_id=chosen.pk)


def poll_with_guests() -> DatePoll:
    poll: DatePoll = PollFactory.create()
    past = DateFactory.create(activity=poll.activity, starts_at=clock.now() - timedelta(days=5))
    for name, language in (("amal", "ar"), ("uwe", "de")):
        guest = GuestFactory.create(email=f"{name}@example.org", language=language)
        ParticipationFactory.create(date=past, person=guest)
    return poll


def ask(poll: DatePoll) -> None:
    planner = planner_of(poll.activity.organisation)
    polls.ask_people_of_before(actor=planner, poll_id=poll.pk, whom=PollGuests.ACTIVITY)


def test_who_came_before_is_asked_once_in_their_language(run_jobs: Callable[[], int]) -> None:
    poll = poll_with_guests()
    ask(poll)
    ask(poll)
    run_jobs()

    assert len(mail.outbox) == 2
    assert f"/ar/activities/polls/{poll.token}/" in text_to("amal@example.org")
    (german,) = [one for one in mail.outbox if one.to == ["uwe@example.org"]]
    assert f"/de/activities/polls/{poll.token}/" in str(german.body)
    assert german.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "/questions/" in german.extra_headers["List-Unsubscribe"]


def test_who_wants_no_such_questions_gets_none(run_jobs: Callable[[], int]) -> None:
    poll = poll_with_guests()
    guest = people.find_or_add_guest(actor=SYSTEM, contact=Contact(email="uwe@example.org"))
    address = f"/de/messages/questions/{poll_mails_key(guest.pk)}/"
    client = Client(enforce_csrf_checks=True)
    assert client.get(address).status_code == 200
    assert client.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200

    ask(poll)
    run_jobs()

    assert [one.to for one in mail.outbox] == [["amal@example.org"]]
    services.turn_poll_mails(actor=SYSTEM, person_id=guest.pk, wanted=True)
    ask(poll)
    run_jobs()
    assert len(mail.outbox) == 2


def test_the_question_is_not_sent_when_it_is_over(run_jobs: Callable[[], int]) -> None:
    poll = poll_with_guests()
    ask(poll)
    polls.stop_poll(actor=planner_of(poll.activity.organisation), poll_id=poll.pk)
    run_jobs()
    assert not mail.outbox


def test_a_guest_gets_the_private_link_and_a_stranger_changes_nothing(
    run_jobs: Callable[[], int],
) -> None:
    poll = PollFactory.create()
    contact = Contact(name="Amal", email="amal@example.org", language="de")
    for entry, choice in (("one", "yes"), ("two", "no"), ("three", "no")):
        polls.answer_poll_guest(
            actor=SYSTEM, poll_id=poll.pk, contact=contact, entry=entry,
            choices=dict.fromkeys(poll.dates.values_list("pk", flat=True), choice),
        )  # fmt: skip
    run_jobs()

    token = PollAnswer.objects.get().token
    assert len(mail.outbox) == 2  # the answer, and one word that somebody tried again
    assert all(f"/polls/mine/{token}/" in str(one.body) for one in mail.outbox)


def test_everybody_learns_the_date_and_only_who_can_come_is_asked_to_take_a_seat(
    run_jobs: Callable[[], int],
) -> None:
    poll = PollFactory.create()
    can = PollAnswerFactory.create(poll=poll, votes=("maybe", "no", "no"), language="en")
    cannot = PollAnswerFactory.create(poll=poll, votes=("no", "yes", "yes"), language="en")
    PollAnswerFactory.create(poll=poll, person__email=None, person__phone="+49561778")
    decide(poll)
    run_jobs()
    services.tell_of_poll(actor=SYSTEM, poll_id=poll.pk)
    run_jobs()

    assert len(mail.outbox) == 2
    assert "please take your seat" in text_to(can.person.email)
    assert can.token in text_to(can.person.email)
    assert "does not suit you" in text_to(cannot.person.email)
    assert "Take my seat" not in text_to(cannot.person.email)
    assert can.person.name not in text_to(cannot.person.email)


def test_nobody_is_asked_to_a_date_that_was_hidden_meanwhile(run_jobs: Callable[[], int]) -> None:
    poll = PollAnswerFactory.create().poll
    decide(poll)
    Activity.objects.update(status=ActivityStatus.HIDDEN)
    run_jobs()
    assert not mail.outbox
    assert Letter.objects.filter(skipped_at__isnull=False).count() == 1


@pytest.mark.parametrize(("has_answers", "word"), [(True, "choose"), (False, "Nobody")])
def test_the_organiser_is_told_when_the_time_is_over(
    *, has_answers: bool, word: str, run_jobs: Callable[[], int]
) -> None:
    poll = PollFactory.create(activity=ActivityFactory.create())
    planner = planner_of(poll.activity.organisation)
    planner.language = "en"
    planner.save()
    Activity.objects.update(created_by=planner)
    if has_answers:
        PollAnswerFactory.create(poll=poll)

    with clock.held_at(poll.closes_at):
        polls.close_polls(actor=SYSTEM, now=poll.closes_at)
        run_jobs()

    assert word in text_to(str(planner.email))
    assert f"/plan/{poll.activity_id}/poll/" in text_to(str(planner.email))


def test_who_answered_hears_once_that_a_poll_ended_without_a_date(
    run_jobs: Callable[[], int],
) -> None:
    poll = PollFactory.create()
    amal = GuestFactory.create(email="amal@example.org")
    PollAnswerFactory.create(poll=poll, person=amal, language="de")
    PollAnswerFactory.create(poll=poll, person=GuestFactory.create(email=None, phone="+49561123"))
    planner = planner_of(poll.activity.organisation)

    polls.stop_poll(actor=planner, poll_id=poll.pk)
    polls.stop_poll(actor=planner, poll_id=poll.pk)
    run_jobs()
    services.tell_of_poll(actor=SYSTEM, poll_id=poll.pk)
    run_jobs()

    assert list(Letter.objects.values_list("kind", "language")) == [("poll_stopped", "de")]
    assert [one.to for one in mail.outbox] == [["amal@example.org"]]


def test_nobody_hears_of_a_stopped_poll_of_a_hidden_meeting(run_jobs: Callable[[], int]) -> None:
    poll = PollFactory.create()
    PollAnswerFactory.create(poll=poll, person=GuestFactory.create(email="amal@example.org"))
    polls.stop_poll(actor=planner_of(poll.activity.organisation), poll_id=poll.pk)
    Activity.objects.update(status=ActivityStatus.HIDDEN)

    run_jobs()

    assert not mail.outbox
