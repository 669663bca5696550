"""Codes at the door: the own one people show, and the one of the room people scan themselves."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from miteinander.community.people.models import Person
from miteinander.community.people.tests.factories import PersonFactory
from miteinander.encounters.activities import door_codes
from miteinander.encounters.activities.enums import ParticipationStatus, Presence, SignUpWay
from miteinander.encounters.activities.models import ActivityDate, Participation
from miteinander.encounters.activities.services.arrival import RoomClosed, arrive, come_in
from miteinander.encounters.activities.services.presence import mark_presence
from miteinander.encounters.activities.tests.factories import DateFactory, ParticipationFactory
from miteinander.encounters.activities.tests.pages import page
from miteinander.encounters.activities.tests.planners import NOW, planner_of
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import SystemActor

pytestmark = pytest.mark.django_db
START = NOW + timedelta(minutes=30)


@pytest.fixture(autouse=True)
def _held_clock() -> Iterator[None]:
    with clock.held_at(NOW):
        yield


@pytest.fixture
def seat() -> Participation:
    row: Participation = ParticipationFactory.create(
        date__starts_at=START, person__name="Canary", companions=2
    )
    return row


def at(name: str, *args: Any) -> str:
    return reverse(f"activities:{name}", args=args)


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def scan(client: Client, date: ActivityDate) -> str:
    """Scan the code of the room; return where that leads."""
    answer = client.get(at("room", door_codes.room_code(date.pk, clock.now())))
    assert answer.status_code == 302
    return str(answer["Location"])


def presence_of(seat: Participation) -> str:
    seat.refresh_from_db()
    return seat.presence


def test_the_own_code_names_nobody_and_is_not_the_secret_of_the_seat(seat: Participation) -> None:
    code = door_codes.check_in_code(seat)

    assert seat.token not in code
    assert "Canary" not in code
    assert door_codes.read_check_in(code) == seat


def test_an_altered_code_is_not_valid(seat: Participation) -> None:
    code, other = door_codes.check_in_code(seat), ParticipationFactory.create(date=seat.date)
    number, _dot, signature = code.partition(".")
    wrong = [
        f"{other.pk}.{signature}", f"{number}.{signature[:-1]}", f"{number}.{signature}x",
        f"{number}.", number, "x.y", "9" * 40, f"-{number}.{signature}", f"{number}.ü",
    ]  # fmt: skip

    for forged in wrong:
        answer = Client().get(at("check_in", forged))
        assert answer.status_code == 404
        assert b"Canary" not in answer.content
    assert Client().get(at("check_in", code)).status_code == 200


def test_a_code_ends_with_the_secret_of_its_seat(seat: Participation) -> None:
    code = door_codes.check_in_code(seat)
    seat.token = "x" * 24
    seat.save()

    assert Client().get(at("check_in", code)).status_code == 404


def test_whoever_is_no_organiser_sees_only_the_code(seat: Participation) -> None:
    address = at("check_in", door_codes.check_in_code(seat))
    others = [Client(), signed_in(PersonFactory.create()), signed_in(seat.person)]
    others.append(signed_in(planner_of(DateFactory.create().activity.organisation)))

    for client in others:
        shown = page(client.get(address))
        assert shown.all("main svg.qr")
        assert not shown.all("main form")
        assert not shown.all("main a[href*='sign-in']")
        assert "Canary" not in shown.one("main").text


def test_an_organiser_marks_with_one_button_and_is_back_at_the_desk(seat: Participation) -> None:
    client = signed_in(planner_of(seat.date.activity.organisation))
    address = at("check_in", door_codes.check_in_code(seat))

    shown = page(client.get(address))
    assert "Canary" in shown.one("main h1").text
    assert presence_of(seat) == Presence.UNKNOWN
    form = shown.one("main form")
    answer = client.post(form["action"], {"mark": form.one("button")["value"]})

    assert answer["Location"] == at("front_desk", seat.date_id) + f"#p{seat.pk}"
    assert presence_of(seat) == Presence.PRESENT
    assert not page(client.get(address)).all("main form")


def test_a_printed_code_opens_in_the_language_of_whoever_scans_it(seat: Participation) -> None:
    code = door_codes.check_in_code(seat)

    answer = Client(headers={"accept-language": "ar"}).get(reverse("check_in_address", args=[code]))

    assert answer["Location"] == f"/ar/activities/check-in/{code}/"


def test_the_code_of_the_room_holds_two_minutes(seat: Participation) -> None:
    code = door_codes.room_code(seat.date_id, NOW)

    with clock.held_at(NOW + timedelta(seconds=120)):
        assert Client().get(at("room", code)).status_code == 302
    with clock.held_at(NOW + timedelta(seconds=121)):
        assert Client().get(at("room", code)).status_code == 410
        assert Client().get(at("arrive", seat.date_id)).status_code == 410
    for forged in (code[:-1], code.replace(f"{seat.date_id}-", "999-"), "1-2.x", "word"):
        assert Client().get(at("room", forged)).status_code == 404


def test_a_guest_whose_browser_knows_the_seat_says_so_with_one_button(seat: Participation) -> None:
    client = Client()
    client.get(at("seat", seat.token))
    address = scan(client, seat.date)

    assert page(client.get(address)).one("main form button")["value"] == "here"
    assert presence_of(seat) == Presence.UNKNOWN
    for _time in range(2):
        assert client.post(address, {"step": "here"}).status_code == 302

    assert presence_of(seat) == Presence.PRESENT
    assert seat.marked_by_id == seat.person_id
    assert not page(client.get(address)).all("main form")
    desk = signed_in(planner_of(seat.date.activity.organisation))
    assert desk.get(at("front_desk", seat.date_id)).content.count(b"door-present") >= 1
    mark_presence(
        actor=planner_of(seat.date.activity.organisation), participation_id=seat.pk,
        presence=Presence.UNKNOWN,
    )  # fmt: skip
    assert presence_of(seat) == Presence.UNKNOWN


def test_signing_in_after_the_scan_needs_no_second_scan(seat: Participation) -> None:
    person = PersonFactory.create()
    own = ParticipationFactory.create(date=seat.date, person=person)
    client = Client()
    address = scan(client, seat.date)

    with clock.held_at(NOW + timedelta(minutes=14)):
        client.force_login(person)
        client.post(address, {"step": "here"})
    assert presence_of(own) == Presence.PRESENT

    with clock.held_at(NOW + timedelta(minutes=15, seconds=1)):
        assert client.get(address).status_code == 410


@pytest.mark.parametrize("form", ["link", "token", "code"])
def test_the_link_of_a_seat_is_enough_and_nobody_elses_seat_is_shown(
    seat: Participation, form: str
) -> None:
    client = Client()
    address = scan(client, seat.date)
    typed = {
        "link": f"https://example.org{at('seat', seat.token)}",
        "token": seat.token,
        "code": door_codes.check_in_address(seat),
    }[form]

    wrong = client.post(address, {"step": "link", "link": "https://example.org/seat/nothing/"})
    assert wrong.context["link_form"].errors
    other = ParticipationFactory.create(date__starts_at=START)
    assert client.post(address, {"step": "link", "link": other.token}).status_code == 200
    client.post(address, {"step": "link", "link": typed})
    client.post(address, {"step": "here"})

    assert presence_of(seat) == Presence.PRESENT
    assert presence_of(other) == Presence.UNKNOWN


@pytest.mark.parametrize("name", ["Ali", ""])
def test_somebody_without_a_sign_up_comes_in_once_while_seats_are_free(name: str) -> None:
    date = DateFactory.create(starts_at=START, capacity=1)
    client, late = Client(), Client()
    address = scan(client, date)
    scan(late, date)

    for _time in range(2):
        client.post(address, {"step": "come", "name": name})

    row = Participation.objects.get()
    assert (row.presence, row.way) == (Presence.PRESENT, SignUpWay.WALK_IN)
    assert row.marked_by_id == row.person_id
    assert row.person.name == name or not name
    assert late.post(address, {"step": "come", "name": "Ben"}).context["problem"]
    assert Participation.objects.count() == 1


def test_whoever_waits_takes_a_free_seat_at_the_door() -> None:
    date = DateFactory.create(starts_at=START, capacity=3)
    row = ParticipationFactory.create(
        date=date, person=PersonFactory.create(), status=ParticipationStatus.WAITING
    )
    client = signed_in(row.person)

    client.post(scan(client, date), {"step": "come"})

    assert presence_of(row) == Presence.PRESENT
    assert row.status == ParticipationStatus.SIGNED_UP


def test_nobody_says_for_somebody_else_or_at_the_wrong_time(seat: Participation) -> None:
    with pytest.raises(PermissionDenied):
        arrive(actor=PersonFactory.create(), participation_id=seat.pk)
    for moment in (START - timedelta(minutes=61), seat.date.ends_at + timedelta(minutes=16)):
        with clock.held_at(moment):
            with pytest.raises(RoomClosed):
                arrive(actor=SystemActor("test"), participation_id=seat.pk)
            with pytest.raises(RoomClosed):
                come_in(actor=SystemActor("test"), date_id=seat.date_id, name="Ali")
    assert presence_of(seat) == Presence.UNKNOWN
    assert Participation.objects.count() == 1
