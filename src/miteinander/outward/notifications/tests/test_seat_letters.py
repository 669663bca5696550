"""What the seat engine does is told: waiting, offers, refusals, the draw, and fewer seats."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest
from django.conf import settings
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils import translation

from miteinander.community.organisations.tests.factories import ManagerFactory
from miteinander.community.people.models import Person
from miteinander.community.people.tests.factories import PersonFactory
from miteinander.encounters.activities.enums import Giving, SignUpWay
from miteinander.encounters.activities.messages import (
    DateDrawn,
    OfferLapsed,
    PartyChanged,
    SeatOffered,
    SeatRefused,
    SignedUpAgain,
)
from miteinander.encounters.activities.models import Activity, ActivityDate, Participation
from miteinander.encounters.activities.services import seats
from miteinander.encounters.activities.services.seats.draw import draw_seats
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


@pytest.fixture(autouse=True)
def _days_before(db: None) -> Any:
    with clock.held_at(NOW):
        yield


@pytest.fixture
def date() -> ActivityDate:
    return DateFactory.create(starts_at=START, ends_at=START + timedelta(hours=2), capacity=1)


def texts() -> list[str]:
    return [str(message.body) for message in mail.outbox]


def ask(date: ActivityDate, person: Person, language: str = "en", **wish: Any) -> Participation:
    return seats.sign_up(
        actor=person, date_id=date.pk, person_id=person.pk, language=language,
        way=SignUpWay.ACCOUNT, wish=seats.Wish(may_wait=True, **wish),
    ).participation  # fmt: skip


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


def page_of(row: Participation) -> str:
    with translation.override(row.language):
        return settings.SITE_URL + reverse("activities:seat", args=[row.token])


def test_who_comes_onto_the_waiting_list_hears_what_happens_next(
    date: ActivityDate, run_jobs: RunJobs
) -> None:
    *_others, row = [ask(date, PersonFactory.create()) for _number in range(3)]
    run_jobs()
    assert [message.to[0] for message in mail.outbox][1:] == [
        seat.person.email for seat in Participation.objects.order_by("pk")[1:]
    ]
    assert mail.outbox[2].subject == f"You are on the waiting list: Kochen {date.activity_id}"
    assert "You do not have a seat yet." in texts()[2]
    assert "Your place on the waiting list today: 2" in texts()[2]
    assert "we write to you at once" in texts()[2]
    assert "See your place or leave the list" in texts()[2]
    assert page_of(row) in texts()[2]
    assert not mail.outbox[2].attachments


def test_where_offers_are_made_by_hand_the_list_says_so(date: ActivityDate) -> None:
    Activity.objects.update(has_offers_by_hand=True)
    text = str(told(asked(date, "waiting"), LetterKind.SEAT_ASKED_FOR, status="waiting").body)
    assert "the organiser offers it to somebody on the list" in text


def test_who_asks_for_a_yes_and_who_takes_part_in_a_draw_read_other_words(
    date: ActivityDate,
) -> None:
    Activity.objects.update(draw_hours=48)
    requested = told(asked(date, "requested"), LetterKind.SEAT_ASKED_FOR, status="requested")
    applied = told(asked(date, "applied"), LetterKind.SEAT_ASKED_FOR, status="applied")
    assert requested.subject.startswith("We have your request:")
    assert "The organiser reads your request and answers it." in requested.body
    assert "See your request or take it back" in requested.body
    assert applied.subject.startswith("You are in the draw:")
    assert "The seats are drawn on: Thursday, March 4, 2027, 18:00" in applied.body
    assert "It makes no difference who was first." in applied.body
    assert len({requested.body.split("\n")[0], applied.body.split("\n")[0]}) == 2


def test_a_letter_about_waiting_is_dropped_when_it_is_no_longer_so(date: ActivityDate) -> None:
    assert is_skipped(asked(date, "waiting"), LetterKind.SEAT_ASKED_FOR, status="applied")
    assert is_skipped(asked(date, "given_back"), LetterKind.SEAT_ASKED_FOR, status="waiting")


def test_an_offer_names_its_deadline_and_is_taken_on_the_page(
    date: ActivityDate, run_jobs: RunJobs
) -> None:
    first = ask(date, PersonFactory.create())
    second = ask(date, PersonFactory.create())
    seats.give_back(actor=SYSTEM, participation_id=first.pk)
    run_jobs()
    [offer] = [one for one in mail.outbox if "A seat is free for you" in one.subject]
    assert offer.to == [second.person.email]
    until = "Tuesday, March 2, 2027, 18:00"
    assert f"1 seat is free. We keep it for you until {until}." in offer.body
    assert f"Please answer until: {until}" in offer.body
    assert "Take the seat or say no" in offer.body
    assert page_of(second) in offer.body
    assert not offer.attachments


def test_taking_an_offer_is_confirmed_after_all_earlier_letters(
    date: ActivityDate, run_jobs: RunJobs
) -> None:
    person = PersonFactory.create()
    row = ask(date, person)
    run_jobs()
    with clock.held_at(NOW + timedelta(hours=1)):
        seats.give_back(actor=person, participation_id=row.pk)
        other = ask(date, PersonFactory.create())
    with clock.held_at(NOW + timedelta(hours=2)):
        ask(date, person)
        seats.give_back(actor=SYSTEM, participation_id=other.pk)
        run_jobs()
        seats.accept_offer(actor=person, participation_id=row.pk)
        run_jobs()
    kinds = Letter.objects.filter(context__person=person.pk).order_by("pk")
    assert list(kinds.values_list("kind", flat=True)) == [
        "seat_confirmed", "seat_given_back", "seat_asked_for", "seat_offered", "seat_confirmed",
    ]  # fmt: skip
    assert "You have a seat." in mail.outbox[-1].body
    assert mail.outbox[-1].attachments


def test_a_second_offer_of_the_same_seat_is_told_again(date: ActivityDate) -> None:
    row = asked(date, "offered", offered_until=NOW + timedelta(hours=2))
    for hours in (2, 2, 5):
        Participation.objects.update(offered_until=NOW + timedelta(hours=hours))
        bus.publish(SeatOffered(row.pk))
    assert Letter.objects.filter(kind=LetterKind.SEAT_OFFERED).count() == 2


def test_an_offer_that_is_over_or_taken_is_not_told_any_more(date: ActivityDate) -> None:
    over = asked(date, "offered", offered_until=NOW - timedelta(minutes=1))
    assert is_skipped(over, LetterKind.SEAT_OFFERED)
    Participation.objects.update(status="signed_up", offered_until=None)
    assert is_skipped(asked(date, "lapsed"), LetterKind.SEAT_OFFERED)


def test_an_offer_for_several_counts_the_seats(date: ActivityDate) -> None:
    row = asked(date, "offered", offered_until=START, companions=1, children=1)
    body = told(row, LetterKind.SEAT_OFFERED).body
    assert "3 seats are free. We keep them for you until" in body
    assert "Seats: 3" in body


def test_the_end_of_an_offer_says_how_to_ask_again(date: ActivityDate, run_jobs: RunJobs) -> None:
    row = asked(date, "lapsed", given_back_at=NOW)
    bus.publish(OfferLapsed(row.pk))
    bus.publish(OfferLapsed(row.pk))
    run_jobs()
    [text] = texts()
    assert "The time to answer is over" in text
    assert "Ask for a seat again" in text
    with translation.override("en"):
        assert settings.SITE_URL + reverse("activities:sign_up", args=[date.pk]) in text


def test_a_refusal_is_kind_and_names_what_else_is_on(date: ActivityDate, run_jobs: RunJobs) -> None:
    others = [DateFactory.create(starts_at=START + timedelta(days=day)) for day in range(1, 6)]
    full = DateFactory.create(starts_at=START, capacity=1)
    ParticipationFactory.create(date=full)
    row = asked(date, "refused")
    bus.publish(SeatRefused(row.pk))
    run_jobs()
    [text] = texts()
    assert "We are sorry. The organiser cannot give you a seat at this meeting." in text
    with translation.override("en"):
        pages = [settings.SITE_URL + reverse("activities:detail", args=[row.pk]) for row in others]
        shut = settings.SITE_URL + reverse("activities:detail", args=[full.pk])
    assert [page in text for page in pages] == [True, True, True, False, False]
    assert f"{shut}\n" not in text
    html = str(cast("EmailMultiAlternatives", mail.outbox[0]).alternatives[0][0])
    assert html.count('lang="de"') >= 3


def test_a_yes_is_confirmed_and_a_full_house_puts_on_the_list(
    date: ActivityDate, run_jobs: RunJobs
) -> None:
    manager = ManagerFactory.create(organisation=date.activity.organisation).person
    Activity.objects.update(giving=Giving.APPROVAL)
    rows = [ask(date, PersonFactory.create()) for _number in range(2)]
    run_jobs()
    for row in rows:
        seats.approve_request(actor=manager, participation_id=row.pk)
        run_jobs()
    subjects = [message.subject.split(":")[0] for message in mail.outbox]
    assert subjects == [
        "We have your request", "We have your request", "You are signed up",
        "You are on the waiting list",
    ]  # fmt: skip


def test_a_draw_tells_each_how_it_ended(date: ActivityDate, run_jobs: RunJobs) -> None:
    Activity.objects.update(giving=Giving.DRAW, draw_hours=24)
    rows = [ask(date, PersonFactory.create()) for _number in range(3)]
    run_jobs()
    mail.outbox.clear()
    draw_seats(actor=SYSTEM, date_id=date.pk)
    run_jobs()
    bus.publish(DateDrawn(date.pk))
    run_jobs()
    assert len(mail.outbox) == 3
    [lucky] = [text for text in texts() if "the draw gave you a seat" in text]
    unlucky = [text for text in texts() if "The draw had no seat for you this time." in text]
    assert sorted(line for text in unlucky for line in text.split("\n") if "today" in line) == [
        "Your place on the waiting list today: 1", "Your place on the waiting list today: 2",
    ]  # fmt: skip
    winner = Participation.objects.get(status="signed_up")
    assert page_of(winner) in lucky
    mail.outbox.clear()
    seats.give_back(actor=SYSTEM, participation_id=winner.pk)
    run_jobs()
    offered = Participation.objects.get(status="offered")
    seats.accept_offer(actor=SYSTEM, participation_id=offered.pk)
    run_jobs()
    assert "You have a seat. We look forward to you." in texts()[-1]
    assert len(rows) == 3


def test_fewer_people_are_confirmed_once_for_each_change(
    date: ActivityDate, run_jobs: RunJobs
) -> None:
    ActivityDate.objects.update(capacity=5)
    Activity.objects.update(most_companions=4)
    person = PersonFactory.create()
    row = ask(date, person, companions=2)
    run_jobs()
    for companions in (1, 1, 0):
        seats.bring_fewer(actor=person, participation_id=row.pk, companions=companions, children=0)
        run_jobs()
    bus.publish(PartyChanged(row.pk))
    run_jobs()
    assert [message.subject.split(":")[0] for message in mail.outbox] == [
        "You are signed up", "Fewer seats", "Fewer seats",
    ]  # fmt: skip
    assert "You have 2 seats now." in texts()[1]
    assert "You have 1 seat now." in texts()[2]


def test_who_leaves_the_list_is_not_thanked_for_a_seat(
    date: ActivityDate, run_jobs: RunJobs
) -> None:
    ask(date, PersonFactory.create())
    waiting = ask(date, PersonFactory.create())
    seats.give_back(actor=SYSTEM, participation_id=waiting.pk)
    run_jobs()
    [text] = [text for text in texts() if "Thank you for telling us." in text]
    assert "You do not wait for a seat any more." in text
    assert "gave your seat back" not in text


@pytest.mark.parametrize("status", ["signed_up", "waiting", "requested", "applied", "offered"])
def test_who_fills_in_the_form_again_hears_again_where_they_stand(
    date: ActivityDate, run_jobs: RunJobs, status: str
) -> None:
    facts = {"offered_until": START} if status == "offered" else {}
    row = asked(date, status, **facts)
    for _number in range(2):
        bus.publish(SignedUpAgain(row.pk))
    run_jobs()
    [message] = mail.outbox
    assert message.to == [row.person.email]
