from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from miteinander.community.people import queries, services
from miteinander.community.people.models import Person
from miteinander.community.people.tests.factories import (
    AdministratorFactory,
    GuestFactory,
    PersonFactory,
)
from miteinander.foundation.audit.models import AuditEntry
from miteinander.foundation.core.permissions import SystemActor

pytestmark = pytest.mark.django_db
LIST = "/en/people/"


@pytest.fixture
def administrator(client: Client) -> Person:
    person: Person = AdministratorFactory.create(name="Ada")
    client.force_login(person)
    return person


def detail(person: Person) -> str:
    return f"{LIST}{person.pk}/"


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_the_list_shows_accounts_and_no_guests_and_no_erased_people(
    client: Client, administrator: Person
) -> None:
    PersonFactory.create(name="Amal")
    GuestFactory.create(name="Gustav")
    gone = PersonFactory.create(name="Gone", email="gone@example.org")
    services.erase_person(actor=SystemActor(), person_id=gone.pk)

    page = text(client.get(LIST))

    assert "Amal" in page
    assert "Ada" in page
    assert "Gustav" not in page
    assert client.get(detail(gone)).status_code == 404


def test_the_list_has_pages(client: Client, administrator: Person) -> None:
    for number in range(25):
        PersonFactory.create(name=f"Person {number:02}")

    assert "Person 24" not in text(client.get(LIST))
    assert "Person 24" in text(client.get(LIST, {"page": 2}))


@pytest.mark.parametrize(
    "typed", ["oezlem", "ÖZLEM", "Yılmaz özlem", "kassel.example", "oz@Kassel", "  özl  "]
)
def test_people_are_found_by_parts_of_name_and_mail_however_they_are_written(
    client: Client, administrator: Person, typed: str
) -> None:
    PersonFactory.create(name="Özlem Yılmaz", email="oz@kassel.example")
    PersonFactory.create(name="Amal", email="amal@example.org")

    page = text(client.post(LIST, {"typed": typed}))

    assert "Özlem Yılmaz" in page
    assert "Amal" not in page


def test_arabic_letters_people_mix_up_find_each_other(
    client: Client, administrator: Person
) -> None:
    PersonFactory.create(name="على أحمد", email="ali@example.org")

    assert "a…@example.org" not in text(client.post(LIST, {"typed": "سارة"}))
    assert "a…@example.org" in text(client.post(LIST, {"typed": "علي احمد"}))


@pytest.mark.parametrize(
    ("email", "seen"),
    [("amal@example.org", "am…@example.org"), ("bo@example.org", "b…@example.org")],
)
def test_an_address_is_searched_whole_and_shown_in_part(
    client: Client, administrator: Person, email: str, seen: str
) -> None:
    person = PersonFactory.create(name="", email=email)

    for page in (text(client.get(LIST)), text(client.get(detail(person)))):
        assert seen in page
        assert email not in page
    assert seen in text(client.post(LIST, {"typed": email}))


def test_nobody_found_and_nothing_typed_are_said(client: Client, administrator: Person) -> None:
    assert "Nobody found" in text(client.post(LIST, {"typed": "nobody like this"}))
    assert "Please write a part of the name" in text(client.post(LIST, {"typed": " "}))


def test_a_search_that_finds_too_many_says_so(client: Client, administrator: Person) -> None:
    for _ in range(51):
        PersonFactory.create()

    assert "There may be more people." in text(client.post(LIST, {"typed": "person"}))


@pytest.mark.parametrize("count", [1, 5])
def test_the_pages_take_a_fixed_number_of_queries(
    client: Client, administrator: Person, django_assert_num_queries: Any, count: int
) -> None:
    people = [PersonFactory.create(name=f"Person {number}") for number in range(count)]
    for _ in range(count):
        services.disable_person(actor=administrator, person_id=people[0].pk, reason="asked")
    client.get(LIST)

    with django_assert_num_queries(2):
        list(queries.accounts(actor=administrator))
        queries.accounts_matching(actor=administrator, typed="person", most=9)
    with django_assert_num_queries(1):
        assert len(queries.switches_of(actor=administrator, person=people[0])) == count
    with django_assert_num_queries(5):
        client.get(LIST)
    with django_assert_num_queries(5):
        client.get(detail(people[0]))


def test_switching_off_ends_sessions_and_is_recorded_with_its_reason(
    client: Client, administrator: Person
) -> None:
    person, theirs = PersonFactory.create(name="Amal"), Client()
    theirs.force_login(person)
    assert theirs.get("/en/account/").status_code == 200

    answer = client.post(detail(person), {"reason": "taken"}, follow=True)

    assert "The account is switched off." in text(answer)
    assert "Somebody else may be using the account" in text(answer)
    assert theirs.get("/en/account/").status_code == 302
    entry = AuditEntry.objects.get(verb="people.disable")
    assert (entry.actor, entry.object_id) == (administrator, person.pk)
    assert entry.details == {"reason": "taken"}


def test_switching_on_again_lets_the_person_in(client: Client, administrator: Person) -> None:
    person = PersonFactory.create()
    client.post(detail(person), {"reason": "asked"})

    answer = client.post(f"{detail(person)}switch-on/", follow=True)

    assert "The account is switched on again." in text(answer)
    assert Person.objects.get(pk=person.pk).is_active
    assert AuditEntry.objects.filter(verb="people.enable", actor=administrator).count() == 1


@pytest.mark.parametrize("typed", [{}, {"reason": ""}, {"reason": "bored"}])
def test_without_a_reason_of_ours_nothing_happens(
    client: Client, administrator: Person, typed: dict[str, str]
) -> None:
    person = PersonFactory.create()

    answer = client.post(detail(person), typed)

    assert "<title>Error:" in text(answer)
    assert Person.objects.get(pk=person.pk).is_active
    with pytest.raises(ValidationError):
        services.disable_person(
            actor=administrator, person_id=person.pk, reason=typed.get("reason", "")
        )
    assert Person.objects.get(pk=person.pk).is_active


def test_a_look_and_a_change_of_language_switch_nothing(
    client: Client, administrator: Person
) -> None:
    person = PersonFactory.create()

    client.get(detail(person))
    client.post(detail(person), {"reason": "asked", "_switch": "1"})
    assert client.get(f"{detail(person)}switch-on/").status_code == 405

    assert Person.objects.get(pk=person.pk).is_active


def test_administrators_do_not_switch_themselves_off(client: Client, administrator: Person) -> None:
    AdministratorFactory.create()

    assert "This is your own account." in text(client.get(detail(administrator)))
    assert client.post(detail(administrator), {"reason": "asked"}).status_code == 404
    assert Person.objects.get(pk=administrator.pk).is_active


def test_the_last_administrator_stays(administrator: Person) -> None:
    with pytest.raises(ValidationError) as refused:
        services.disable_person(actor=SystemActor(), person_id=administrator.pk, reason="asked")

    assert refused.value.code == "last_administrator"
    assert Person.objects.get(pk=administrator.pk).is_active


@pytest.mark.parametrize("make", [None, PersonFactory.create])
def test_strangers_learn_of_nothing(client: Client, make: Any) -> None:
    person = PersonFactory.create()
    if make:
        client.force_login(make())

    for address in (LIST, detail(person)):
        assert client.get(address).status_code == 404
        assert client.post(address, {"typed": "a", "reason": "asked"}).status_code == 404
    switch_on = f"{detail(person)}switch-on/"
    assert client.post(switch_on).status_code == 404
    for actor in (person, SystemActor()):
        with pytest.raises(PermissionDenied):
            queries.accounts(actor=actor)
        with pytest.raises(PermissionDenied):
            queries.switches_of(actor=actor, person=person)
    assert Person.objects.get(pk=person.pk).is_active


@pytest.mark.parametrize("name", ["organisations:coordination", "web:instance"])
def test_administrators_find_the_list_beside_the_record(
    client: Client, administrator: Person, name: str
) -> None:
    assert reverse("accounts:list") in text(client.get(reverse(name)))
