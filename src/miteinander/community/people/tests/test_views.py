import json
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.test import Client, override_settings
from django.urls import reverse
from django.utils.html import escape

from miteinander.community.people.agents import described
from miteinander.community.people.models import Person
from miteinander.community.people.tests.factories import (
    AdministratorFactory,
    PersonFactory,
    SpokenLanguageFactory,
)
from miteinander.community.people.tests.test_guests import NAMES
from miteinander.community.people.urls import urlpatterns
from miteinander.community.regions.tests.factories import RegionFactory

pytestmark = pytest.mark.django_db
HEADINGS = {
    "account": "My profile",
    "profile": "About me",
    "languages": "Languages I speak",
    "devices": "Where I am signed in",
    "passkeys": "My passkeys",
    "close": "Close my account?",
}
OPEN_TO_ALL = {"closed"}


@pytest.fixture(autouse=True)
def _english() -> Any:
    with override_settings(LANGUAGE_CODE="en"):
        yield


@pytest.fixture
def me(client: Client) -> Person:
    person = PersonFactory.create()
    client.force_login(person)
    return person


def address(name: str) -> str:
    keys = {"end_device": {"device_id": 1}, "remove_passkey": {"passkey_id": 1}}
    return reverse(f"people:{name}", kwargs=keys.get(name))


@pytest.mark.parametrize("name", [str(route.name) for route in urlpatterns])
def test_visitors_are_asked_to_sign_in_first(client: Client, name: str) -> None:
    status = 200 if name in OPEN_TO_ALL else 302

    for ask in (client.get, client.post):
        answer = ask(address(name))
        assert answer.status_code in {status, 405}
        assert "/sign-in/" in answer.headers.get("Location", "/sign-in/")


@pytest.mark.parametrize(("name", "heading"), HEADINGS.items())
def test_every_page_has_its_heading_and_stays_private(
    client: Client, me: Person, name: str, heading: str
) -> None:
    answer = client.get(address(name))

    text = answer.content.decode()
    assert answer.status_code == 200
    assert text.count("<h1") == 1
    assert heading in text.split("<h1", 1)[1].split("</h1>", 1)[0]
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("name", HEADINGS)
@pytest.mark.parametrize("amount", [1, 5])
def test_pages_take_few_queries_however_long_their_lists(
    client: Client, me: Person, name: str, amount: int, django_assert_max_num_queries: Any
) -> None:
    for number, language in enumerate(("ar", "fa", "uk", "ru", "tr")[:amount]):
        SpokenLanguageFactory.create(person=me, language=language)
        UserSession.objects.create(user=me, session_key=str(number), ip="127.0.0.1")
        Authenticator.objects.create(user=me, type="totp", data={}) if amount < 0 else None
    client.get(address("account"))

    with django_assert_max_num_queries(14):
        client.get(address(name))


def test_the_profile_is_saved(client: Client, me: Person) -> None:
    place = RegionFactory.create()
    typed = {
        "name": "Amal",
        "municipality": place.pk,
        "language": "ar",
        "phone": "0561 123456",
        "background": "newcomer",
        "age_group": "from_18",
    }

    answer = client.post(address("profile"), typed, follow=True)

    me.refresh_from_db()
    assert "Your profile is saved." in answer.content.decode()
    assert (me.name, me.phone, me.background) == ("Amal", "+49561123456", "newcomer")
    assert me.age_group == "from_18"
    assert me.municipality == place


def test_skipping_the_question_is_an_answer(client: Client, me: Person) -> None:
    client.post(address("profile"), {"name": "Amal", "language": "ar"})

    me.refresh_from_db()
    assert (me.background, me.municipality, me.phone) == ("undisclosed", None, None)
    assert me.age_group == "undisclosed"


@pytest.mark.parametrize("name", NAMES)
def test_names_are_shown_unchanged(client: Client, me: Person, name: str) -> None:
    client.post(address("profile"), {"name": name, "language": "de"})

    me.refresh_from_db()
    assert me.name == name
    assert f"<bdi>{escape(name)}</bdi>" in client.get(address("account")).content.decode()


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"name": "", "language": "de"}, "Please write your name."),
        ({"name": "x" * 121, "language": "de"}, "120"),
        ({"name": "A", "language": "de", "phone": "abc"}, "area code"),
        ({"name": "A", "language": "de", "phone": "+49561999999"}, "Somebody else"),
        ({"name": "A", "language": "xx"}, "xx"),
        ({"name": "A", "language": "de", "municipality": "999"}, "valid choice"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_changes(
    client: Client, me: Person, typed: dict[str, str], message: str
) -> None:
    PersonFactory.create(phone="+49561999999")

    answer = client.post(address("profile"), typed)

    assert answer.status_code == 200
    assert message in answer.content.decode()
    assert "<title>Error:" in answer.content.decode()
    assert Person.objects.get(pk=me.pk).name == me.name


def test_languages_are_added_and_removed(client: Client, me: Person) -> None:
    client.post(address("languages"), {"language": "uk", "level": "c1"})
    assert "Ukrainian: C1" in client.get(address("languages")).content.decode()

    client.post(address("languages"), {"remove": "uk"})
    assert not me.spoken_languages.exists()


def test_a_device_is_noted_once_a_day_and_can_be_signed_out(client: Client, me: Person) -> None:
    other = Client()
    other.force_login(me)
    for one in (client, other, client):
        one.get(address("account"))
    assert UserSession.objects.count() == 2
    current = client.session.session_key
    elsewhere = UserSession.objects.exclude(session_key=current).get()

    client.post(reverse("people:end_device", args=[elsewhere.pk]))

    assert other.get(address("account")).status_code == 302
    assert client.get(address("account")).status_code == 200


def test_signing_out_everywhere_else_keeps_this_device(client: Client, me: Person) -> None:
    others = [Client() for _ in range(3)]
    for one in (client, *others):
        one.force_login(me) if one is not client else None
        one.get(address("account"))

    client.post(address("end_others"))

    assert [one.get(address("account")).status_code for one in others] == [302, 302, 302]
    assert client.get(address("account")).status_code == 200


def test_a_device_of_somebody_else_stays_signed_in(client: Client, me: Person) -> None:
    other = Client()
    other.force_login(PersonFactory.create())
    other.get(address("account"))

    client.post(reverse("people:end_device", args=[UserSession.objects.get().pk]))

    assert other.get(address("account")).status_code == 200


def test_the_download_is_a_file_with_everything(client: Client, me: Person) -> None:
    answer = client.get(address("download"))

    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="my-data.json"'
    assert json.loads(answer.content)["person"]["email"] == me.email


def test_a_look_at_the_closing_page_closes_nothing(client: Client, me: Person) -> None:
    client.get(address("close"))

    assert Person.objects.get(pk=me.pk).is_active


def test_closing_erases_signs_out_and_says_so(client: Client, me: Person) -> None:
    answer = client.post(address("close"), follow=True)

    me.refresh_from_db()
    assert me.erased_at is not None
    assert "Your account is closed" in answer.content.decode()
    assert client.get(address("account")).status_code == 302


def test_the_only_administrator_is_told_why_the_account_stays(client: Client) -> None:
    administrator = AdministratorFactory.create()
    client.force_login(administrator)

    answer = client.post(address("close"))

    assert "only administrator" in answer.content.decode()
    assert Person.objects.get().is_active


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Mozilla/5.0 (Linux; Android 9) Chrome/90 Mobile Safari/537", "Chrome on Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 15) Version/15 Safari/604", "Safari on iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/120 Safari/537 Edg/120", "Edge on Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Firefox/120.0", "Firefox on Linux"),
        ("curl/8", "Unknown device"),
        ("", "Unknown device"),
    ],
)
def test_devices_have_names_people_know(agent: str, name: str) -> None:
    assert described(agent) == name
