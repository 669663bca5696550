"""The picture for coordinators: every sum, where and when it counts, and who sees it."""

import io
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from miteinander.community.organisations.tests.factories import CoordinatorRoleFactory
from miteinander.community.people.models import Person
from miteinander.community.people.tests.factories import PersonFactory
from miteinander.community.regions.models import Region
from miteinander.community.regions.tests.factories import RegionFactory
from miteinander.cooperation.guides.models import GuideRequest
from miteinander.cooperation.guides.picture_tables import (
    kind_table,
    language_table,
    left_table,
    missed_table,
    missing_of,
    place_table,
)
from miteinander.cooperation.guides.queries.picture import Picture, Span, Work, picture_of
from miteinander.cooperation.guides.tests.factories import (
    CertificateFactory,
    InterestFactory,
    TraineeFactory,
)
from miteinander.cooperation.guides.tests.network.factories import (
    AssignmentFactory,
    GuideFactory,
    HoursFactory,
    RequestFactory,
)
from miteinander.foundation.core import clock

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 10, tzinfo=timezone.get_fixed_timezone(60))
YEAR = Span(date(2026, 1, 1), date(2027, 1, 1))
SPRING = Span(date(2026, 4, 1), date(2026, 7, 1))


@pytest.fixture(autouse=True)
def _held() -> Any:
    with clock.held_at(NOW):
        yield


@pytest.fixture
def town() -> Region:
    row: Region = RegionFactory.create(name="Baunatal")
    return row


@pytest.fixture
def coordinator(town: Region) -> Person:
    person: Person = CoordinatorRoleFactory.create(region=town).person
    return person


def missed(town: Region, language: str, reason: str, ended_at: datetime = NOW) -> GuideRequest:
    row: GuideRequest = RequestFactory.create(
        municipality=town, language=language, status="unfilled", unfilled_reason=reason,
        ended_at=ended_at,
    )  # fmt: skip
    return row


def picture(coordinator: Person, span: Span = YEAR, region: int | None = None) -> Picture:
    return picture_of(actor=coordinator, span=span, region_id=region)


def test_requests_nobody_took_are_crossed_by_language_and_reason(
    coordinator: Person, town: Region
) -> None:
    for language, reason in (
        ("uk", "time"),
        ("ti", "language"),
        ("ti", "language"),
        ("ti", "area"),
    ):
        missed(town, language, reason)
    missed(RegionFactory.create(), "ti", "language")
    RequestFactory.create(municipality=town, status="withdrawn", ended_at=NOW)

    found = picture(coordinator)

    assert found.missed == {("uk", "time"): 1, ("ti", "language"): 2, ("ti", "area"): 1}
    assert (missing_of(found).count, missing_of(found).most) == (4, 3)
    with translation.override("en"):
        table = missed_table(found)
    assert [list(row) for row in table.rows] == [
        ["Tigrinya", 2, 1, 0, 0, 0, 0, 3],
        ["Ukrainian", 0, 0, 1, 0, 0, 0, 1],
        ["All together", 2, 1, 1, 0, 0, 0, 4],
    ]


@pytest.mark.parametrize(
    ("ended", "counts"),
    [
        ("2026-03-31T23:59:59", 0),
        ("2026-04-01T00:00:00", 1),
        ("2026-06-30T23:59:59", 1),
        ("2026-07-01T00:00:00", 0),
    ],
)
def test_a_quarter_begins_and_ends_at_midnight_here(
    coordinator: Person, town: Region, ended: str, counts: int
) -> None:
    missed(town, "uk", "time", timezone.make_aware(datetime.fromisoformat(ended)))

    assert len(picture(coordinator, SPRING).missed) == counts


def test_people_are_counted_where_they_stand(coordinator: Person, town: Region) -> None:
    InterestFactory.create(municipality=town, status="suitable")
    InterestFactory.create(municipality=town, status="withdrawn")
    InterestFactory.create(municipality=town, asked_at=NOW - timedelta(days=400))
    trainee = TraineeFactory.create(person=PersonFactory.create(municipality=town))
    gone = TraineeFactory.create(
        course=trainee.course, person=PersonFactory.create(municipality=town)
    )
    gone.left_at, gone.left_reason = NOW, "time"
    gone.save()
    TraineeFactory.create(course=trainee.course, person=PersonFactory.create(
        municipality=RegionFactory.create()))  # fmt: skip
    CertificateFactory.create(trainee=trainee)
    bare = {"municipality": town, "certified": False}
    GuideFactory.create(**bare)
    GuideFactory.create(**bare, paused_from=date(2026, 11, 1))
    GuideFactory.create(**bare, paused_from=date(2026, 12, 1))
    GuideFactory.create(**bare, status="left", left_on=date(2026, 5, 2), left_reason="moved")
    GuideFactory.create(**bare, joined_at=NOW + timedelta(days=1))
    GuideFactory.create(certified=False)

    people = picture(coordinator).people

    assert (people.interested, people.in_training, people.certified) == (1, 2, 1)
    assert (people.active, people.paused) == (2, 1)
    assert (people.left_network, people.left_course) == ({"moved": 1}, {"time": 1})
    assert picture(coordinator, SPRING).people.left_course == {}
    rows = {str(row[0]): tuple(row[1:]) for row in left_table(picture(coordinator)).rows}
    assert len(rows) == 6
    assert sum(map(sum, rows.values())) == 2


def test_a_guide_who_left_later_counts_as_active_before(coordinator: Person, town: Region) -> None:
    GuideFactory.create(
        municipality=town, joined_at=NOW - timedelta(days=300), status="left",
        left_on=date(2026, 7, 1), left_reason="moved",
    )  # fmt: skip

    assert picture(coordinator, SPRING).people.active == 1
    assert picture(coordinator).people.active == 0


def test_somebody_in_two_courses_is_one_person_in_training(
    coordinator: Person, town: Region
) -> None:
    person = PersonFactory.create(municipality=town)
    TraineeFactory.create(person=person)
    TraineeFactory.create(person=person)

    assert picture(coordinator).people.in_training == 1


def test_work_is_added_up_by_kind_place_and_language(coordinator: Person, town: Region) -> None:
    past = NOW - timedelta(days=3)
    guide = GuideFactory.create(municipality=town, certified=False)
    asked = RequestFactory.create(municipality=town, starts_at=past, status="done", ended_at=NOW)
    taken = AssignmentFactory.create(request=asked, guide=guide, status="happened")
    HoursFactory.create(guide=guide, assignment=taken, minutes=75, status="confirmed", rate_cents=0)
    HoursFactory.create(guide=guide, minutes=30)
    HoursFactory.create(guide=guide, minutes=600, status="refused")
    other = RequestFactory.create(municipality=town, starts_at=past, language="ti", kind="show")
    AssignmentFactory.create(request=other, guide=guide, status="cancelled")

    found = picture(coordinator)

    assert found.work == {
        ("parents", town.pk, "uk"): Work(1, 1, 75),
        ("show", town.pk, "ti"): Work(1, 0, 0),
        ("", town.pk, ""): Work(0, 0, 30),
    }
    with translation.override("en"):
        for table in (kind_table(found), place_table(found), language_table(found)):
            assert list(table.rows[-1]) == ["All together", 2, 1, 1.8]
        assert [row[0] for row in language_table(found).rows][:-1] == [
            "Tigrinya", "Ukrainian", "Without a request",
        ]  # fmt: skip


def test_a_chosen_region_narrows_and_one_of_others_shows_nothing() -> None:
    district = RegionFactory.create(kind="district", ags="06633")
    one, two = RegionFactory.create_batch(2, parent=district)
    stranger = RegionFactory.create()
    coordinator = CoordinatorRoleFactory.create(region=district).person
    for place in (one, two, two, stranger):
        missed(place, "uk", "time")

    def count(region: int | None) -> int:
        return sum(picture(coordinator, region=region).missed.values())

    assert [count(one.pk), count(two.pk), count(district.pk), count(None)] == [1, 2, 3, 3]
    assert count(stranger.pk) == 0
    assert sum(picture(PersonFactory.create()).missed.values()) == 0


def get(person: Person, name: str = "picture", query: str = "") -> Any:
    client = Client()
    client.force_login(person)
    return client.get(reverse(f"guides:{name}") + query)


def test_the_page_says_first_what_is_missing_and_names_nobody(
    coordinator: Person, town: Region
) -> None:
    guide = GuideFactory.create(municipality=town, person__name="Kanarie Vogel")
    HoursFactory.create(guide=guide)
    missed(town, "ti", "language")
    missed(town, "ti", "area")

    page = get(coordinator, query="?period=2026-4").content.decode()

    assert "(2)" in page
    assert page.index("Tigrinya") < page.index("Baunatal</th>")
    assert "Kanarie" not in page
    assert page.count("<caption>") == 6


@pytest.mark.parametrize(
    "query", ["?period=2026-9", "?period=x", "?region=x", "?region=999999", "?period=%00"]
)
def test_what_cannot_be_chosen_is_said_and_shows_no_numbers(
    coordinator: Person, town: Region, query: str
) -> None:
    missed(town, "ti", "language")

    answer = get(coordinator, query=query)

    assert answer.status_code == 200
    assert "<caption>" not in answer.content.decode()
    assert get(coordinator, "picture_xlsx", query).status_code == 404


def test_no_language_leads_where_two_are_equal(coordinator: Person, town: Region) -> None:
    missed(town, "ti", "area")
    missed(town, "uk", "area")

    missing = missing_of(picture(coordinator))

    assert (missing.count, missing.language) == (2, "")
    assert get(coordinator).status_code == 200


def test_nothing_missing_is_said_in_words(coordinator: Person) -> None:
    page = get(coordinator, query="?period=&region=").content.decode()

    assert page.count("<caption>") == 5


def test_the_file_has_the_numbers_of_the_page(coordinator: Person, town: Region) -> None:
    missed(town, "ti", "language")

    answer = get(coordinator, "picture_xlsx", "?period=2026-4")

    assert answer.headers["Content-Disposition"] == 'attachment; filename="guides-2026-4.xlsx"'
    (sheet,) = load_workbook(io.BytesIO(answer.content)).worksheets
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert [row[1:] for row in rows[4:6]] == [[1, 0, 0, 0, 0, 0, 1]] * 2


def test_the_picture_takes_as_many_queries_for_one_as_for_many(
    coordinator: Person, town: Region, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    def fill() -> None:
        missed(town, "ti", "language")
        taken = AssignmentFactory.create(request__municipality=town, status="happened")
        HoursFactory.create(guide=GuideFactory.create(municipality=town), assignment=taken)
        place = RegionFactory.create(parent=town)
        InterestFactory.create(municipality=place)

    fill()
    with django_assert_num_queries(11):
        picture(coordinator)
    for _number in range(6):
        fill()
    with django_assert_num_queries(11):
        picture(coordinator)
