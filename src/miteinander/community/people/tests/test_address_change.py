import re
import smtplib
import time
from typing import Any
from unittest import mock

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from miteinander.community.people import services
from miteinander.community.people.messages import AddressChanged
from miteinander.community.people.models import Person
from miteinander.community.people.tests.factories import (
    AdministratorFactory,
    GuestFactory,
    PersonFactory,
)
from miteinander.foundation.audit.models import AuditEntry
from miteinander.foundation.audit.services import record
from miteinander.foundation.core import bus
from miteinander.foundation.core.permissions import SystemActor

pytestmark = pytest.mark.django_db
ASK = "/en/account/address/"
CODE = "/en/account/address/code/"
NEW = "new@example.org"
CODE_LINE = re.compile(r"^(\d{4} \d{4})$", re.MULTILINE)


@pytest.fixture
def me(client: Client) -> Person:
    person: Person = PersonFactory.create(name="Amal", email="old@example.org")
    client.force_login(person)
    return person


def code_in_mail() -> str:
    found = CODE_LINE.search(str(mail.outbox[-1].body))
    assert found
    return found[1]


def email_of(person: Person) -> str | None:
    return Person.objects.get(pk=person.pk).email


def test_a_code_to_the_new_address_changes_it_and_the_old_one_is_told(
    client: Client, me: Person, run_jobs: Any
) -> None:
    assert ASK in client.get("/en/account/").content.decode()
    assert client.post(ASK, {"email": "New@Example.org"}).headers["Location"] == CODE
    assert mail.outbox[0].to == [NEW]

    answer = client.post(CODE, {"code": code_in_mail()}, follow=True)
    run_jobs()

    assert answer.redirect_chain == [("/en/account/", 302)]
    assert "Your e-mail address is changed." in answer.content.decode()
    assert email_of(me) == NEW
    assert [(row.email, row.verified) for row in EmailAddress.objects.filter(user=me)] == [
        (NEW, True)
    ]
    assert mail.outbox[-1].to == ["old@example.org"]
    assert NEW not in str(mail.outbox[-1].body)
    assert AuditEntry.objects.get(verb="people.change_address").object_id == me.pk


def test_the_sign_in_goes_on_with_the_new_address_and_not_with_a_code_to_the_old(
    client: Client, me: Person
) -> None:
    elsewhere = Client()
    elsewhere.post("/en/account/sign-in/", {"email": "old@example.org"})
    code = code_in_mail()

    services.change_address(actor=me, person_id=me.pk, email=NEW)

    assert elsewhere.post("/en/account/sign-in/code/", {"code": code}).status_code == 200
    assert elsewhere.get("/en/account/").status_code == 302
    elsewhere.post("/en/account/sign-in/", {"email": NEW})
    assert elsewhere.post("/en/account/sign-in/code/", {"code": code_in_mail()}).status_code == 302
    assert elsewhere.get("/en/account/").status_code == 200


def seen(email: str | None) -> Any:
    client = Client()
    client.force_login(Person.objects.get(email="old@example.org"))
    first = client.post(ASK, {"email": str(email)})
    page = client.get(CODE)
    wrong = client.post(CODE, {"code": "0000 0000"})
    return [
        (
            answer.status_code,
            answer.headers.get("Location"),
            re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode()).replace(
                str(email), "ADDRESS"
            ),
        )
        for answer in (first, page, wrong)
    ]


def test_known_and_unknown_addresses_look_the_same_and_only_free_ones_get_a_code(
    me: Person,
) -> None:
    PersonFactory.create(email="known@example.org", language="de")
    PersonFactory.create(email="off@example.org", is_active=False)
    seated = GuestFactory.create(email="seated@example.org")
    record(actor=seated, verb="people.change")  # a trace in another app, as a seat would be
    GuestFactory.create(email="asked@example.org")
    unknown = seen(NEW)

    for email in ("known@example.org", "off@example.org", seated.email, "asked@example.org"):
        assert seen(email) == unknown

    has_code = [bool(CODE_LINE.search(str(message.body))) for message in mail.outbox]
    assert has_code == [True, False, False, False, True]


@pytest.mark.parametrize("code", ["", "0", "00000000", "None"])
def test_no_code_opens_an_address_that_another_row_keeps(
    client: Client, me: Person, code: str
) -> None:
    PersonFactory.create(email=NEW)
    client.post(ASK, {"email": NEW})

    assert client.post(CODE, {"code": code}).status_code == 200
    assert email_of(me) == "old@example.org"


def test_a_row_that_only_asked_for_a_code_makes_room(client: Client, me: Person) -> None:
    Client().post("/en/account/sign-in/", {"email": NEW})
    assert Person.objects.count() == 2

    client.post(ASK, {"email": NEW})
    client.post(CODE, {"code": code_in_mail()})

    assert email_of(me) == NEW
    assert Person.objects.count() == 1


def test_who_got_the_address_meanwhile_keeps_it(client: Client, me: Person) -> None:
    client.post(ASK, {"email": NEW})
    PersonFactory.create(email=NEW)

    answer = client.post(CODE, {"code": code_in_mail()}, follow=True)

    assert answer.redirect_chain == [(ASK, 302)]
    assert "Please take another one" in answer.content.decode()
    assert email_of(me) == "old@example.org"
    assert not AuditEntry.objects.filter(verb="people.change_address").exists()


def test_a_look_never_uses_the_code_up_and_a_second_click_changes_nothing(
    client: Client, me: Person
) -> None:
    client.post(ASK, {"email": NEW})
    code = code_in_mail()
    for _ in range(6):
        assert client.get(CODE).status_code == 200
    assert email_of(me) == "old@example.org"

    client.post(CODE, {"code": code})

    assert client.post(CODE, {"code": code}).headers["Location"] == ASK
    assert email_of(me) == NEW


@pytest.mark.parametrize(("minutes", "email"), [(14, NEW), (16, "old@example.org")])
def test_the_code_is_good_for_fifteen_minutes(
    client: Client, me: Person, minutes: int, email: str
) -> None:
    client.post(ASK, {"email": NEW})

    with mock.patch("time.time", return_value=time.time() + minutes * 60):
        client.post(CODE, {"code": code_in_mail()})

    assert email_of(me) == email


def test_after_five_wrong_codes_a_new_one_is_needed(client: Client, me: Person) -> None:
    client.post(ASK, {"email": NEW})
    for _ in range(4):
        assert "This code is not right" in client.post(CODE, {"code": "1"}).content.decode()

    answer = client.post(CODE, {"code": "1"}, follow=True)

    assert answer.redirect_chain == [(ASK, 302)]
    assert "wrong too often" in answer.content.decode()
    assert client.post(CODE, {"code": code_in_mail()}).headers["Location"] == ASK
    assert email_of(me) == "old@example.org"


def test_a_code_serves_only_the_person_who_asked(client: Client, me: Person) -> None:
    client.post(ASK, {"email": NEW})
    code = code_in_mail()
    other = PersonFactory.create()

    client.force_login(other)

    assert client.post(CODE, {"code": code}).headers["Location"] == ASK
    assert (email_of(me), email_of(other)) == ("old@example.org", other.email)


def test_one_address_gets_five_codes_in_five_minutes(client: Client, me: Person) -> None:
    for _ in range(5):
        assert client.post(ASK, {"email": NEW}).status_code == 302

    assert client.post(ASK, {"email": NEW}).status_code == 429
    assert Client().post("/en/account/sign-in/", {"email": NEW}).status_code == 429
    assert len(mail.outbox) == 5


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("", "Please write your e-mail address."),
        ("x", "looks like"),
        ("a@b.org\nBcc: c@d.org", "looks like"),
        ("OLD@example.org", "This is your address already"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_sent(
    client: Client, me: Person, typed: str, message: str
) -> None:
    answer = client.post(ASK, {"email": typed})

    assert message in answer.content.decode()
    assert "<title>Error:" in answer.content.decode()
    assert not mail.outbox


def test_a_mail_server_that_is_down_is_said_and_no_code_is_awaited(
    client: Client, me: Person
) -> None:
    down = smtplib.SMTPException("down")
    with mock.patch("django.core.mail.message.EmailMessage.send", side_effect=down):
        answer = client.post(ASK, {"email": NEW})

    assert answer.status_code == 503
    assert client.get(CODE).headers["Location"] == ASK


def test_the_mails_speak_the_language_of_whom_they_reach(client: Client, me: Person) -> None:
    Person.objects.filter(pk=me.pk).update(language="tr")
    PersonFactory.create(email="known@example.org", language="uk")

    with mock.patch("miteinander.community.people.mail.override") as used:
        client.post(ASK, {"email": NEW})
        client.post(ASK, {"email": "known@example.org"})

    assert [call.args for call in used.call_args_list] == [("tr",), ("uk",)]


def test_a_change_of_language_keeps_what_was_typed_and_sends_nothing(
    client: Client, me: Person
) -> None:
    answer = client.post("/ar/account/address/", {"email": "half@typed", "_switch": "1"})

    assert 'value="half@typed"' in answer.content.decode()
    assert not mail.outbox


@pytest.mark.parametrize("make", [PersonFactory.create, AdministratorFactory.create, SystemActor])
def test_nobody_else_changes_an_address(me: Person, make: Any) -> None:
    with pytest.raises(PermissionDenied):
        services.change_address(actor=make(), person_id=me.pk, email=NEW)

    assert email_of(me) == "old@example.org"


def test_what_is_no_address_is_refused_and_nothing_changes(me: Person) -> None:
    with pytest.raises(ValidationError):
        services.change_address(actor=me, person_id=me.pk, email="x")

    assert email_of(me) == "old@example.org"


def test_the_change_is_told_once(me: Person) -> None:
    with mock.patch.object(bus, "publish", wraps=bus.publish) as published:
        services.change_address(actor=me, person_id=me.pk, email=NEW)
        services.change_address(actor=me, person_id=me.pk, email=NEW)

    told = [call.args[0] for call in published.call_args_list]
    assert told.count(AddressChanged(person_id=me.pk)) == 1
