"""The screens of hours: what waits, the year of a guide, a correction, the statement."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from miteinander.community.organisations.tests.factories import CoordinatorRoleFactory
from miteinander.community.people.models import Person
from miteinander.community.regions.tests.factories import RegionFactory
from miteinander.cooperation.guides.models import Guide, Hours
from miteinander.cooperation.guides.papers_hours import last_quarters, quarter_of, statement_pdf
from miteinander.cooperation.guides.tests.network.factories import GuideFactory, HoursFactory
from miteinander.foundation.core import clock
from miteinander.foundation.ui.paper import missing_parts

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """The words looked for are those of the source."""
    with translation.override("en"):
        yield


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


def test_many_hours_are_confirmed_with_one_press(coordinator: Person, guide: Guide) -> None:
    rows = [HoursFactory.create(guide=guide) for _turn in range(3)]
    far = HoursFactory.create()
    client = signed_in(coordinator)
    page = client.get(reverse("guides:hours")).content.decode()
    assert guide.person.name in page
    assert far.guide.person.name not in page

    client.post(reverse("guides:hours"), {"hours": [rows[0].pk, rows[1].pk, far.pk]})

    states = dict(Hours.objects.values_list("pk", "status"))
    assert [states[row.pk] for row in (*rows, far)] == [
        "confirmed", "confirmed", "reported", "reported",
    ]  # fmt: skip
    client.post(reverse("guides:hours"), {"hours": rows[2].pk, "refuse": "1"})
    rows[2].refresh_from_db()
    assert rows[2].status == "refused"


def test_what_is_above_the_limit_is_told_and_stays(coordinator: Person, guide: Guide) -> None:
    day = clock.today()
    HoursFactory.create(guide=guide, day=day, minutes=276 * 60, status="confirmed", rate_cents=500)
    row = HoursFactory.create(guide=guide, day=day, minutes=30)
    client = signed_in(coordinator)
    page = client.post(reverse("guides:hours"), {"hours": row.pk}, follow=True).content.decode()
    assert "above the limit" in page
    row.refresh_from_db()
    assert row.status == "reported"
    client.post(reverse("guides:hours"), {"hours": row.pk, "unpaid": "1"})
    row.refresh_from_db()
    assert (row.status, row.rate_cents) == ("confirmed", 0)


@pytest.mark.parametrize("typed", [{}, {"hours": "x"}, {"hours": "99999999999999999999"}])
def test_nothing_chosen_says_what_to_do(coordinator: Person, typed: dict[str, str]) -> None:
    answer = signed_in(coordinator).post(reverse("guides:hours"), typed, follow=True)
    assert "Choose at least one entry" in answer.content.decode()


def test_a_guide_reports_other_time_and_sees_the_year(guide: Guide) -> None:
    client = signed_in(guide.person)
    page = client.get(reverse("guides:my_hours"), follow=True).content.decode()
    assert "Report other time" in page
    typed = {"day": clock.today().isoformat(), "minutes": "90", "kilometres": "4"}
    client.post(reverse("guides:hours_report", args=[guide.pk]), typed)
    assert Hours.objects.get().minutes == 90
    wrong = client.post(reverse("guides:hours_report", args=[guide.pk]), typed | {"minutes": "0"})
    assert wrong.status_code == 200
    assert Hours.objects.count() == 1


def test_a_warning_stands_before_the_limit(guide: Guide) -> None:
    HoursFactory.create(guide=guide, minutes=13250, status="confirmed", rate_cents=500)
    page = signed_in(guide.person).get(reverse("guides:hours_of", args=[guide.pk]))
    assert "80 per cent" in page.content.decode()
    assert "tax office" in page.content.decode()


def test_a_correction_is_shown_to_the_guide(coordinator: Person, guide: Guide) -> None:
    row = HoursFactory.create(guide=guide)
    typed = {"minutes": "60", "kilometres": "0", "reason": "typing"}
    signed_in(coordinator).post(reverse("guides:hours_correct", args=[row.pk]), typed)
    page = signed_in(guide.person).get(reverse("guides:hours_of", args=[guide.pk]))
    assert "Corrected from 90 to 60 minutes" in page.content.decode()
    denied = signed_in(guide.person).post(reverse("guides:hours_correct", args=[row.pk]), typed)
    assert denied.status_code == 404


def test_the_statement_holds_what_was_confirmed_in_the_quarter(guide: Guide) -> None:
    for day, status in (
        (date(2026, 3, 31), "confirmed"), (date(2026, 4, 1), "confirmed"),
        (date(2026, 6, 30), "confirmed"), (date(2026, 5, 1), "reported"),
        (date(2026, 7, 1), "confirmed"),
    ):  # fmt: skip
        HoursFactory.create(
            guide=guide, day=day, minutes=100, kilometres=10, status=status, rate_cents=500,
            km_cents=30,
        )  # fmt: skip
    address = reverse("guides:statement_xlsx", args=[guide.pk])
    answer = signed_in(guide.person).get(address, {"quarter": "2026-2"})
    sheet = load_workbook(BytesIO(answer.content)).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    assert len(rows) == 5
    assert rows[-1][1:] == (200, 20, 16.66, 6, 22.66)


@pytest.mark.skipif(bool(missing_parts()), reason="printing needs parts of the system")
def test_the_statement_is_printed(guide: Guide) -> None:
    HoursFactory.create(guide=guide, status="confirmed", rate_cents=500)
    assert statement_pdf(guide, quarter_of(clock.today()), clock.now()).startswith(b"%PDF")


def test_quarters_go_back_over_the_year() -> None:
    assert last_quarters(date(2026, 5, 31)) == ["2026-2", "2026-1", "2025-4", "2025-3"]


def test_the_list_asks_as_often_for_many_as_for_few(
    coordinator: Person, guide: Guide, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    counts = []
    for more in (10, 40):
        for _turn in range(more):
            HoursFactory.create(guide=guide)
        client = signed_in(coordinator)
        client.get(reverse("guides:hours"))
        with django_assert_max_num_queries(60) as asked:
            client.get(reverse("guides:hours"))
        counts.append(len(asked))
    assert counts[0] >= counts[1] - 1
