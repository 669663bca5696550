import json
import time
from typing import Any
from unittest import mock

import pytest
from allauth.mfa.models import Authenticator as Passkey
from django.test import Client, override_settings

from miteinander.community.people import services
from miteinander.community.people.models import Person
from miteinander.community.people.tests.authenticator import Authenticator, Flag
from miteinander.community.people.tests.factories import PersonFactory
from miteinander.community.people.tests.test_sign_in import sign_in
from miteinander.foundation.core.permissions import SystemActor

pytestmark = pytest.mark.django_db
LIST = "/en/account/passkeys/"
WAY_IN = "/en/account/sign-in/passkey/"


@pytest.fixture(autouse=True)
def _landing() -> Any:
    with override_settings(LOGIN_REDIRECT_URL="people:account"):
        yield


@pytest.fixture
def me(client: Client) -> Person:
    person = PersonFactory.create()
    sign_in(client, str(person.email))
    return person


def add(client: Client, device: Authenticator, name: str = "My telephone", **more: Any) -> Any:
    options = client.post(f"{LIST}options/").json()
    credential = json.dumps(device.register(options, **more))
    return client.post(f"{LIST}add/", {"name": name, "credential": credential}, follow=True)


def enter(client: Client, device: Authenticator, **more: Any) -> Any:
    options = client.post(f"{WAY_IN}options/").json()
    return client.post(WAY_IN, {"credential": json.dumps(device.sign_in(options, **more))})


def test_a_passkey_is_added_and_opens_the_door(client: Client, me: Person) -> None:
    device = Authenticator()

    answer = add(client, device)
    elsewhere = Client()
    entered = enter(elsewhere, device)

    assert "The passkey is saved" in answer.content.decode()
    assert "<bdi>My telephone</bdi>" in answer.content.decode()
    assert entered.headers["Location"] == "/en/account/"
    assert elsewhere.get("/en/account/").status_code == 200


def test_a_removed_passkey_opens_nothing(client: Client, me: Person) -> None:
    device, elsewhere = Authenticator(), Client()
    add(client, device)

    client.post(f"{LIST}{Passkey.objects.get().pk}/remove/")
    enter(elsewhere, device)

    assert not Passkey.objects.exists()
    assert elsewhere.get("/en/account/").status_code == 302


def test_a_passkey_of_somebody_else_is_not_removed(client: Client, me: Person) -> None:
    add(client, Authenticator())
    other = Client()
    other.force_login(PersonFactory.create())

    other.post(f"{LIST}{Passkey.objects.get().pk}/remove/")

    assert Passkey.objects.exists()


def test_who_is_switched_off_does_not_get_in_by_passkey(client: Client, me: Person) -> None:
    device, elsewhere = Authenticator(), Client()
    add(client, device)
    services.disable_person(actor=SystemActor(), person_id=me.pk, reason="asked")

    assert enter(elsewhere, device).headers["Location"] == "/en/account/sign-in/"
    assert elsewhere.get("/en/account/").status_code == 302


def test_a_code_is_enough_for_somebody_who_has_a_passkey(client: Client, me: Person) -> None:
    add(client, Authenticator())

    assert sign_in(Client(), str(me.email)).headers["Location"] == "/en/account/"


@pytest.mark.parametrize("ceremony", [add, enter])
def test_a_device_that_did_not_check_its_owner_is_refused(
    client: Client, me: Person, ceremony: Any
) -> None:
    device, elsewhere = Authenticator(), Client()
    if ceremony is enter:
        add(client, device)
        enter(elsewhere, device, flags=Flag.UP)
        assert elsewhere.get("/en/account/").status_code == 302
    else:
        answer = add(client, device, flags=Flag.UP)
        assert "That did not work" in answer.content.decode()
        assert not Passkey.objects.exists()


def test_an_answer_to_another_question_is_refused(client: Client, me: Person) -> None:
    device, elsewhere = Authenticator(), Client()
    add(client, device)
    old = device.sign_in(elsewhere.post(f"{WAY_IN}options/").json())
    elsewhere.post(f"{WAY_IN}options/")

    elsewhere.post(WAY_IN, {"credential": json.dumps(old)})

    assert elsewhere.get("/en/account/").status_code == 302


@pytest.mark.parametrize(
    "nonsense",
    ["", "x", "[]", "1", "null", "{}", '{"response": 1}', '{"response": {"userHandle": "!"}}',
     '{"id": "a", "rawId": "YQ", "response": {"userHandle": "OTk5OTk5OTk5OTk5OTk5OTk5OTk5"}}'],
)  # fmt: skip
def test_nonsense_is_refused_without_a_fault(client: Client, me: Person, nonsense: str) -> None:
    client.post(f"{LIST}options/")
    answer = client.post(f"{LIST}add/", {"name": "A", "credential": nonsense})
    assert "That did not work" in answer.content.decode()

    elsewhere = Client()
    elsewhere.post(f"{WAY_IN}options/")
    answer = elsewhere.post(WAY_IN, {"credential": nonsense}, follow=True)
    assert answer.status_code == 200
    assert answer.redirect_chain == [("/en/account/sign-in/", 302)]
    assert "did not work" in answer.content.decode()


def test_adding_asks_for_a_fresh_sign_in(client: Client, me: Person) -> None:
    with mock.patch("time.time", return_value=time.time() + 31 * 60):
        assert "sign in again" in client.get(LIST).content.decode()
        assert client.post(f"{LIST}options/").headers["Location"] == LIST
        assert client.post(f"{LIST}add/", {"name": "A"}).status_code == 302

    assert not Passkey.objects.exists()


def test_the_list_shows_what_was_typed_when_something_is_wrong(client: Client, me: Person) -> None:
    answer = client.post(f"{LIST}add/", {"name": "Küche", "credential": "x"})

    assert 'value="Küche"' in answer.content.decode()
