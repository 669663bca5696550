import re
import smtplib
import time
from typing import Any
from unittest import mock

import pytest
from django.core import mail
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from miteinander.community.people import services
from miteinander.community.people.models import Person
from miteinander.community.people.tests.factories import GuestFactory, PersonFactory
from miteinander.foundation.core.permissions import SystemActor

pytestmark = pytest.mark.django_db
SIGN_IN = "/en/account/sign-in/"
CODE = "/en/account/sign-in/code/"
MAIL = "django.core.mail.message.EmailMessage.send"


@pytest.fixture(autouse=True)
def _landing() -> Any:
    with override_settings(LOGIN_REDIRECT_URL="people:account"):
        yield


def ask(client: Client, email: str, **more: str) -> Any:
    return client.post(SIGN_IN, {"email": email, **more})


def code_in_mail() -> str:
    found = re.search(r"^(\d{4} \d{4})$", str(mail.outbox[-1].body), re.MULTILINE)
    assert found
    return found[1]


def sign_in(client: Client, email: str, **more: str) -> Any:
    ask(client, email, **more)
    return client.post(CODE, {"code": code_in_mail(), **more})


def test_somebody_unknown_joins_with_the_code_and_completes_the_profile(client: Client) -> None:
    answer = sign_in(client, "Amal@Example.org")

    person = Person.objects.get()
    assert answer.headers["Location"].startswith("/en/account/profile/")
    assert person.email == "amal@example.org"
    assert person.has_account
    assert person.last_login is not None
    assert client.get("/en/account/").status_code == 200


def test_a_guest_who_proves_the_address_keeps_everything(client: Client) -> None:
    guest = GuestFactory.create(name="Amal", email="amal@example.org", background="newcomer")

    answer = sign_in(client, "amal@example.org")

    guest.refresh_from_db()
    assert answer.headers["Location"] == "/en/account/"
    assert guest.has_account
    assert (guest.name, guest.background) == ("Amal", "newcomer")
    assert Person.objects.count() == 1


def test_the_way_leads_back_to_where_somebody_wanted_to_go(client: Client) -> None:
    PersonFactory.create(email="a@example.org")

    answer = sign_in(client, "a@example.org", next="/en/account/devices/")

    assert answer.headers["Location"] == "/en/account/devices/"


def test_a_foreign_address_is_not_where_the_way_leads(client: Client) -> None:
    PersonFactory.create(email="a@example.org")

    answer = sign_in(client, "a@example.org", next="https://evil.example/")

    assert answer.headers["Location"] == "/en/account/"


@pytest.mark.parametrize("address", ["nonsense", "web:home", "a\x00b", "{% debug %}"])
def test_a_word_that_is_no_address_leads_nowhere_and_breaks_nothing(
    client: Client, address: str
) -> None:
    answer = client.get("/en/account/sign-out/", {"next": address})

    assert answer.headers["Location"] == SIGN_IN


def test_a_newcomer_completes_the_profile_and_then_goes_on(client: Client) -> None:
    answer = sign_in(client, "a@example.org", next="/en/account/devices/")
    page = answer.headers["Location"]

    answer = client.post(page, {"name": "Amal", "language": "ar", "next": "/en/account/devices/"})

    assert answer.headers["Location"] == "/en/account/devices/"
    assert Person.objects.get().name == "Amal"


def seen(email: str) -> tuple[Any, ...]:
    """What somebody at the keyboard sees of signing in with ``email`` and a wrong code."""
    client = Client()
    first = ask(client, email)
    page = client.get(first.headers["Location"])
    wrong = client.post(CODE, {"code": "0000 0000"})
    texts = [
        re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode()).replace(
            email, "ADDRESS"
        )
        for answer in (first, page, wrong)
    ]
    places = [answer.headers.get("Location") for answer in (first, page, wrong)]
    return [first.status_code, page.status_code, wrong.status_code], places, texts


def test_known_unknown_and_switched_off_look_the_same() -> None:
    PersonFactory.create(email="known@example.org")
    GuestFactory.create(email="guest@example.org")
    PersonFactory.create(email="off@example.org", is_active=False)

    unknown = seen("unknown@example.org")

    for email in ("known@example.org", "guest@example.org", "off@example.org"):
        assert seen(email) == unknown
    assert len(mail.outbox) == 4


def test_known_and_unknown_take_the_same_work() -> None:
    PersonFactory.create(email="known@example.org")
    PersonFactory.create(email="off@example.org", is_active=False)
    amounts = []
    for email in ("known@example.org", "off@example.org", "unknown@example.org"):
        with mock.patch(MAIL) as send, CaptureQueriesContext(connection) as caught:
            ask(Client(), email)
        amounts.append((len(caught), send.call_count))

    assert [sent for _queries, sent in amounts] == [1, 1, 1]
    queries = [count for count, _sent in amounts]
    assert max(queries) - min(queries) <= 6


def test_switched_off_people_get_no_code_and_do_not_get_in(client: Client) -> None:
    PersonFactory.create(email="off@example.org", is_active=False)

    ask(client, "off@example.org")

    assert not re.search(r"\d{4} \d{4}", str(mail.outbox[0].body))
    for code in ("", "0", "00000000", "None"):
        client.post(CODE, {"code": code})
    assert client.get("/en/account/").status_code == 302


def test_who_is_switched_off_between_mail_and_code_does_not_get_in(client: Client) -> None:
    person = PersonFactory.create(email="a@example.org")
    ask(client, "a@example.org")
    services.disable_person(actor=SystemActor(), person_id=person.pk, reason="asked")

    answer = client.post(CODE, {"code": code_in_mail()})

    assert answer.status_code == 200
    assert client.get("/en/account/").status_code == 302


def test_switching_off_ends_a_running_session(client: Client) -> None:
    person = PersonFactory.create(email="a@example.org")
    sign_in(client, "a@example.org")
    assert client.get("/en/account/").status_code == 200

    services.disable_person(actor=SystemActor(), person_id=person.pk, reason="asked")

    assert client.get("/en/account/").status_code == 302


def test_a_look_at_the_page_never_uses_the_code_up(client: Client) -> None:
    PersonFactory.create(email="a@example.org")
    ask(client, "a@example.org")

    for _ in range(6):
        assert client.get(CODE).status_code == 200

    assert client.post(CODE, {"code": code_in_mail()}).status_code == 302
    assert client.get("/en/account/").status_code == 200


def test_a_code_works_once_and_in_its_own_browser_only(client: Client) -> None:
    PersonFactory.create(email="a@example.org")
    ask(client, "a@example.org")
    code = code_in_mail()

    assert Client().post(CODE, {"code": code}).headers["Location"] == SIGN_IN
    client.post(CODE, {"code": code})
    client.post("/en/account/sign-out/")

    assert client.post(CODE, {"code": code}).headers["Location"] == SIGN_IN


@pytest.mark.parametrize("write", ["{}", " {} ", "{}".replace(" ", "")])
def test_spaces_and_the_digits_of_all_scripts_are_fine(client: Client, write: str) -> None:
    PersonFactory.create(email="a@example.org")
    ask(client, "a@example.org")
    arabic = code_in_mail().translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))

    assert client.post(CODE, {"code": write.format(arabic)}).status_code == 302


def test_a_wrong_code_is_said_and_after_five_a_new_one_is_needed(client: Client) -> None:
    PersonFactory.create(email="a@example.org")
    ask(client, "a@example.org")

    for _ in range(4):
        answer = client.post(CODE, {"code": "1"})
        assert "This code is not right" in answer.content.decode()
        assert "<title>Error:" in answer.content.decode()

    answer = client.post(CODE, {"code": "1"}, follow=True)
    assert answer.redirect_chain == [(SIGN_IN, 302)]
    assert "wrong too often" in answer.content.decode()
    assert client.post(CODE, {"code": code_in_mail()}).headers["Location"] == SIGN_IN


@pytest.mark.parametrize(("minutes", "place"), [(14, "/en/account/"), (16, SIGN_IN)])
def test_a_code_is_good_for_fifteen_minutes(client: Client, minutes: int, place: str) -> None:
    PersonFactory.create(email="a@example.org")
    ask(client, "a@example.org")
    later = time.time() + minutes * 60

    with mock.patch("time.time", return_value=later):
        answer = client.post(CODE, {"code": code_in_mail()})

    assert answer.headers["Location"] == place


def test_the_session_id_rotates_and_signing_out_clears_the_browser(client: Client) -> None:
    PersonFactory.create(email="a@example.org")
    ask(client, "a@example.org")
    before = client.cookies["sessionid"].value

    client.post(CODE, {"code": code_in_mail()})
    after = client.cookies["sessionid"].value
    out = client.post("/en/account/sign-out/")

    assert before != after
    assert "storage" in out.headers["Clear-Site-Data"]
    assert client.get("/en/account/").status_code == 302


def test_a_session_that_waits_for_a_code_is_short_and_one_that_is_signed_in_is_long(
    client: Client,
) -> None:
    PersonFactory.create(email="a@example.org")

    ask(client, "a@example.org")
    assert client.session.get_expiry_age() == 15 * 60

    client.post(CODE, {"code": code_in_mail()})
    assert client.session.get_expiry_age() == 30 * 24 * 60 * 60


def test_signing_out_asks_first_when_somebody_only_opens_the_page(client: Client) -> None:
    client.force_login(PersonFactory.create())

    assert "Sign out?" in client.get("/en/account/sign-out/").content.decode()
    assert client.get("/en/account/").status_code == 200


@pytest.mark.parametrize(
    "email",
    [
        "",
        "x",
        "a@b.org\nBcc: c@d.org",
        "a@b.org\r\nTo: c@d.org",
        "a\u2028b@c.org",
        "a" * 260 + "@b.org",
    ],
)
def test_what_is_no_address_gets_a_word_and_no_mail(client: Client, email: str) -> None:
    answer = ask(client, email)

    assert answer.status_code == 200
    assert "<title>Error:" in answer.content.decode()
    assert not mail.outbox
    assert not Person.objects.exists()


def test_one_address_gets_five_codes_in_five_minutes_and_then_a_friendly_page() -> None:
    for _ in range(5):
        assert ask(Client(), "a@example.org").status_code == 302

    answer = ask(Client(), "A@example.org")

    assert answer.status_code == 429
    assert "<h1>" in answer.content.decode()
    assert len(mail.outbox) == 5


def test_thirty_phones_behind_one_address_all_get_in() -> None:
    for number in range(30):
        client, email = Client(), f"phone{number}@example.org"
        PersonFactory.create(email=email)
        assert sign_in(client, email).status_code == 302
        assert client.get("/en/account/").status_code == 200


@pytest.mark.parametrize("error", [smtplib.SMTPException("down"), ConnectionRefusedError()])
def test_a_mail_server_that_is_down_is_said_on_the_page(client: Client, error: Exception) -> None:
    with mock.patch(MAIL, side_effect=error):
        answer = ask(client, "a@example.org")

    assert answer.status_code == 503
    assert "We cannot send e-mails at the moment" in answer.content.decode()
    assert 'value="a@example.org"' in answer.content.decode()


def test_the_mail_speaks_the_language_of_the_person_or_of_the_page(client: Client) -> None:
    PersonFactory.create(email="known@example.org", language="tr")

    with mock.patch(
        "miteinander.community.people.mail.override", wraps=translation.override
    ) as used:
        ask(client, "known@example.org")
        client.post("/ar/account/sign-in/", {"email": "unknown@example.org"})

    assert [call.args for call in used.call_args_list] == [("tr",), ("ar",)]
    assert Person.objects.get(email="unknown@example.org").language == "ar"


def test_a_mail_holds_the_code_once_and_no_link_that_acts(client: Client) -> None:
    ask(client, "a@example.org")

    message = mail.outbox[0]
    assert message.to == ["a@example.org"]
    assert "\n" not in message.subject
    assert code_in_mail() in message.subject
    assert code_in_mail().replace(" ", "") not in str(message.body)


def test_signed_in_people_do_not_sign_in_again(client: Client) -> None:
    client.force_login(PersonFactory.create())

    assert client.get(SIGN_IN).headers["Location"] == "/en/account/"
    assert client.get(CODE).headers["Location"] == SIGN_IN


def test_a_change_of_language_keeps_what_was_typed_and_sends_nothing(client: Client) -> None:
    answer = client.post("/ar/account/sign-in/", {"email": "half@typed", "_switch": "1"})

    assert answer.status_code == 200
    assert 'dir="rtl"' in answer.content.decode()
    assert 'value="half@typed"' in answer.content.decode()
    assert not mail.outbox


@pytest.mark.parametrize(
    "path",
    [
        "signup/",
        "login/",
        "password/reset/",
        "password/change/",
        "email/",
        "inactive/",
        "2fa/",
        "social/",
    ],
)
def test_pages_of_allauth_that_we_do_not_offer_do_not_exist(client: Client, path: str) -> None:
    client.force_login(PersonFactory.create())

    assert client.get(f"/en/account/{path}").status_code == 404


def test_the_page_takes_a_fixed_number_of_queries(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(2):
        client.get(SIGN_IN)
