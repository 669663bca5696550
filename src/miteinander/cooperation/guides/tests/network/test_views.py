"""The screens of the network: the list, the shared page, papers, pauses, leaving."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from miteinander.community.organisations.tests.factories import CoordinatorRoleFactory
from miteinander.community.people.models import Person
from miteinander.community.regions.tests.factories import RegionFactory
from miteinander.cooperation.guides.models import Guide
from miteinander.cooperation.guides.tests.factories import InterestFactory
from miteinander.cooperation.guides.tests.network.factories import GuideFactory
from miteinander.foundation.audit.models import AuditEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator() -> Person:
    person: Person = CoordinatorRoleFactory.create(region=RegionFactory.create()).person
    return person


@pytest.fixture
def guide(coordinator: Person) -> Guide:
    row: Guide = GuideFactory.create(municipality=coordinator.coordinator_roles.get().region)
    return row


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def filled_in(guide: Guide, **changes: object) -> dict[str, object]:
    return {
        "language_1": "ti", "level_1": "b2", "language_2": "de", "level_2": "b1",
        "municipality": guide.municipality_id, "areas": [guide.municipality_id],
        "ways": ["person", "phone"], "topics": ["school"], "unwanted": ["money"],
        "times": ["0-2", "6-0"], **changes,
    }  # fmt: skip


def test_a_coordinator_takes_somebody_in_and_writes_the_page(coordinator: Person) -> None:
    town = coordinator.coordinator_roles.get().region
    interest = InterestFactory.create(status="suitable", municipality=town)
    client = signed_in(coordinator)
    assert interest.person.name in client.get(reverse("guides:network")).content.decode()

    answer = client.post(reverse("guides:guide_add"), {"person": interest.person_id})

    guide = Guide.objects.get()
    assert answer.headers["Location"] == reverse("guides:guide_edit", args=[guide.pk])
    client.post(answer.headers["Location"], filled_in(guide))
    guide.refresh_from_db()
    assert guide.times == (1 << 2) | (1 << 18)
    page = client.get(reverse("guides:guide", args=[guide.pk])).content.decode()
    assert "B2" in page
    assert client.get(reverse("guides:guide_edit", args=[guide.pk])).status_code == 200


@pytest.mark.parametrize("typed", ["", "x", "-1", "987654", "9" * 400])
def test_nobody_known_is_no_person_of_the_list(coordinator: Person, typed: str) -> None:
    signed_in(coordinator).post(reverse("guides:guide_add"), {"person": typed})

    assert not Guide.objects.exists()


def test_a_guide_finds_the_own_page_and_no_papers_to_write(guide: Guide) -> None:
    client = signed_in(guide.person)

    page = client.get(reverse("guides:my_page"), follow=True).content.decode()

    assert reverse("guides:guide_edit", args=[guide.pk]) in page
    assert reverse("guides:guide_documents", args=[guide.pk]) not in page
    assert client.get(reverse("guides:guide_documents", args=[guide.pk])).status_code == 404
    assert client.post(reverse("guides:guide_contact", args=[guide.pk])).status_code == 404
    assert reverse("guides:my_page") in client.get(reverse("people:account")).content.decode()


def test_a_look_at_the_contact_of_a_guide_is_recorded(coordinator: Person, guide: Guide) -> None:
    page = signed_in(coordinator).post(reverse("guides:guide_contact", args=[guide.pk]))

    assert str(guide.person.email) in page.content.decode()
    assert AuditEntry.objects.filter(verb="guides.open_guide_contact", object_id=guide.pk).exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"language_1": "", "language_2": ""},
        {"language_2": "ti"},
        {"areas": []},
        {"areas": ["987654"]},
        {"municipality": "x"},
        {"ways": []},
        {"times": ["7-0"]},
        {"times": ["x"]},
        {"topics": ["money"]},
        {"level_1": "c9"},
    ],
)
def test_what_cannot_be_is_said_at_the_form_and_nothing_is_lost(
    guide: Guide, wrong: dict[str, object]
) -> None:
    address = reverse("guides:guide_edit", args=[guide.pk])

    answer = signed_in(guide.person).post(address, filled_in(guide, **wrong))

    assert answer.status_code == 200
    assert 'aria-invalid="true"' in answer.content.decode() or "error" in answer.content.decode()
    guide.refresh_from_db()
    assert guide.languages.filter(code="uk").exists()


def test_papers_pause_and_leaving_by_their_forms(coordinator: Person, guide: Guide) -> None:
    client = signed_in(coordinator)
    one = [guide.pk]

    client.post(reverse("guides:guide_documents", args=one), {"police_inspected_on": "2026-01-02"})
    client.post(reverse("guides:guide_pause", args=one), {"begins": "2026-01-02", "ends": ""})
    guide.refresh_from_db()
    assert guide.police_inspected_by == coordinator
    assert guide.paused_from is not None

    refused = client.post(reverse("guides:guide_pause", args=one), {"begins": "tomorrow"})
    assert refused.status_code == 200
    client.post(reverse("guides:guide_pause", args=one), {"end": "1"})
    client.post(reverse("guides:guide_leave", args=one), {"reason": "moved"})
    guide.refresh_from_db()
    assert (guide.status, guide.left_reason) == ("left", "moved")
    assert not Guide.objects.filter(paused_from__isnull=False).exists()
    assert client.get(reverse("guides:guide", args=one)).status_code == 200


@pytest.mark.parametrize("query", ["?language=uk", "?area=x", "?state=nothing", "?language=%00"])
def test_the_list_takes_whatever_is_typed(coordinator: Person, guide: Guide, query: str) -> None:
    page = signed_in(coordinator).get(reverse("guides:network") + query)

    assert page.status_code == 200
    assert guide.person.name in page.content.decode()


def test_the_list_needs_as_many_queries_for_ten_as_for_fifty(
    coordinator: Person, guide: Guide, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(coordinator)
    address = reverse("guides:network")
    client.get(address)
    GuideFactory.create_batch(9, municipality=guide.municipality)
    with django_assert_max_num_queries(15) as few:
        client.get(address)
    GuideFactory.create_batch(40, municipality=guide.municipality)
    with django_assert_max_num_queries(len(few)):
        client.get(address)
