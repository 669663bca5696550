import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core import serializers
from django.test import Client, override_settings

from miteinander.community.people import services
from miteinander.community.people.models import Person
from miteinander.community.people.tests.factories import PersonFactory
from miteinander.community.people.tests.test_sign_in import sign_in
from miteinander.community.regions.tests.factories import RegionFactory
from miteinander.foundation.core.permissions import SystemActor

pytestmark = pytest.mark.django_db
CANARIES = ("Kanarienvogel", "kanarie@example.org", "+49561987654")


def everything_stored() -> Iterator[str]:
    for model in apps.get_models(include_auto_created=True):
        yield from serializers.serialize("jsonl", model._base_manager.all()).splitlines()
    for session in Session.objects.all():
        yield json.dumps(session.get_decoded(), default=str)


def hits() -> list[str]:
    return [row for row in everything_stored() for canary in CANARIES if canary in row]


@pytest.fixture
def person(client: Client) -> Person:
    name, email, phone = CANARIES
    row = PersonFactory.create(
        name=name, email=email, phone=phone, municipality=RegionFactory.create()
    )
    with override_settings(LOGIN_REDIRECT_URL="people:account"):
        sign_in(client, email)
    client.post("/en/account/profile/", {"name": name, "phone": phone, "language": "de"})
    client.post("/en/account/languages/", {"language": "uk", "level": "c1"})
    return row


def test_after_erasing_no_name_and_no_contact_is_found_in_any_table(person: Person) -> None:
    assert hits()

    services.erase_person(actor=SystemActor(), person_id=person.pk)

    assert hits() == []


def test_the_export_holds_what_the_tables_hold(person: Person) -> None:
    told = services.export_person(actor=SystemActor(), person_id=person.pk)

    assert all(canary in told for canary in CANARIES)
    assert set(json.loads(told)) >= {"person"}


def test_figures_by_background_stay_the_same_after_erasing(person: Person) -> None:
    def counted() -> dict[str, Any]:
        rows = Person.objects.values_list("background", flat=True)
        return {background: list(rows).count(background) for background in set(rows)}

    before = counted()
    services.erase_person(actor=SystemActor(), person_id=person.pk)

    assert counted() == before
