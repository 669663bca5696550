"""How many people nobody knows come in by the code of the room."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from miteinander.community.people.tests.factories import PersonFactory
from miteinander.encounters.activities import door_codes
from miteinander.encounters.activities.enums import Presence
from miteinander.encounters.activities.models import ActivityDate, Participation
from miteinander.encounters.activities.tests.factories import DateFactory, ParticipationFactory
from miteinander.encounters.activities.tests.planners import NOW
from miteinander.foundation.core import clock

pytestmark = pytest.mark.django_db
BY_ONE_CODE, FROM_ONE_NETWORK = 10, 30


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    cache.clear()
    with clock.held_at(NOW):
        yield


@pytest.fixture
def date() -> ActivityDate:
    made: ActivityDate = DateFactory.create(starts_at=NOW + timedelta(minutes=30), capacity=50)
    return made


def browser(number: int = 0) -> Client:
    return Client(REMOTE_ADDR=f"10.0.{number // 200}.{number % 200}")


def comes_in(client: Client, code: str, date: ActivityDate) -> bool:
    """Scan a code and press the button; say whether it leads to the list."""
    client.get(reverse("activities:room", args=[code]))
    address = reverse("activities:arrive", args=[date.pk])
    answer = client.post(address, {"step": "come", "name": ""})
    assert answer.status_code == 302 or answer.context["problem"]
    return bool(answer.status_code == 302)


def test_one_code_lets_only_so_many_in_whatever_their_network(date: ActivityDate) -> None:
    code = door_codes.room_code(date.pk, NOW)

    came = [comes_in(browser(number), code, date) for number in range(BY_ONE_CODE + 5)]

    assert came == [True] * BY_ONE_CODE + [False] * 5
    assert Participation.objects.count() == BY_ONE_CODE
    following = door_codes.room_code(date.pk, NOW + timedelta(seconds=30))
    with clock.held_at(NOW + timedelta(seconds=30)):
        assert comes_in(browser(99), following, date)


def test_one_network_lets_only_so_many_in_whatever_the_code(date: ActivityDate) -> None:
    came = []
    for number in range(FROM_ONE_NETWORK + 3):
        code = door_codes.room_code(date.pk, NOW - timedelta(seconds=number // 5))
        came.append(comes_in(browser(), code, date))

    assert came == [True] * FROM_ONE_NETWORK + [False] * 3
    assert Participation.objects.count() == FROM_ONE_NETWORK
    date.refresh_from_db()
    assert date.seats_taken == FROM_ONE_NETWORK


def test_one_browser_comes_in_once_however_often_it_scans(date: ActivityDate) -> None:
    client = browser()

    for second in range(5):
        code = door_codes.room_code(date.pk, NOW - timedelta(seconds=second))
        assert comes_in(client, code, date)
    session = client.session
    session["known_seats"] = []
    session.save()
    assert comes_in(client, door_codes.room_code(date.pk, NOW), date)

    assert Participation.objects.count() == 1


def test_whoever_is_known_is_never_sent_away(date: ActivityDate) -> None:
    code = door_codes.room_code(date.pk, NOW)
    for number in range(BY_ONE_CODE + 1):
        comes_in(browser(number), code, date)
    member, guest = browser(), browser()
    member.force_login(PersonFactory.create())
    seat = ParticipationFactory.create(date=date)
    guest.get(reverse("activities:seat", args=[seat.token]))

    assert comes_in(member, code, date)
    guest.get(reverse("activities:room", args=[code]))
    guest.post(reverse("activities:arrive", args=[date.pk]), {"step": "here"})

    seat.refresh_from_db()
    assert seat.presence == Presence.PRESENT
