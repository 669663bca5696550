"""A person goes: nothing tells of them any more, and the figures stay."""

import json
from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core import serializers
from django.test import Client

from miteinander.community.organisations.tests.factories import (
    CoordinatorRoleFactory,
    InvitationFactory,
    MembershipFactory,
)
from miteinander.community.people import services as people
from miteinander.community.people.models import Person
from miteinander.community.people.tests.factories import PersonFactory, SpokenLanguageFactory
from miteinander.cooperation.guides.tests.factories import CertificateFactory, InterestFactory
from miteinander.encounters.activities.models import Participation
from miteinander.encounters.activities.tests.factories import (
    ActivityFactory,
    DateFactory,
    ParticipationFactory,
    PollAnswerFactory,
)
from miteinander.foundation.core.models import Instance
from miteinander.foundation.core.permissions import SystemActor
from miteinander.outward.exchange.services import keys
from tests.world import SIGN_IN_BACKEND

pytestmark = pytest.mark.django_db
NAME, EMAIL, PHONE = "Kanarienvogel Amal", "kanarie@example.org", "+49561987654"
BACKGROUNDS = ("newcomer", "local", "undisclosed")


def everything_stored() -> Iterator[str]:
    for model in apps.get_models(include_auto_created=True):
        yield from serializers.serialize("jsonl", model._base_manager.all()).splitlines()
    for session in Session.objects.all():
        yield json.dumps(session.get_decoded(), default=str)


def hits() -> list[str]:
    words = (NAME, EMAIL, PHONE.removeprefix("+49"))
    return [row for row in everything_stored() for word in words if word in row]


@pytest.fixture
def person(run_jobs: Callable[[], int]) -> Person:
    """Somebody who has done everything here that a person can do."""
    row: Person = PersonFactory.create(
        name=NAME, email=EMAIL, phone=PHONE, background="newcomer", language="uk"
    )
    Instance.objects.update_or_create(pk=1, defaults={"contact_email": "house@example.org"})
    SpokenLanguageFactory.create(person=row, language="uk")
    membership = MembershipFactory.create(person=row)
    CoordinatorRoleFactory.create(person=row)
    InvitationFactory.create(email=EMAIL.upper(), invited_by=None)
    InvitationFactory.create(invited_by=row)
    activity = ActivityFactory.create(
        organisation=membership.organisation, created_by=row,
        contact_name=NAME, contact_phone=PHONE, contact_email=EMAIL,
    )  # fmt: skip
    ActivityFactory.create(contact_name=NAME, contact_email=EMAIL)
    ParticipationFactory.create(date=DateFactory.create(activity=activity), marked_by=row)
    PollAnswerFactory.create(person=row, language="uk", side="newcomer")
    InterestFactory.create(person=row, talk_place="Rathaus")
    CertificateFactory.create(trainee__person=row, shows_name=True)
    keys.create_key(actor=row, person_id=row.pk)
    client = Client(headers={"user-agent": "Mozilla/5.0 (Android 14; Mobile) Firefox/140.0"})
    client.force_login(row, backend=SIGN_IN_BACKEND)
    client.post(f"/de/activities/{DateFactory.create().pk}/sign-up/")
    run_jobs()
    client.post(f"/de/activities/{DateFactory.create().pk}/sign-up/")
    client.post(
        "/de/accessibility/feedback/",
        {"message": f"Gruß, {NAME}", "page": "", "reply_to": EMAIL},
    )
    return row


def test_nothing_is_found_of_an_erased_person_in_any_table(
    person: Person, run_jobs: Callable[[], int]
) -> None:
    assert len(hits()) >= 6

    people.erase_person(actor=SystemActor(), person_id=person.pk)

    assert hits() == []
    run_jobs()
    assert hits() == []


def test_a_person_takes_everything_along(person: Person) -> None:
    told = people.export_person(actor=SystemActor(), person_id=person.pk)

    facts = json.loads(told)
    assert all(word in told for word in (NAME, EMAIL, PHONE, "newcomer", "Gruß"))
    assert len(facts["activities"]["seats"]) == 2
    assert len(facts["activities"]["planned"]) == 1
    assert len(facts["activities"]["date_polls"][0]["dates"]) == 3
    assert len(facts["organisations"]["memberships"]) == 1
    assert len(facts["guides"]["certificates"]) == len(facts["guides"]["interest"]) == 1


def test_figures_of_who_took_part_stay_the_same(person: Person) -> None:
    def counted() -> Counter[tuple[str, str]]:
        rows = Participation.objects.exclude(status="given_back").values_list(
            "presence", "person__background"
        )
        return Counter(rows)

    past = DateFactory.create()
    for background in BACKGROUNDS:
        ParticipationFactory.create(date=past, person__background=background, presence="present")
    ParticipationFactory.create(date=past, person=person, presence="present")
    past.starts_at = past.starts_at.replace(year=past.starts_at.year - 1)
    past.ends_at = past.ends_at.replace(year=past.ends_at.year - 1)
    past.save()
    Participation.objects.exclude(date=past).delete()
    before = counted()

    people.erase_person(actor=SystemActor(), person_id=person.pk)

    assert counted() == before
    assert sum(before.values()) == 4
