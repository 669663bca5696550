"""A telephone number that somebody typed proves nothing: no link of another person is shown."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from miteinander.community.people.services import Contact
from miteinander.community.people.tests.factories import GuestFactory, PersonFactory
from miteinander.encounters.activities.enums import Role
from miteinander.encounters.activities.models import (
    Participation,
    PollAnswer,
    RoleOffer,
    RoleWanted,
)
from miteinander.encounters.activities.services.seats import Wish, sign_up_course_guest
from miteinander.encounters.activities.tests.factories import (
    ActivityFactory,
    DateFactory,
    PollFactory,
)
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


@pytest.mark.parametrize("is_known", [False, True])
def test_who_has_only_a_telephone_finds_the_own_link(client: Client, is_known: bool) -> None:  # noqa: FBT001
    if is_known:
        GuestFactory.create(name="Amal", email=None, phone=PHONE)

    assert seat_of(client, "amal") == Participation.objects.get().token


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
