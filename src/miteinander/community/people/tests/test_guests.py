from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from miteinander.community.people import services
from miteinander.community.people.messages import AddressProven
from miteinander.community.people.models import Person
from miteinander.community.people.services import Contact
from miteinander.community.people.tests.factories import GuestFactory, PersonFactory
from miteinander.foundation.audit.models import AuditEntry
from miteinander.foundation.core import bus, clock
from miteinander.foundation.core.permissions import SystemActor

pytestmark = pytest.mark.django_db
SYSTEM = SystemActor()
VISITOR = AnonymousUser()

NAMES = [
    "Ὀδυσσεύς",
    "علي بن أبي طالب",
    "O'Brien-Müller",
    "𠜎𠜱𠝹 👩‍👩‍👧",
    "<script>alert(1)</script>",
    "'; DROP TABLE people_person; --",
    "{{ name }} {% url %}",
    "=cmd|' /C calc'!A0",
]


def test_a_new_contact_becomes_a_guest() -> None:
    contact = Contact(
        name=" Amal  H. ", email="Amal@Example.org ", language="ar", background="newcomer"
    )

    person = services.find_or_add_guest(actor=VISITOR, contact=contact)

    person.refresh_from_db()
    assert (person.name, person.email, person.language) == ("Amal H.", "amal@example.org", "ar")
    assert person.background == "newcomer"
    assert person.phone is None
    assert not person.has_account


@pytest.mark.parametrize("name", NAMES)
def test_names_of_every_kind_are_stored_unchanged(name: str) -> None:
    person = services.find_or_add_guest(actor=VISITOR, contact=Contact(name=name, phone="+491"))

    person.refresh_from_db()
    assert person.name == name


def test_the_same_address_in_other_letters_is_the_same_row_unchanged() -> None:
    known = PersonFactory.create(name="Amal", email="amal@example.org", background="newcomer")

    found = services.find_or_add_guest(
        actor=VISITOR,
        contact=Contact(
            name="Mallory", email="AMAL@example.org", background="local", age_group="from_65"
        ),
    )

    known.refresh_from_db()
    assert found.pk == known.pk
    assert (known.name, known.background) == ("Amal", "newcomer")
    assert known.age_group == "undisclosed"


def test_a_row_that_only_asked_for_a_code_takes_the_name_over() -> None:
    known = GuestFactory.create(name="", email="amal@example.org")

    services.find_or_add_guest(
        actor=VISITOR, contact=Contact(name="Amal", email="amal@example.org", language="fa")
    )

    known.refresh_from_db()
    assert (known.name, known.language) == ("Amal", "fa")


def test_without_an_address_the_telephone_identifies() -> None:
    known = GuestFactory.create(email=None, phone="+49561123456")

    found = services.find_or_add_guest(
        actor=VISITOR, contact=Contact(name="X", phone="+49561123456")
    )

    assert found.pk == known.pk


def test_two_people_may_share_a_telephone() -> None:
    first = GuestFactory.create(phone="+49561123456")

    second = services.find_or_add_guest(
        actor=VISITOR, contact=Contact(name="Y", email="y@example.org", phone="+49561123456")
    )

    assert second.pk != first.pk
    assert second.phone is None


def test_people_without_any_contact_are_always_new() -> None:
    one = services.find_or_add_guest(actor=VISITOR, contact=Contact(name="Oma Erna"))
    two = services.find_or_add_guest(actor=VISITOR, contact=Contact(name="Oma Erna"))

    assert one.pk != two.pk


def test_only_adding_somebody_else_is_recorded() -> None:
    helper = PersonFactory.create()

    services.find_or_add_guest(actor=VISITOR, contact=Contact(name="A"))
    assert not AuditEntry.objects.exists()

    services.find_or_add_guest(actor=helper, contact=Contact(name="B"))
    assert AuditEntry.objects.get().actor_id == helper.pk


@pytest.mark.parametrize(
    "email",
    [
        "a@b.org\nBcc: x@y.org",
        "a@b.org\r\nX: y",
        "a\u2028b@c.org",
        "no address",
        "@",
        "a" * 300 + "@b.org",
    ],
)
def test_an_address_that_is_none_is_refused_and_adds_nobody(email: str) -> None:
    with pytest.raises(ValidationError):
        services.find_or_add_guest(actor=VISITOR, contact=Contact(name="A", email=email))

    assert not Person.objects.exists()


@pytest.mark.parametrize(
    "contact",
    [Contact(name="x" * 121), Contact(name="A", language="xx"), Contact(name="A", background="?")],
)
def test_what_does_not_fit_is_refused_and_adds_nobody(contact: Contact) -> None:
    with pytest.raises(ValidationError):
        services.find_or_add_guest(actor=VISITOR, contact=contact)

    assert not Person.objects.exists()


def test_proving_makes_the_guest_an_account_once(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[object] = []
    monkeypatch.setattr(bus, "publish", told.append)
    guest = GuestFactory.create()

    services.prove_address(actor=SYSTEM, person_id=guest.pk)
    services.prove_address(actor=SYSTEM, person_id=guest.pk)

    guest.refresh_from_db()
    assert guest.has_account
    assert told == [
        AddressProven(person_id=guest.pk, is_first=True),
        AddressProven(person_id=guest.pk, is_first=False),
    ]
    assert EmailAddress.objects.get(user=guest).verified


@pytest.mark.parametrize("state", [{"is_active": False}, {"email": None}])
def test_who_may_not_sign_in_cannot_prove(state: dict[str, object]) -> None:
    guest = GuestFactory.create(**state)

    with pytest.raises(ValidationError):
        services.prove_address(actor=SYSTEM, person_id=guest.pk)

    guest.refresh_from_db()
    assert not guest.has_account
    assert not EmailAddress.objects.exists()


def test_nobody_but_the_sign_in_says_an_address_is_proven() -> None:
    guest = GuestFactory.create()

    with pytest.raises(PermissionDenied):
        services.prove_address(
            actor=PersonFactory.create(is_administrator=True), person_id=guest.pk
        )

    guest.refresh_from_db()
    assert not guest.has_account


def test_only_unproven_rows_without_any_trace_are_purged() -> None:
    now = clock.now()
    with clock.held_at(now - timedelta(days=3)):
        gone, active, account = GuestFactory.create(), GuestFactory.create(), PersonFactory.create()
    old = now - timedelta(days=3)
    Person.objects.update(created_at=old)
    young = GuestFactory.create()
    AuditEntry.objects.create(actor=active, verb="people.change")

    count = services.purge_unproven(actor=SYSTEM, now=now)

    assert count == 1
    assert set(Person.objects.all()) == {active, account, young}
    assert not Person.objects.filter(pk=gone.pk).exists()


def test_nobody_else_purges() -> None:
    with pytest.raises(PermissionDenied):
        services.purge_unproven(actor=PersonFactory.create(), now=clock.now())


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("database_for_threads")
def test_the_same_new_contact_at_the_same_moment_is_one_row() -> None:
    def sign_up(_number: int) -> int:
        try:
            contact = Contact(name="A", email="a@example.org")
            return services.find_or_add_guest(actor=VISITOR, contact=contact).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(sign_up, range(16)))) == 1
