"""Asking for a seat with company, by answer, by draw, from the waiting list, under conditions."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from miteinander.community.people.enums import Background
from miteinander.community.people.models import Person
from miteinander.community.people.tests.factories import PersonFactory
from miteinander.encounters.activities.enums import Giving, ParticipationStatus, Presence, Setting
from miteinander.encounters.activities.models import ActivityDate, Participation
from miteinander.encounters.activities.services import seats
from miteinander.encounters.activities.tests.factories import (
    ActivityFactory,
    DateFactory,
    ParticipationFactory,
)
from miteinander.encounters.activities.tests.pages import Node, page
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import SystemActor

pytestmark = pytest.mark.django_db
MARIA = {"name": "Maria", "email": "maria@example.org", "language": "uk"}
OLENA = {"name": "Олена", "phone": "0561 123456", "language": "uk"}
WAIT = {"may_wait": "1"}


def address(date: ActivityDate) -> str:
    return f"/en/activities/{date.pk}/sign-up/"


def ask(client: Client, date: ActivityDate, typed: dict[str, Any], **more: str) -> Any:
    return client.post(address(date), typed | more, follow=True)


def form_of(client: Client, date: ActivityDate) -> Node:
    return page(client.get(address(date))).one("#page-form")


def full_date(**more: Any) -> ActivityDate:
    date: ActivityDate = ParticipationFactory.create(
        date=DateFactory.create(capacity=1, **more)
    ).date
    return date


def test_company_is_asked_for_and_gets_seats_too(client: Client) -> None:
    date = DateFactory.create()

    ask(client, date, OLENA, companions="2", children="1")

    seat = Participation.objects.get()
    assert (seat.companions, seat.children) == (2, 1)
    assert ActivityDate.objects.get().seats_taken == 4


def test_where_nobody_may_be_brought_nobody_is_asked(client: Client) -> None:
    date = DateFactory.create(activity__most_companions=0)

    assert not form_of(client, date).all("select[name=companions]")
    ask(client, date, OLENA, companions="2")

    assert Participation.objects.get().party == 1


@pytest.mark.parametrize(
    "numbers",
    [
        {"companions": "4"},
        {"companions": "2", "children": "2"},
        {"companions": "-1"},
        {"companions": "9" * 5000},
        {"companions": "1e9"},
        {"companions": "NaN"},
        {"children": "two"},
        {"children": "-2147483649"},
        {"companions": "\x00"},
    ],
)
def test_hostile_numbers_of_people_are_a_plain_error(
    client: Client, numbers: dict[str, str]
) -> None:
    date = DateFactory.create()

    response = ask(client, date, OLENA | numbers)

    assert response.status_code == 200
    assert page(response).one("title").text.startswith("Error:")
    assert not Participation.objects.exists()
    assert ActivityDate.objects.get().seats_taken == 0


def test_numbers_may_be_written_in_other_digits(client: Client) -> None:
    ask(client, DateFactory.create(activity__most_companions=20), OLENA, companions="٢")

    assert Participation.objects.get().companions == 2


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"setting": Setting.WOMEN}, "I am a woman."),
        ({"min_age": 16, "max_age": 27}, "I am between 16 and 27 years old."),
        ({"min_age": 60}, "I am 60 years old or older."),
        ({"max_age": 12}, "I am 12 years old or younger."),
        ({"setting": Setting.MEN, "min_age": 18}, "I am a man. I am 18 years old or older."),
    ],
)
def test_who_comes_says_that_the_meeting_is_for_them(
    client: Client, facts: dict[str, Any], words: str
) -> None:
    date = DateFactory.create(**{f"activity__{name}": value for name, value in facts.items()})

    assert words in form_of(client, date).text
    refused = ask(client, date, OLENA)
    assert "look what else is on" in page(refused).text
    assert "See other meetings" in page(refused).text
    assert not Participation.objects.exists()
    ask(client, date, OLENA, is_stated="on")

    assert Participation.objects.get().holds_seat


def test_even_with_every_question_four_fields_at_most_are_needed(client: Client) -> None:
    date = DateFactory.create(
        activity__giving=Giving.APPROVAL, activity__setting=Setting.WOMEN, activity__min_age=16,
        activity__local_share=50, activity__newcomer_share=50,
    )  # fmt: skip

    form = form_of(client, date)
    labels = [*form.all("div.field label"), *form.all("legend")]
    needed = [label.text for label in labels if "(optional)" not in label.text]

    assert len(needed) <= 4
    assert needed[:2] == ["Your name", "Language for messages to you"]


def test_the_organisers_question_is_asked_and_the_answer_reaches_them(client: Client) -> None:
    date = DateFactory.create(
        activity__giving=Giving.APPROVAL, activity__parts__question="Was kochst du gern?"
    )

    form = form_of(client, date)
    seen = page(ask(client, date, MARIA, answer="Borschtsch."))

    assert "Was kochst du gern?" in form.text
    assert form.one("button").text == "Ask for a seat"
    assert seen.one("h1").text == "You wait for an answer"
    seat = Participation.objects.get()
    assert (seat.status, seat.answer) == (ParticipationStatus.REQUESTED, "Borschtsch.")
    assert "waiting list" not in seen.one("main").text


def test_without_a_question_of_theirs_a_plain_one_is_asked(client: Client) -> None:
    date = DateFactory.create(activity__giving=Giving.APPROVAL)

    assert "Why would you like to come?" in form_of(client, date).text
    assert not form_of(client, DateFactory.create()).all("textarea")


def test_a_draw_is_announced_with_its_day_and_entered(client: Client) -> None:
    date = DateFactory.create(activity__giving=Giving.DRAW, activity__draw_hours=24)

    form = form_of(client, date)
    seen = page(ask(client, date, MARIA))

    assert "The seats are drawn on" in form.text
    assert form.one("button").text == "Take part in the draw"
    assert seen.one("h1").text == "You take part in the draw"
    assert Participation.objects.get().status == ParticipationStatus.APPLIED


def test_a_full_date_offers_the_waiting_list(client: Client) -> None:
    date = full_date()

    seen = page(client.get(address(date)))
    told = page(ask(client, date, MARIA, **WAIT))

    assert "All seats are taken. You can join the waiting list." in seen.text
    assert seen.one("#page-form button").text == "Join the waiting list"
    assert seen.one("#page-form input[name=may_wait]")["value"] == "1"
    assert told.one("h1").text == "You are on the waiting list"
    assert "number" not in told.one("main").text
    waiting = Participation.objects.get(status=ParticipationStatus.WAITING)
    assert waiting.token not in str(told.text)


def test_a_lost_race_offers_the_waiting_list_and_keeps_what_was_written(client: Client) -> None:
    date = DateFactory.create(capacity=1)
    client.get(address(date))
    ParticipationFactory.create(date=date)

    seen = page(ask(client, date, MARIA, companions="2", background=Background.NEWCOMER))

    assert "What you have written is kept." in seen.text
    assert seen.one("input[name=name]")["value"] == "Maria"
    assert seen.one("select[name=companions] option[selected]")["value"] == "2"
    assert seen.one("input[name=may_wait]")["value"] == "1"
    assert Participation.objects.count() == 1
    ask(client, date, MARIA, companions="2", **WAIT)

    assert Participation.objects.get(status=ParticipationStatus.WAITING).party == 3


def test_a_party_too_large_for_what_is_left_hears_so(client: Client) -> None:
    date = DateFactory.create(capacity=2)

    seen = page(ask(client, date, OLENA, companions="2"))

    assert "not enough free seats for you and those who come with you" in seen.text
    assert not Participation.objects.exists()


def test_where_seats_are_offered_by_hand_nobody_overtakes_those_who_wait(client: Client) -> None:
    date = full_date(activity__has_offers_by_hand=True)
    ask(client, date, OLENA, **WAIT)
    holder = Participation.objects.get(status=ParticipationStatus.SIGNED_UP)
    seats.give_back(actor=SystemActor("test"), participation_id=holder.pk)

    seen = page(client.get(address(date)))
    told = page(ask(Client(), date, MARIA))

    assert "Others are waiting for a seat already." in seen.text
    assert "Others are waiting for a seat already." in told.text
    assert seen.one("#page-form button").text == "Join the waiting list"
    assert ActivityDate.objects.get().seats_taken == 0


def test_on_a_full_date_people_still_ask_the_organisers(client: Client) -> None:
    date = full_date(activity__giving=Giving.APPROVAL)

    seen = page(client.get(f"/en/activities/{date.pk}/"))

    assert "You can join the waiting list:" not in seen.text
    assert seen.one(f"a[href$='/{date.pk}/sign-up/']").text == "Ask for a seat"


def test_whose_side_is_full_hears_until_when_the_other_seats_are_kept(client: Client) -> None:
    date = DateFactory.create(
        starts_at=clock.now() + timedelta(days=9), capacity=2, kept_local=1, kept_newcomer=1,
        activity__local_share=50, activity__newcomer_share=50,
    )  # fmt: skip
    typed = {"background": Background.NEWCOMER}
    ask(client, date, OLENA | typed)

    seen = page(ask(Client(), date, MARIA | typed))
    ask(Client(), date, MARIA | {"background": Background.LOCAL})

    assert "still kept for the other side" in seen.text
    assert ActivityDate.objects.get().seats_taken == 2


def test_a_switch_of_language_keeps_the_wish_to_wait(client: Client) -> None:
    date = full_date()

    seen = page(client.post(address(date), MARIA | WAIT | {"_switch": "1", "companions": "1"}))

    assert seen.one("input[name=may_wait]")["value"] == "1"
    assert seen.one("select[name=companions] option[selected]")["value"] == "1"
    assert Participation.objects.count() == 1


@pytest.mark.parametrize("facts", [{}, {"capacity": 1}])
@pytest.mark.parametrize("giving", Giving.values)
def test_the_confirmation_never_tells_whether_an_address_is_known(
    client: Client, facts: dict[str, Any], giving: str
) -> None:
    date = DateFactory.create(activity__giving=giving, **facts)
    ask(client, date, MARIA, entry="first")
    if facts:
        ParticipationFactory.create_batch(1 if giving != Giving.AT_ONCE else 0, date=date)

    known = ask(Client(), date, MARIA, entry="other", **WAIT)
    unknown = ask(Client(), date, MARIA | {"email": "new@example.org"}, entry="new", **WAIT)

    assert page(known).one("main").text == page(unknown).one("main").text
    assert page(known).one("title").text == page(unknown).one("title").text


def test_with_a_limit_in_a_month_only_the_mail_tells_what_became_of_a_guest(client: Client) -> None:
    activity = ActivityFactory.create(monthly_limit=1)
    first, second = DateFactory.create_batch(2, activity=activity)
    ask(client, first, MARIA)

    known = page(ask(Client(), second, MARIA))
    unknown = page(ask(Client(), second, MARIA | {"email": "new@example.org"}))

    assert known.one("main").text == unknown.one("main").text
    assert known.one("h1").text == "Please look at your mail"


def test_who_needs_another_meeting_first_is_told_kindly(client: Client) -> None:
    course = DateFactory.create(activity__parts__title="Erste Hilfe")
    date = DateFactory.create(
        activity__organisation=course.activity.organisation, activity__required=course.activity
    )

    seen = page(client.get(address(date)))
    sent = page(ask(client, date, OLENA))

    assert "Before this meeting you take part in another one: Erste Hilfe" in seen.text
    assert f"/en/activities/{course.pk}/" in {link["href"] for link in seen.all("main a")}
    assert "See other meetings" in sent.text
    assert not Participation.objects.exists()


def test_who_gets_no_seat_is_shown_what_else_is_on_for_everybody(client: Client) -> None:
    date = DateFactory.create(activity__required=ActivityFactory.create())
    welcome = DateFactory.create()
    DateFactory.create(activity__setting=Setting.WOMEN)
    full_date()

    seen = page(client.get(address(date)))

    links = [link["href"] for link in seen.all("main article h3 a")]
    assert links == [f"/en/activities/{welcome.pk}/"]


def test_who_was_at_the_meeting_before_gets_the_form(client: Client) -> None:
    person = PersonFactory.create()
    course = ParticipationFactory.create(person=person, presence=Presence.PRESENT).date
    date = DateFactory.create(activity__required=course.activity)
    client.force_login(person)

    assert page(client.get(address(date))).all("#page-form")


def test_somebody_signed_in_finds_the_own_side_filled_in(client: Client) -> None:
    person = PersonFactory.create(background=Background.LOCAL)
    date = DateFactory.create(activity__giving=Giving.APPROVAL)
    client.force_login(person)

    form = form_of(client, date)
    ask(client, date, {"companions": "1", "background": "local", "answer": "Ich backe gern."})

    assert form.one("input[name=background][checked]")["value"] == "local"
    assert not form.all("input[name=email]")
    seat = Participation.objects.get()
    assert (seat.companions, seat.side, seat.answer) == (1, "local", "Ich backe gern.")
    assert Person.objects.get(pk=person.pk).background == Background.LOCAL


def test_somebody_signed_in_who_waits_is_shown_that_and_asks_only_once(client: Client) -> None:
    person, date = PersonFactory.create(), full_date()
    client.force_login(person)
    ask(client, date, WAIT)

    seen = page(client.get(address(date)))
    again = page(ask(client, date, WAIT))

    assert "You are on the waiting list." in seen.text
    assert again.one("h1").text == "You are on the waiting list"
    assert Participation.objects.filter(person=person).count() == 1


def test_the_page_of_a_date_says_how_seats_are_given_and_for_whom(client: Client) -> None:
    date = DateFactory.create(
        starts_at=clock.now() + timedelta(days=9), capacity=12, kept_local=5, kept_newcomer=5,
        activity__local_share=45, activity__newcomer_share=45, activity__monthly_limit=2,
        activity__setting=Setting.WOMEN, activity__min_age=16,
    )  # fmt: skip

    seen = page(client.get(f"/en/activities/{date.pk}/"))

    assert "Free seats: 5 for people from here, 5 for newcomers, 2 for everybody." in seen.text
    assert "They are kept until" in seen.text
    assert "each person gets a seat 2 times in a month" in seen.text
    conditions = {item.text for item in seen.all("main li")}
    assert conditions >= {"Only for women", "For people from 16 years on"}


def test_a_waiting_person_is_not_told_the_link_to_join_online(client: Client) -> None:
    person = PersonFactory.create()
    date = full_date(activity__is_online=True, activity__online_url="https://example.org/geheim")
    seats.sign_up(
        actor=person, date_id=date.pk, person_id=person.pk, language="en", way="account",
        wish=seats.Wish(may_wait=True),
    )  # fmt: skip
    client.force_login(person)
    token = Participation.objects.get(person=person).token

    for path in (
        f"/en/activities/{date.pk}/",
        "/en/activities/mine/",
        f"/en/activities/seat/{token}/",
    ):
        assert "geheim" not in client.get(path).content.decode()
