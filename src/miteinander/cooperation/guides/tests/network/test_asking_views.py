"""The pages of asking: by link without signing in, the desk of coordinators, the guide's list."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from miteinander.community.organisations.tests.factories import CoordinatorRoleFactory
from miteinander.community.people.models import Person
from miteinander.community.regions.models import Region
from miteinander.community.regions.tests.factories import RegionFactory
from miteinander.cooperation.guides.models import Ask, Assignment
from miteinander.cooperation.guides.tests.network.factories import (
    AskFactory,
    AssignmentFactory,
    GuideFactory,
    RequestFactory,
)
from miteinander.foundation.core import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Region:
    place: Region = RegionFactory.create()
    return place


@pytest.fixture
def coordinator(town: Region) -> Person:
    person: Person = CoordinatorRoleFactory.create(region=town).person
    return person


@pytest.fixture
def ask(town: Region, coordinator: Person) -> Ask:
    row: Ask = AskFactory.create(
        request=RequestFactory.create(municipality=town),
        guide=GuideFactory.create(municipality=town),
        asked_by=coordinator,
    )
    return row


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_the_link_shows_what_and_when_and_never_who(client: Client, ask: Ask) -> None:
    page = client.get(reverse("guides:asked", args=[ask.token])).content.decode()
    assert ask.request.municipality.name in page
    for secret in ("Sekretariat", "schule.example", "900100", "Familie", "Schulstra"):
        assert secret not in page


def test_yes_is_one_tap_without_signing_in(client: Client, ask: Ask) -> None:
    answer = client.post(reverse("guides:answer", args=[ask.token]), {"yes": "1"}, follow=True)
    assert Assignment.objects.get().guide == ask.guide
    address = reverse("guides:assignment", args=[Assignment.objects.get().pk])
    assert address in answer.content.decode()
    assert client.get(address).status_code == 302


def test_no_is_thanked_and_a_change_of_mind_is_possible(client: Client, ask: Ask) -> None:
    address = reverse("guides:answer", args=[ask.token])
    client.post(address, {"no": "1"})
    ask.refresh_from_db()
    assert ask.answer == "no"
    client.post(address, {"yes": "1"})
    assert Assignment.objects.exists()


def test_a_late_yes_is_told_kindly(client: Client, ask: Ask) -> None:
    Ask.objects.filter(pk=ask.pk).update(answer="expired")
    AskFactory.create(request=ask.request)
    with translation.override("en"):
        address = reverse("guides:answer", args=[ask.token])
        page = client.post(address, {"yes": "1"}, follow=True).content.decode()
    assert "somebody else is asked now" in page
    assert not Assignment.objects.exists()


def test_a_flexible_request_keeps_what_was_typed(client: Client, town: Region) -> None:
    flexible = RequestFactory.create(municipality=town, starts_at=None)
    ask = AskFactory.create(request=flexible, guide=GuideFactory.create(municipality=town))
    address = reverse("guides:answer", args=[ask.token])
    page = client.post(address, {"yes": "1", "day": "", "start": "10:15"})
    assert page.status_code == 200
    assert 'value="10:15"' in page.content.decode()
    day = clock.today() + timedelta(days=3)
    client.post(address, {"yes": "1", "day": day.isoformat(), "start": "10:15"})
    local = clock.local(Assignment.objects.get().starts_at)
    assert (local.date(), local.hour, local.minute) == (day, 10, 15)


def test_a_coordinator_asks_stops_and_changes_the_time(coordinator: Person, town: Region) -> None:
    row = RequestFactory.create(municipality=town)
    guide = GuideFactory.create(municipality=town)
    client = signed_in(coordinator)
    page = client.get(reverse("guides:request_detail", args=[row.pk])).content.decode()
    assert reverse("guides:ask_guide", args=[row.pk]) in page
    client.post(reverse("guides:ask_guide", args=[row.pk]), {"guide": guide.pk})
    assert Ask.objects.get().guide == guide
    page = client.get(reverse("guides:request_detail", args=[row.pk])).content.decode()
    assert reverse("guides:ask_guide", args=[row.pk]) not in page
    client.post(reverse("guides:stop_asking", args=[row.pk]))
    assert Ask.objects.get().answer == "withdrawn"
    day = clock.today() + timedelta(days=20)
    typed = {"day": day.isoformat(), "start": "08:30", "minutes": "45"}
    address = reverse("guides:request_time", args=[row.pk])
    assert client.post(address, typed | {"day": "2020-01-01"}).status_code == 200
    client.post(address, typed)
    row.refresh_from_db()
    assert row.starts_at is not None
    assert (clock.local(row.starts_at).date(), row.minutes, row.time_turn) == (day, 45, 1)


@pytest.mark.parametrize("guide", ["", "x", "99999999999999999999999", "0"])
def test_a_guide_that_is_none_is_told_so(coordinator: Person, town: Region, guide: str) -> None:
    row = RequestFactory.create(municipality=town)
    client = signed_in(coordinator)
    answer = client.post(reverse("guides:ask_guide", args=[row.pk]), {"guide": guide})
    assert answer.status_code == 302
    assert not Ask.objects.exists()


def test_a_guide_sees_the_own_list_with_a_constant_number_of_queries(ask: Ask) -> None:
    client, counts, page = signed_in(ask.guide.person), [], ""
    for _times in range(3):
        AssignmentFactory.create(guide=ask.guide)
        with CaptureQueriesContext(connection) as queries:
            page = client.get(reverse("guides:assignments")).content.decode()
        counts.append(len(queries))
    assert counts[1] == counts[2]
    assert reverse("guides:asked", args=[ask.token]) in page
    assert page.count("/assignments/") >= 3
