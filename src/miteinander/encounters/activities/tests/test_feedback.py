"""Feedback after a date: asked once, given without an account, kept apart from the person."""

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from miteinander.community.organisations.tests.factories import CoordinatorRoleFactory
from miteinander.community.people import services as people
from miteinander.community.people.tests.factories import PersonFactory
from miteinander.encounters.activities import jobs
from miteinander.encounters.activities.enums import ParticipationStatus, Presence, Question
from miteinander.encounters.activities.exports import export_person
from miteinander.encounters.activities.messages import FeedbackWanted
from miteinander.encounters.activities.models import ActivityDate, Feedback, Participation
from miteinander.encounters.activities.queries.feedback import results_of
from miteinander.encounters.activities.services import feedback
from miteinander.encounters.activities.tests.factories import (
    ActivityFactory,
    DateFactory,
    ParticipationFactory,
)
from miteinander.encounters.activities.tests.planners import planner_of, told
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import SystemActor
from miteinander.foundation.core.privacy import kept_for

pytestmark = pytest.mark.django_db
QUESTIONS = Question.values
SYSTEM = SystemActor("test")
END = datetime(2026, 6, 3, 14, 0, tzinfo=UTC)  # 16:00 in Kassel
AFTER = END + timedelta(days=1)


def over(**more: Any) -> ActivityDate:
    date: ActivityDate = DateFactory.create(starts_at=END - timedelta(hours=2), ends_at=END, **more)
    return date


def link(seat: Participation) -> str:
    return reverse("activities:feedback", args=[seat.date_id, feedback.link_token(seat)])


def tap(client: Client, seat: Participation, question: str, answer: str = "yes") -> Any:
    return client.post(link(seat), {"question": question, "answer": answer})


def test_the_page_of_the_seat_leads_there_also_for_people_without_mail(client: Client) -> None:
    date = over()
    seat, absent = ParticipationFactory.create(date=date), ParticipationFactory.create(date=date)
    Participation.objects.filter(pk=absent.pk).update(presence=Presence.ABSENT)
    for row, moment, is_shown in (
        (seat, AFTER, True), (absent, AFTER, False), (seat, END - timedelta(hours=1), False),
        (seat, END + timedelta(days=15), False),
    ):  # fmt: skip
        with clock.held_at(moment):
            seen = client.get(reverse("activities:seat", args=[row.token])).content.decode()
        assert (link(row) in seen) == is_shown


def answers(date: ActivityDate, count: int, words: str = "") -> list[Feedback]:
    rows = []
    row = Feedback()
    for seat in ParticipationFactory.create_batch(count, date=date):
        for question in QUESTIONS:
            row = feedback.answer_question(
                actor=SYSTEM, participation_id=seat.pk, question=question, answer="yes"
            )
        rows.append(row)
        if words:
            feedback.write_feedback_words(
                actor=SYSTEM, participation_id=seat.pk, words=f"{words} {seat.pk}", language="ar"
            )
    return rows


def test_three_taps_without_an_account_are_an_answer(client: Client) -> None:
    seat = ParticipationFactory.create(date=over())
    with clock.held_at(AFTER):
        for number, question in enumerate(QUESTIONS, start=1):
            page = client.get(link(seat)).content.decode()
            assert f"Frage {number}" in page or f"Question {number}" in page
            assert f'value="{question}"' in page
            assert tap(client, seat, question).status_code == 302
        assert "page-form" in client.get(link(seat)).content.decode()
    given = Feedback.objects.get()
    assert [getattr(given, question) for question in QUESTIONS] == ["yes", "yes", "yes"]
    assert given.date_id == seat.date_id


def test_an_answer_is_changed_and_still_counts_once(client: Client) -> None:
    seat = ParticipationFactory.create(date=over())
    with clock.held_at(AFTER):
        tap(client, seat, "helpful", "yes")
        page = client.get(link(seat) + "?question=helpful").content.decode()
        assert 'value="helpful"' in page
        tap(client, seat, "helpful", "no")
    assert Feedback.objects.get().helpful == "no"


@pytest.mark.parametrize(
    "moment", [END - timedelta(minutes=1), END + feedback.OPEN_FOR], ids=["early", "late"]
)
def test_outside_its_time_nothing_is_taken(client: Client, moment: datetime) -> None:
    seat = ParticipationFactory.create(date=over())
    with clock.held_at(moment):
        page = client.get(link(seat))
        assert page.status_code == 200
        assert b'name="answer"' not in page.content
        assert tap(client, seat, "helpful").status_code == 200
        with pytest.raises(feedback.FeedbackClosed):
            feedback.write_feedback_words(
                actor=SYSTEM, participation_id=seat.pk, words="zu spät", language="de"
            )
    assert not Feedback.objects.exists()


def test_an_unknown_answer_changes_nothing(client: Client) -> None:
    seat = ParticipationFactory.create(date=over())
    with clock.held_at(AFTER):
        assert tap(client, seat, "words", "yes").status_code == 200
        assert tap(client, seat, "helpful", "perhaps").status_code == 200
    assert not Feedback.objects.exists()


def test_words_are_kept_with_their_language_and_taken_back(client: Client) -> None:
    seat = ParticipationFactory.create(date=over())
    address = reverse("activities:feedback_words", args=[seat.date_id, feedback.link_token(seat)])
    with clock.held_at(AFTER):
        answer = client.post(address, {"words": "شكرا", "language": "ar"})
        assert urlsplit(answer["Location"]).path == link(seat)
        assert Feedback.objects.values_list("words", "language").get() == ("شكرا", "ar")
        assert client.post(address, {"words": "x" * 1001, "language": "ar"}).status_code == 200
        assert Feedback.objects.get().words == "شكرا"
        client.post(address, {"words": "", "language": "ar"})
    assert Feedback.objects.values_list("words", "language").get() == ("", "")


def test_the_link_opens_nothing_else_and_no_other_link_opens_it(client: Client) -> None:
    seat = ParticipationFactory.create(date=over())
    other = ParticipationFactory.create(date=over())
    token = feedback.link_token(seat)
    with clock.held_at(AFTER):
        assert client.get(reverse("activities:seat", args=[token])).status_code == 404
        for date_id, word in (
            (seat.date_id, seat.token), (other.date_id, token), (seat.date_id, "0" * 32),
            (987654321, token),
        ):  # fmt: skip
            address = reverse("activities:feedback", args=[date_id, word])
            assert client.get(address).status_code == 404
            assert client.post(address, {"question": "helpful", "answer": "no"}).status_code == 404
        assert seat.token not in client.get(link(seat)).content.decode()
    assert not Feedback.objects.exists()


def test_neither_row_nor_record_leads_to_the_person() -> None:
    seat = ParticipationFactory.create(date=over())
    with clock.held_at(AFTER):
        answers(seat.date, 1)
    given = Feedback.objects.get()
    assert given.key not in {feedback.link_token(seat), seat.token}
    names = {field.name for field in Feedback._meta.get_fields()}
    assert names == {"key", "date", *QUESTIONS, "words", "language"}


def test_somebody_else_signed_in_may_not_answer() -> None:
    seat = ParticipationFactory.create(date=over())
    with clock.held_at(AFTER), pytest.raises(PermissionDenied):
        feedback.answer_question(
            actor=PersonFactory.create(), participation_id=seat.pk, question="helpful", answer="no"
        )
    assert not Feedback.objects.exists()


@pytest.mark.parametrize(
    "more", [{"status": ParticipationStatus.GIVEN_BACK}, {"presence": Presence.ABSENT}]
)
def test_who_did_not_come_has_no_link(client: Client, more: dict[str, Any]) -> None:
    seat = ParticipationFactory.create(date=over(), **more)
    with clock.held_at(AFTER):
        assert client.get(link(seat)).status_code == 404


def ask(monkeypatch: Any, *moments: datetime) -> list[int]:
    with told(monkeypatch) as heard:
        for moment in moments:
            with clock.held_at(moment):
                jobs.ask_for_feedback.call()
    return [one.participation_id for one in heard if isinstance(one, FeedbackWanted)]


def test_everybody_who_came_is_asked_once_on_the_evening_after(monkeypatch: Any) -> None:
    date = over()
    present = ParticipationFactory.create(date=date, presence=Presence.PRESENT)
    unmarked = ParticipationFactory.create(date=date)
    ParticipationFactory.create(date=date, presence=Presence.ABSENT)
    ParticipationFactory.create(date=date, status=ParticipationStatus.GIVEN_BACK)
    ParticipationFactory.create(date=date, status=ParticipationStatus.WAITING)
    evening = datetime(2026, 6, 3, 16, 5, tzinfo=UTC)  # 18:05 in Kassel

    asked = ask(monkeypatch, END, evening, evening, evening + timedelta(days=1))

    assert asked == [present.pk, unmarked.pk]


@pytest.mark.parametrize(
    ("moment", "count"),
    [
        (datetime(2026, 6, 3, 16, 5, tzinfo=UTC), 0),  # the meeting ends at 20:00
        (datetime(2026, 6, 3, 18, 30, tzinfo=UTC), 0),  # the same evening is too soon
        (datetime(2026, 6, 4, 1, 0, tzinfo=UTC), 0),  # at night nobody is asked
        (datetime(2026, 6, 4, 16, 5, tzinfo=UTC), 1),
        (datetime(2026, 6, 6, 16, 5, tzinfo=UTC), 1),  # made up two evenings later
        (datetime(2026, 6, 8, 16, 5, tzinfo=UTC), 0),  # too long ago
    ],
)
def test_a_late_meeting_is_asked_about_the_next_evening(
    monkeypatch: Any, moment: datetime, count: int
) -> None:
    end = datetime(2026, 6, 3, 18, 0, tzinfo=UTC)
    ParticipationFactory.create(date__starts_at=end - timedelta(hours=2), date__ends_at=end)
    assert len(ask(monkeypatch, moment)) == count


def test_nobody_is_asked_about_a_cancelled_date(monkeypatch: Any) -> None:
    ParticipationFactory.create(date=over(status="cancelled"))
    assert ask(monkeypatch, datetime(2026, 6, 3, 16, 5, tzinfo=UTC)) == []


def test_organisers_read_from_five_answers_on_and_never_a_name(client: Client) -> None:
    activity = ActivityFactory.create()
    few, enough = over(activity=activity), over(activity=activity, capacity=20)
    address = reverse("activities:feedback_results", args=[activity.pk])
    client.force_login(planner_of(activity.organisation))
    with clock.held_at(AFTER):
        answers(few, 4, words="geheim")
        answers(enough, 5, words="شكرا")
        page = client.get(address).content.decode()
    assert "geheim" not in page
    assert page.count("شكرا") == 5
    assert 'lang="ar"' in page
    for seat in Participation.objects.select_related("person"):
        assert seat.person.name not in page


def test_words_come_in_an_order_that_tells_nothing() -> None:
    date = over(capacity=40)
    with clock.held_at(AFTER):
        answers(date, 20, words="Wort")
        (result,) = results_of(date.activity, AFTER)
    by_key = Feedback.objects.order_by("key").values_list("words", flat=True)
    assert [said.words for said in result.words] == list(by_key)
    assert [said.words for said in result.words] != [
        f"Wort {pk}" for pk in Participation.objects.order_by("pk").values_list("pk", flat=True)
    ]


@pytest.mark.parametrize("size", [1, 5])
def test_results_need_two_queries(size: int, django_assert_num_queries: Any) -> None:
    activity = ActivityFactory.create()
    with clock.held_at(AFTER):
        for _number in range(size):
            answers(over(activity=activity), size)
        with django_assert_num_queries(2):
            results_of(activity, AFTER)


def test_strangers_do_not_find_the_results(client: Client) -> None:
    date = over()
    address = reverse("activities:feedback_results", args=[date.activity_id])
    client.force_login(PersonFactory.create())
    assert client.get(address).status_code == 404
    client.force_login(CoordinatorRoleFactory.create().person)
    assert client.get(address).status_code in {200, 404}


def test_erasing_somebody_deletes_the_words_and_keeps_the_answers() -> None:
    person = PersonFactory.create()
    seat = ParticipationFactory.create(date=over(), person=person)
    with clock.held_at(AFTER):
        feedback.answer_question(
            actor=SYSTEM, participation_id=seat.pk, question="helpful", answer="no"
        )
        feedback.write_feedback_words(
            actor=SYSTEM, participation_id=seat.pk, words="mein Name", language="de"
        )
        assert export_person(person)["feedback"][0]["words"] == "mein Name"
        people.erase_person(actor=person, person_id=person.pk)
    given = Feedback.objects.get()
    assert (given.helpful, given.words, given.language) == ("no", "", "")
    seat.refresh_from_db()
    assert feedback.feedback_of(seat) is None


def test_old_words_are_forgotten_and_young_ones_stay() -> None:
    date = over()
    with clock.held_at(AFTER):
        answers(date, 1, words="alt")
    period = kept_for("activities.feedback_words")
    for moment, words in ((END + period, "alt"), (END + period + timedelta(hours=1), "")):
        with clock.held_at(moment):
            jobs.forget_old_feedback_words.call()
        assert Feedback.objects.get().words.startswith(words)
        assert bool(Feedback.objects.get().words) == bool(words)
    assert Feedback.objects.get().helpful == "yes"


def test_nobody_else_forgets_words_or_asks() -> None:
    person = PersonFactory.create()
    for act in (feedback.forget_old_words, feedback.ask_for_feedback):
        with pytest.raises(PermissionDenied):
            act(actor=person, now=AFTER)


def test_too_long_words_are_refused_by_the_service_too() -> None:
    seat = ParticipationFactory.create(date=over())
    with clock.held_at(AFTER), pytest.raises(ValidationError):
        feedback.write_feedback_words(
            actor=SYSTEM, participation_id=seat.pk, words="x" * 1001, language="de"
        )
    assert not Feedback.objects.filter(words__gt="").exists()
