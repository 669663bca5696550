"""A telephone number that somebody typed proves nothing: no link of another person is shown."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from miteinander.community.people.services import Contact
from miteinander.community.people.tests.factories import GuestFactory, PersonFactory
from miteinander.encounters.activities.enums import Role
from miteinander.encounters.activities.models import (
    ActivityDate,
    Participation,
    PollAnswer,
    RoleOffer,
    RoleWanted,
)
from miteinander.encounters.activities.services.seats import Wish, sign_up_course_guest
from miteinander.encounters.activities.tests.factories import (
    ActivityFactory,
    DateFactory,
    ParticipationFactory,
    PollFactory,
)
from miteinander.encounters.activities.tests.pages import page
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import SystemActor

pytestmark = pytest.mark.django_db
PHONE = "+49561987654"
ENTRY = {"entry": "one-form", "phone": PHONE, "language": "de"}


@pytest.fixture(autouse=True)
def _english() -> None:
    translation.activate("en")


def sent(client: Client, address: str, *args: object, **data: Any) -> tuple[str, str]:
    """Send a form and return where it led, and what stood there."""
    answer = client.post(reverse(f"activities:{address}", args=args), ENTRY | data, follow=True)
    assert answer.status_code == 200
    return answer.redirect_chain[-1][0], answer.content.decode()


def sent_twice(client: Client, address: str, *args: object, **data: Any) -> tuple[str, str]:
    sent(client, address, *args, **data)
    return sent(client, address, *args, **data)


def somebody(kind: str) -> Any:
    return {
        "account": lambda: PersonFactory.create(name="Amal", phone=PHONE),
        "with mail": lambda: GuestFactory.create(name="Amal", email="a@example.org", phone=PHONE),
        "same": lambda: GuestFactory.create(name="Amal", email=None, phone=PHONE),
        "comes": lambda: GuestFactory.create(name="Amal", email=None, phone=PHONE),
        "enough": lambda: GuestFactory.create(name="Amal", email=None, phone=PHONE),
        "other name": lambda: GuestFactory.create(name="Kanarienvogel", email=None, phone=PHONE),
    }[kind]()


def seat_of(client: Client, name: str) -> str:
    date = DateFactory.create()
    _where, page = sent_twice(client, "sign_up", date.pk, name=name)
    assert "mail we have sent you" not in page  # to nobody: no address was typed
    return Participation.objects.get(date=date).token if "/seat/" in page else ""


@pytest.mark.parametrize("kind", ["account", "with mail", "other name"])
def test_a_seat_for_somebody_elses_number_shows_no_link(client: Client, kind: str) -> None:
    somebody(kind)

    assert seat_of(client, "Amal") == ""
    assert Participation.objects.count() == 1


def test_without_a_link_and_without_mail_somebody_is_told_whom_to_call(client: Client) -> None:
    somebody("account")
    _where, page = sent(client, "sign_up", DateFactory.create().pk, name="Amal", language="en")

    assert "Please call the contact person." in page


def said(client: Client, date: ActivityDate, phone: str) -> str:
    """Sign up with a number and return all that the screen says."""
    typed = {"name": "Amal", "phone": phone, "language": "en", "entry": phone}
    address = reverse("activities:sign_up", args=[date.pk])
    seen = page(client.post(address, typed, follow=True))
    assert not [link for link in seen.all("main a") if "/seat/" in link["href"]]
    return f"{seen.one('title').text} {seen.one('main').text}"


@pytest.mark.parametrize("limit", [None, 1])
@pytest.mark.parametrize("kind", ["account", "with mail", "other name", "same", "comes", "enough"])
def test_the_screen_says_the_same_whether_a_number_is_known_or_not(
    client: Client, kind: str, limit: int | None
) -> None:
    noon = clock.now().replace(day=15, hour=12) + timedelta(days=31)
    date = DateFactory.create(activity__monthly_limit=limit, starts_at=noon)
    other = DateFactory.create(activity=date.activity, starts_at=noon + timedelta(days=1))
    person = somebody(kind)
    if kind in {"comes", "enough"}:
        ParticipationFactory.create(person=person, date=date if kind == "comes" else other)

    unknown, known = said(client, date, "+49561222333"), said(Client(), date, PHONE)

    assert known == unknown
    assert ("There you hear whether you have a seat" in known) is bool(limit)
    if kind == "enough" and limit:
        assert Participation.objects.get(date=date, person=person).status == "waiting"


@pytest.mark.parametrize(("kind", "is_own"), [("account", False), ("", True)])
def test_a_course_shows_no_link_either(kind: str, is_own: bool) -> None:  # noqa: FBT001
    if kind:
        somebody(kind)
    date = DateFactory.create(activity=ActivityFactory.create(signs_up_once=True))
    for _again in range(2):
        (asked,) = sign_up_course_guest(
            actor=SystemActor("test"), date_ids=[date.pk], entry="one-form", wish=Wish(),
            contact=Contact(name="Amal", phone=PHONE),
        )  # fmt: skip
        assert asked.is_own is is_own
    assert Participation.objects.count() == 1


@pytest.mark.parametrize("kind", ["account", "with mail", "other name"])
def test_an_offer_to_help_shows_no_link_either(client: Client, kind: str) -> None:
    somebody(kind)
    wanted = RoleWanted.objects.create(date=DateFactory.create(), role=Role.COOK, wanted=1)

    _where, page = sent_twice(client, "help", wanted.date_id, name="Amal", wanted=str(wanted.pk))

    assert RoleOffer.objects.get().token not in page
    assert "mail we have sent you" not in page


@pytest.mark.parametrize("kind", ["account", "with mail", "other name"])
def test_an_answer_to_a_poll_shows_no_link_either(client: Client, kind: str) -> None:
    somebody(kind)
    poll = PollFactory.create()
    votes = {f"date_{row.pk}": "yes" for row in poll.dates.all()}

    where, page = sent_twice(client, "poll", poll.token, name="Amal", **votes)

    assert where == reverse("activities:poll_thanks", args=[poll.token])
    assert PollAnswer.objects.get().token not in page
