"""Who got a no is told so kindly when asking again; who merely types an address learns nothing."""

from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client

from miteinander.community.people.models import Person
from miteinander.community.people.tests.factories import GuestFactory, PersonFactory
from miteinander.encounters.activities.enums import Giving, ParticipationStatus
from miteinander.encounters.activities.models import ActivityDate, Participation
from miteinander.encounters.activities.services import seats
from miteinander.encounters.activities.tests.factories import DateFactory, ParticipationFactory
from miteinander.encounters.activities.tests.pages import page

pytestmark = pytest.mark.django_db
Status = ParticipationStatus


def refused(person: Person, **more: str) -> ActivityDate:
    date: ActivityDate = DateFactory.create(**{"activity__giving": Giving.APPROVAL} | more)
    ParticipationFactory.create(date=date, person=person, status=Status.REFUSED)
    return date


def address(date: ActivityDate) -> str:
    return f"/en/activities/{date.pk}/sign-up/"


def test_asking_again_after_a_no_is_refused_and_nothing_changes() -> None:
    person = PersonFactory.create()
    date = refused(person)

    with pytest.raises(seats.AnsweredAlready) as refusal:
        seats.sign_up(
            actor=person, date_id=date.pk, person_id=person.pk, language="de", way="account"
        )

    assert refusal.value.code == "refused"
    assert Participation.objects.get().status == Status.REFUSED


def test_the_page_says_so_kindly_and_shows_what_else_is_on(client: Client) -> None:
    person = PersonFactory.create()
    date, other = refused(person), DateFactory.create()
    client.force_login(person)

    for response in (client.get(address(date)), client.post(address(date), {})):
        seen = page(response)
        assert "The organisers could not give you one." in seen.text
        assert seen.all(f"a[href*='/activities/{other.pk}/']")
        assert not seen.all("#page-form")
    assert Participation.objects.get().status == Status.REFUSED


def test_where_seats_are_given_at_once_now_an_old_no_does_not_stand() -> None:
    person = PersonFactory.create()
    date = refused(person, activity__giving=Giving.AT_ONCE)

    seats.sign_up(actor=person, date_id=date.pk, person_id=person.pk, language="de", way="account")

    assert Participation.objects.get().status == Status.SIGNED_UP


def test_a_guest_sees_the_screen_of_everybody_and_only_the_mail_tells(
    client: Client, run_jobs: Callable[[], None]
) -> None:
    date = refused(GuestFactory.create(email="maria@example.org"))
    Participation.objects.update(language="en")
    typed = {"name": "Maria", "language": "en"}

    screens = [
        page(client.post(address(date), typed | {"email": email}, follow=True)).one("main").text
        for email in ("maria@example.org", "nobody@example.org")
    ]
    run_jobs()

    assert screens[0] == screens[1]
    assert Participation.objects.get(person__email="maria@example.org").status == Status.REFUSED
    (letter,) = [one for one in mail.outbox if one.to == ["maria@example.org"]]
    assert letter.subject.startswith("No seat this time")
