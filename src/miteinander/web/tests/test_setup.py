from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.test import Client

from miteinander.community.people.models import Person
from miteinander.community.people.tests.factories import AdministratorFactory, PersonFactory
from miteinander.community.regions.models import Region
from miteinander.foundation.core.models import Instance
from miteinander.foundation.core.permissions import SystemActor
from miteinander.web import services

pytestmark = pytest.mark.django_db
CONSOLE = SystemActor("setup")
STEPS = {
    "administrator": {"name": "Ada", "email": "ada@example.org"},
    "identity": {"name": "VIPs", "area": "Landkreis Kassel", "district": "kassel"},
    "contact": {
        "contact_name": "Petra", "contact_phone": "+49 561 123456", "contact_hours": "",
        "contact_email": "k@example.org",
    },
    "legal": {"operator": "Verein\nWeg 1", "supervisor": ""},
    "funding": {"funding_notice": "Kofinanziert von der Europäischen Union"},
    "mail": {"address": ""},
}  # fmt: skip


def begin() -> str:
    out = StringIO()
    call_command("setup", stdout=out)
    return out.getvalue().split()[-1]


def test_six_steps_make_the_first_administrator_and_are_gone_afterwards(client: Client) -> None:
    client.post("/de/setup/", {"code": begin()})
    for step, data in STEPS.items():
        assert client.get(f"/de/setup/{step}/").status_code == 200
        assert client.post(f"/de/setup/{step}/", data).status_code == 302

    ada = Person.objects.get(email="ada@example.org")
    instance = Instance.objects.get()
    assert ada.is_administrator
    assert ada.has_account
    assert instance.is_set_up
    assert instance.operator == "Verein\nWeg 1"
    assert not instance.setup_token_hash
    assert Region.objects.filter(kind="municipality").count() == 28
    assert client.get("/de/record/").status_code == 200
    assert Client().get("/de/setup/").status_code == 404
    assert Client().get("/de/setup/contact/").status_code == 404


def test_a_wrong_code_opens_nothing(client: Client) -> None:
    begin()

    response = client.post("/de/setup/", {"code": "guess"})

    assert response.status_code == 200
    assert client.get("/de/setup/administrator/").status_code == 302
    assert not Person.objects.exists()


def test_a_new_code_replaces_the_old_one() -> None:
    first, second = begin(), begin()

    assert not services.is_setup_code(first)
    assert services.is_setup_code(second)


def test_a_later_step_cannot_be_reached_before_the_administrator_is_named(client: Client) -> None:
    client.post("/de/setup/", {"code": begin()})

    response = client.post("/de/setup/mail/", {"address": ""})

    assert response.status_code == 302
    assert not Person.objects.exists()


def test_setup_cannot_begin_or_end_twice() -> None:
    begin()
    services.finish_setup(actor=CONSOLE, name="Ada", email="ada@example.org", language="de")

    with pytest.raises(CommandError):
        begin()
    with pytest.raises(ValidationError):
        services.finish_setup(actor=CONSOLE, name="Eve", email="eve@example.org", language="de")

    assert Person.objects.filter(is_administrator=True).count() == 1


def test_administrators_change_the_facts_later(client: Client) -> None:
    client.force_login(
        AdministratorFactory.create(),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )

    interpreters = {"interpreters": "Ina\nina@dolmetschen.example"}
    client.post("/de/instance/contact/", STEPS["contact"] | interpreters)

    instance = Instance.objects.get()
    assert instance.contact_name == "Petra"
    assert instance.interpreters == interpreters["interpreters"]


def test_others_cannot_change_the_facts() -> None:
    with pytest.raises(PermissionDenied):
        services.change_instance(actor=PersonFactory.create(), facts={"name": "Mine"})

    assert not Instance.objects.exists()
