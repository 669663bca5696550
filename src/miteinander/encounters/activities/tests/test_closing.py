"""Closing the sign-up of a date: nobody new, nobody loses anything, and open again."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import translation

from miteinander.community.people.services import Contact
from miteinander.community.people.tests.factories import PersonFactory
from miteinander.encounters.activities.enums import ParticipationStatus
from miteinander.encounters.activities.models import ActivityDate, Participation
from miteinander.encounters.activities.queries import public
from miteinander.encounters.activities.services import seats
from miteinander.encounters.activities.services.seats import proof
from miteinander.encounters.activities.services.seats.behalf import sign_up_behalf
from miteinander.encounters.activities.tests.factories import DateFactory, ParticipationFactory
from miteinander.encounters.activities.tests.pages import page
from miteinander.encounters.activities.tests.planners import NOW, planner_of
from miteinander.foundation.audit.models import AuditEntry
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import SystemActor

pytestmark = pytest.mark.django_db
SYSTEM = SystemActor("test")
Status = ParticipationStatus


@pytest.fixture(autouse=True)
def _held_clock() -> Iterator[None]:
    with clock.held_at(NOW):
        yield


def at(name: str, *args: Any) -> str:
    return reverse(f"activities:{name}", args=args)


def a_date(**facts: Any) -> ActivityDate:
    date: ActivityDate = DateFactory.create(starts_at=NOW + timedelta(days=5), **facts)
    return date


def closed(**facts: Any) -> ActivityDate:
    date = a_date(**facts)
    return seats.close_sign_up(actor=planner_of(date.activity.organisation), date_id=date.pk)


def planner(date: ActivityDate) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(planner_of(date.activity.organisation))
    return client


def test_a_closed_date_takes_nobody_new_in_any_way() -> None:
    date = closed()
    person = PersonFactory.create()
    actor = planner_of(date.activity.organisation)
    contact = Contact(name="Erna", phone="+49 561 1234567")

    ways: list[Callable[[], object]] = [
        lambda: seats.sign_up(
            actor=person, date_id=date.pk, person_id=person.pk, language="de", way="account"
        ),
        lambda: seats.sign_up_guest(actor=SYSTEM, date_id=date.pk, contact=contact),
        lambda: sign_up_behalf(actor=actor, date_id=date.pk, contact=contact, has_consent=True),
    ]
    for ask in ways:
        with pytest.raises(seats.SignUpClosed) as refused:
            ask()
        assert refused.value.code == "closed"

    assert not Participation.objects.exists()


def test_given_back_seats_stay_free_until_it_opens_again_and_then_move_at_once() -> None:
    date = a_date(capacity=1)
    seated = ParticipationFactory.create(date=date)
    waiting = ParticipationFactory.create(date=date, status=Status.WAITING, waiting_since=NOW)
    actor = planner_of(date.activity.organisation)
    seats.close_sign_up(actor=actor, date_id=date.pk)

    seats.give_back(actor=SYSTEM, participation_id=seated.pk)
    waiting.refresh_from_db()
    assert waiting.status == Status.WAITING
    assert proof.broken_promises(now=NOW) == []

    seats.open_sign_up(actor=actor, date_id=date.pk)
    waiting.refresh_from_db()
    assert waiting.status == Status.OFFERED
    seats.open_sign_up(actor=actor, date_id=date.pk)
    assert AuditEntry.objects.filter(verb="activities.open_sign_up").count() == 1


def test_an_offer_made_before_is_still_taken() -> None:
    date = a_date(capacity=1)
    seated = ParticipationFactory.create(date=date)
    waiting = ParticipationFactory.create(date=date, status=Status.WAITING, waiting_since=NOW)
    seats.give_back(actor=SYSTEM, participation_id=seated.pk)
    seats.close_sign_up(actor=planner_of(date.activity.organisation), date_id=date.pk)

    seats.accept_offer(actor=SYSTEM, participation_id=waiting.pk)

    waiting.refresh_from_db()
    assert waiting.status == Status.SIGNED_UP


def test_strangers_and_dates_that_have_begun_are_refused() -> None:
    date = a_date()
    with pytest.raises(PermissionDenied):
        seats.close_sign_up(actor=PersonFactory.create(), date_id=date.pk)
    with clock.held_at(date.starts_at), pytest.raises(seats.SignUpClosed):
        seats.close_sign_up(actor=planner_of(date.activity.organisation), date_id=date.pk)
    date.refresh_from_db()
    assert date.closed_at is None


def test_the_organiser_closes_and_opens_on_the_page_of_the_date() -> None:
    translation.activate("en")
    date = a_date()
    client = planner(date)

    assert "Close sign-up" in page(client.get(at("asked", date.pk))).text
    client.post(at("close_sign_up", date.pk))
    shown = page(client.get(at("asked", date.pk))).text
    assert "Sign-up is closed" in shown
    assert "Open sign-up again" in shown
    assert "Sign somebody up" not in shown
    client.post(at("open_sign_up", date.pk))

    date.refresh_from_db()
    assert date.closed_at is None


def test_everybody_reads_that_it_is_closed_and_whom_to_call() -> None:
    translation.activate("en")
    date = closed()
    visitor = Client(headers={"accept-language": "en"})

    for address in (at("detail", date.pk), at("sign_up", date.pk)):
        shown = page(visitor.get(address)).text
        assert "Sign-up is closed" in shown
        assert "Erika Beispiel" in shown
        assert "Take a seat" not in shown
    assert "Sign-up is closed" in page(visitor.get(at("list"))).text
    assert public.next_date(activity_id=date.activity_id, now=NOW) is None


def test_who_waits_keeps_the_place_and_is_told() -> None:
    translation.activate("en")
    date = closed()
    waiting = ParticipationFactory.create(date=date, status=Status.WAITING, waiting_since=NOW)

    answer = Client(headers={"accept-language": "en"}).get(at("seat", waiting.token))

    assert "You keep your place." in page(answer).text
