import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from miteinander.community.organisations.models import Organisation
from miteinander.community.organisations.tests.factories import (
    MembershipFactory,
    OrganisationFactory,
)
from miteinander.community.people.tests.factories import PersonFactory
from miteinander.encounters.activities.models import Activity
from miteinander.foundation.core import clock
from miteinander.outward.exchange.tests.calendar_files import NOW, calendar_file, entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def club() -> Organisation:
    return OrganisationFactory.create(slug="chor", name="Chor & Co")


@pytest.fixture
def member_client(client: Client, club: Organisation) -> Client:
    person = PersonFactory.create()
    MembershipFactory.create(organisation=club, person=person)
    client.force_login(person)
    return client


def upload(client: Client, octets: bytes) -> tuple[int, str]:
    file = SimpleUploadedFile("chor.ics", octets, "text/calendar")
    address = reverse("exchange:import_calendar", args=["chor"])
    with clock.held_at(NOW):
        response = client.post(address, {"calendar": file, "language": "de"})
    return response.status_code, response.content.decode()


def test_a_member_sees_the_form(member_client: Client) -> None:
    page = member_client.get(reverse("exchange:import_calendar", args=["chor"]))
    assert page.status_code == 200
    assert 'type="file"' in page.content.decode()
    assert page["Cache-Control"] == "no-store, private"


@pytest.mark.process
def test_a_member_brings_a_calendar_in_and_reads_the_report(member_client: Client) -> None:
    private = entry(uid="2", title="<b>Geheim</b>", CLASS=":PRIVATE")
    status, page = upload(member_client, calendar_file(entry(), private))
    assert status == 200
    assert "Chorprobe" in page
    assert "&lt;b&gt;Geheim&lt;/b&gt;" in page
    assert Activity.objects.count() == 1


@pytest.mark.process
def test_a_file_that_is_none_is_refused_at_the_field(member_client: Client) -> None:
    status, page = upload(member_client, b"hello")
    assert status == 200
    assert 'aria-invalid="true"' in page
    assert not Activity.objects.exists()


def test_a_file_that_is_too_big_is_not_even_read(member_client: Client) -> None:
    status, page = upload(member_client, b"x" * 1_000_001)
    assert status == 200
    assert 'aria-invalid="true"' in page


def test_who_does_not_plan_for_the_club_finds_no_such_page(
    client: Client, club: Organisation
) -> None:
    address = reverse("exchange:import_calendar", args=["chor"])
    assert client.get(address).status_code == 302
    client.force_login(PersonFactory.create())
    assert client.get(address).status_code == 404
    assert upload(client, calendar_file(entry()))[0] == 404
    assert not Activity.objects.exists()
