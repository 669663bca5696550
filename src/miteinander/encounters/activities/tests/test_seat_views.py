"""The page behind the secret link: where one stands, offers, company, and the draw explained."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from miteinander.community.people.tests.factories import PersonFactory
from miteinander.encounters.activities.enums import Giving, ParticipationStatus
from miteinander.encounters.activities.models import ActivityDate, Participation
from miteinander.encounters.activities.services import seats
from miteinander.encounters.activities.services.seats.draw import draw_seats
from miteinander.encounters.activities.services.seats.lots import number_of
from miteinander.encounters.activities.tests.factories import DateFactory, ParticipationFactory
from miteinander.encounters.activities.tests.pages import Node, page
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import SystemActor

pytestmark = pytest.mark.django_db
SYSTEM = SystemActor("test")


def asked(date: ActivityDate, **wish: Any) -> Participation:
    person = PersonFactory.create()
    return seats.sign_up(
        actor=person, date_id=date.pk, person_id=person.pk, language="en", way="account",
        wish=seats.Wish(may_wait=True, **wish),
    ).participation  # fmt: skip


def offered(**facts: Any) -> tuple[Participation, Participation]:
    """Return somebody with an offer, and the next on the waiting list."""
    date = DateFactory.create(capacity=1, **facts)
    first, second, third = (asked(date) for _number in range(3))
    seats.give_back(actor=SYSTEM, participation_id=first.pk)
    second.refresh_from_db()
    assert second.status == ParticipationStatus.OFFERED
    return second, third


def at(seat: Participation, step: str = "") -> str:
    return f"/en/activities/seat/{seat.token}/" + (f"{step}/" if step else "")


def shown(client: Client, seat: Participation) -> Node:
    return page(client.get(at(seat)))


def test_who_waits_sees_the_own_place_and_what_happens_next(client: Client) -> None:
    date = DateFactory.create(capacity=1)
    asked(date)
    first, second = asked(date), asked(date)

    seen = shown(client, second)

    assert seen.one("h1").text == "You are on the waiting list"
    assert "You are number 2 of 2 on the waiting list." in seen.text
    assert "we offer it to you" in seen.text
    assert seen.one("main form button").text == "Leave the waiting list"
    client.post(at(first, "give-back"))
    assert "You are number 1 of 1" in shown(client, second).text


def test_waiting_for_an_answer_is_never_called_the_waiting_list(client: Client) -> None:
    seat = asked(DateFactory.create(activity__giving=Giving.APPROVAL))

    seen = shown(client, seat)

    assert seen.one("h1").text == "You wait for an answer"
    assert "waiting list" not in seen.one("main").text


def test_an_offer_says_until_when_and_is_taken_with_one_button(client: Client) -> None:
    seat, _next = offered()

    seen = shown(client, seat)
    answers = [client.post(at(seat, "take"), follow=True) for _time in range(2)]

    assert seen.one("h1").text == "A seat is free for you"
    assert "We keep it for you until" in seen.text
    assert [button.text for button in seen.all("main form button")] == [
        "Yes, I take the seat",
        "No, give it to others",
    ]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert all("You are signed up." in page(answer).text for answer in answers)
    assert ActivityDate.objects.get().seats_taken == 1
    seat.refresh_from_db()
    assert seat.holds_seat


def test_opening_the_address_of_a_step_does_nothing(client: Client) -> None:
    seat, _next = offered()

    for step in ("take", "fewer", "give-back"):
        assert client.get(at(seat, step)).status_code == 405
    seat.refresh_from_db()
    assert seat.status == ParticipationStatus.OFFERED


def test_an_offer_given_to_others_goes_to_the_next_and_is_thanked(client: Client) -> None:
    seat, following = offered()

    seen = page(client.post(at(seat, "give-back"), follow=True))
    late = page(client.post(at(seat, "take"), follow=True))

    assert "Thank you" in seen.text
    assert "There is no offer any more." in late.text
    following.refresh_from_db()
    assert following.status == ParticipationStatus.OFFERED
    assert ActivityDate.objects.get().seats_taken == 1


def test_after_the_deadline_an_offer_cannot_be_taken(client: Client) -> None:
    seat, _next = offered(starts_at=clock.now() + timedelta(days=9))
    assert seat.offered_until

    with clock.held_at(seat.offered_until + timedelta(seconds=1)):
        seen = shown(client, seat)
        late = page(client.post(at(seat, "take")))

    assert "The time for this offer is over." in seen.text
    assert "Yes, I take the seat" not in seen.text
    assert "The time for this offer is over." in late.text
    seat.refresh_from_db()
    assert seat.status == ParticipationStatus.OFFERED


def test_fewer_people_free_their_seats(client: Client) -> None:
    date = DateFactory.create()
    seat = asked(date, companions=2, children=1)

    seen = shown(client, seat)
    client.post(at(seat, "fewer"), {"companions": "0", "children": "1"})

    assert "With you come: 2 adults · 1 child" in seen.text
    seat.refresh_from_db()
    assert (seat.companions, seat.children) == (0, 1)
    assert ActivityDate.objects.get().seats_taken == 2


@pytest.mark.parametrize("number", ["3", "-1", "x", "9" * 400])
def test_more_people_than_before_are_refused(client: Client, number: str) -> None:
    seat = asked(DateFactory.create(), companions=2)

    response = client.post(at(seat, "fewer"), {"companions": number})

    assert response.status_code == 200
    assert "Error:" in page(response).text
    seat.refresh_from_db()
    assert seat.companions == 2
    assert ActivityDate.objects.get().seats_taken == 3


def test_who_is_not_mentioned_still_comes(client: Client) -> None:
    seat = asked(DateFactory.create(), companions=2)

    client.post(at(seat, "fewer"), {})

    seat.refresh_from_db()
    assert seat.companions == 2


def test_before_a_draw_the_page_says_when_and_with_how_many_lots(client: Client) -> None:
    missed = asked(DateFactory.create(activity__giving=Giving.DRAW))
    Participation.objects.filter(pk=missed.pk).update(
        draw_rank=4, lots=1, status=ParticipationStatus.WAITING
    )
    ActivityDate.objects.update(drawn_at=clock.now() - timedelta(days=2), draw_seed="old")
    date = DateFactory.create(activity__giving=Giving.DRAW)
    seat = seats.sign_up(
        actor=missed.person, date_id=date.pk, person_id=missed.person_id, language="en",
        way="account",
    ).participation  # fmt: skip

    seen = shown(client, seat)

    assert "The seats are drawn on" in seen.text
    assert "You have 2 lots in this draw." in seen.text
    assert "You have 1 more, because you got no seat in a draw lately." in seen.text


def test_after_a_draw_it_is_explained_without_a_word_about_others(client: Client) -> None:
    date = DateFactory.create(capacity=1, activity__giving=Giving.DRAW)
    rows = [asked(date) for _number in range(3)]
    draw_seats(actor=SYSTEM, date_id=date.pk)
    date.refresh_from_db()
    mine = rows[0]
    mine.refresh_from_db()

    seen = page(client.get(at(mine, "draw")))

    assert f"{mine.draw_rank} of 3" in seen.text
    assert date.draw_seed in seen.text
    assert f"{number_of(date.draw_seed, mine.pk):.12f}" in seen.text
    assert "Anybody can check it" in seen.text
    assert at(mine, "draw") in {link["href"] for link in shown(client, mine).all("main a")}
    for other in rows[1:]:
        assert other.person.name not in seen.text
        assert other.token not in seen.text


def test_without_a_draw_there_is_nothing_to_explain(client: Client) -> None:
    seat = asked(DateFactory.create(activity__giving=Giving.DRAW))

    assert client.get(at(seat, "draw")).status_code == 404
    assert client.get("/en/activities/seat/unknown/draw/").status_code == 404


@pytest.mark.parametrize("step", ["take", "fewer", "give-back"])
def test_after_the_start_no_step_is_taken(client: Client, step: str) -> None:
    seat = ParticipationFactory.create(date__starts_at=clock.now(), companions=1)

    response = client.post(at(seat, step), {"companions": "0"}, follow=True)

    assert response.status_code == 200
    seat.refresh_from_db()
    assert seat.holds_seat
    assert seat.companions == 1


def test_who_got_no_seat_is_told_kindly_what_else_there_is(client: Client) -> None:
    seat = ParticipationFactory.create(status=ParticipationStatus.REFUSED)

    seen = shown(client, seat)

    assert seen.one("h1").text == "You got no seat this time"
    assert "/en/activities/" in {link["href"] for link in seen.all("main a")}
    assert not seen.all("main form")


def test_my_meetings_show_offers_first_and_lead_back_thanked(client: Client) -> None:
    seat, following = offered()
    client.force_login(seat.person)

    seen = page(client.get("/en/activities/mine/"))
    taken = client.post(at(seat, "take"), {"next": "mine"}, follow=True)
    back = client.post(at(seat, "give-back"), {"next": "mine"}, follow=True)

    assert "A seat is free for you. Please take it in time." in seen.text
    assert taken.redirect_chain[-1][0] == "/en/activities/mine/"
    assert "We look forward to seeing you." in page(taken).text
    assert "Thank you for telling us." in page(back).text
    client.force_login(following.person)
    assert "A seat is free for you." in page(client.get("/en/activities/mine/")).text


def test_my_meetings_say_the_place_on_the_waiting_list_and_the_day_of_the_draw(
    client: Client,
) -> None:
    person = PersonFactory.create()
    full = ParticipationFactory.create(date=DateFactory.create(capacity=1)).date
    for date in (full, DateFactory.create(activity__giving=Giving.DRAW)):
        seats.sign_up(
            actor=person, date_id=date.pk, person_id=person.pk, language="en", way="account",
            wish=seats.Wish(may_wait=True),
        )  # fmt: skip
    client.force_login(person)

    seen = page(client.get("/en/activities/mine/"))

    assert "You are number 1 of 1 on the waiting list." in seen.text
    assert "The seats are drawn on" in seen.text
    assert "You are signed up." not in seen.text


@pytest.mark.parametrize("rows", [1, 5])
def test_my_meetings_with_waits_need_the_same_queries_for_any_length(
    client: Client, rows: int, django_assert_max_num_queries: Any
) -> None:
    person = PersonFactory.create()
    for status in (ParticipationStatus.WAITING, ParticipationStatus.APPLIED):
        ParticipationFactory.create_batch(
            rows, person=person, status=status, waiting_since=clock.now()
        )
    client.force_login(person)
    client.get("/en/activities/mine/")

    with django_assert_max_num_queries(15):
        client.get("/en/activities/mine/")
