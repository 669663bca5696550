"""The picture for coordinators: whose it is, what is counted, and what stays hidden."""

import csv
import io
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from miteinander.community.organisations.enums import MembershipRole
from miteinander.community.organisations.models import Organisation
from miteinander.community.organisations.tests.factories import (
    CoordinatorRoleFactory,
    MembershipFactory,
    OrganisationFactory,
)
from miteinander.community.people.enums import Background
from miteinander.community.people.models import Person
from miteinander.community.people.tests.factories import (
    AdministratorFactory,
    GuestFactory,
    PersonFactory,
)
from miteinander.encounters.activities.enums import ParticipationStatus, Presence
from miteinander.encounters.activities.models import ActivityDate, Feedback, Participation
from miteinander.encounters.activities.permissions import can_see_picture, pictured_by
from miteinander.encounters.activities.queries.gathering import Criteria, gather
from miteinander.encounters.activities.queries.picture import By, Picture, picture_of
from miteinander.encounters.activities.services import privacy
from miteinander.encounters.activities.tests.factories import (
    ActivityFactory,
    DateFactory,
    ParticipationFactory,
)
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import Actor, SystemActor

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 20, 10, 0, tzinfo=UTC)
ALWAYS = Criteria(datetime(2024, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))
LOCAL, NEWCOMER, UNSAID = Background.LOCAL, Background.NEWCOMER, Background.UNDISCLOSED
SYSTEM = SystemActor("test")


def held(organisation: Organisation, days_ago: int = 10, **more: Any) -> ActivityDate:
    date: ActivityDate = DateFactory.create(
        activity=more.pop("activity", None) or ActivityFactory.create(organisation=organisation),
        starts_at=NOW - timedelta(days=days_ago),
        capacity=60,
        **more,
    )
    return date


def people_at(
    date: ActivityDate, sides: Sequence[int], presence: str = Presence.PRESENT
) -> list[Participation]:
    return [
        ParticipationFactory.create(
            date=date, presence=presence, person=GuestFactory.create(background=side)
        )
        for side, count in zip((LOCAL, NEWCOMER, UNSAID), sides, strict=True)
        for _number in range(count)
    ]


def seen(actor: Actor, by: str = By.ACTIVITY, criteria: Criteria = ALWAYS) -> Picture:
    return picture_of(actor, criteria, by, NOW)


def test_each_side_is_counted_as_signed_up_and_present() -> None:
    date = held(OrganisationFactory.create())
    people_at(date, (6, 5, 0))
    people_at(date, (1, 2, 0), Presence.ABSENT)
    for status in (ParticipationStatus.GIVEN_BACK, ParticipationStatus.WAITING):
        ParticipationFactory.create(date=date, status=status)
    (line,) = seen(SYSTEM).lines
    assert (line.signed_up, line.signed_up_all) == ((7, 7, 0), 14)
    assert (line.present, line.present_all) == ((6, 5, 0), 11)
    assert (line.dates, line.seats, line.first_time) == (1, 60, 11)


def test_the_side_said_at_the_sign_up_comes_first() -> None:
    date = held(OrganisationFactory.create())
    for seat in people_at(date, (6, 0, 6)):
        if seat.person.background == UNSAID:
            seat.side = NEWCOMER
            seat.save()
    assert seen(SYSTEM).lines[0].present == (6, 6, 0)


def test_only_dates_that_took_place_are_counted() -> None:
    organisation = OrganisationFactory.create()
    held(organisation)
    held(organisation, status="cancelled")
    held(organisation, days_ago=-3)
    held(organisation, activity=ActivityFactory.create(published_at=None))
    assert seen(SYSTEM).total.dates == 1


def test_figures_stay_the_same_when_rows_are_deleted_by_their_age() -> None:
    organisation = OrganisationFactory.create()
    for days_ago in (400, 401, 402, 403, 404):
        people_at(held(organisation, days_ago=days_ago), (6, 7, 5))
    before = seen(SYSTEM, By.ORGANISATION)
    assert privacy.forget_old_participations(actor=SYSTEM, now=NOW) == 90
    assert not Participation.objects.exists()
    assert seen(SYSTEM, By.ORGANISATION) == before
    assert before.total.first_time == 90


def test_who_came_before_is_not_there_for_the_first_time() -> None:
    organisation = OrganisationFactory.create()
    earlier, later = held(organisation, 30), held(organisation, 20)
    for seat in people_at(earlier, (6, 6, 0))[:7]:
        ParticipationFactory.create(date=later, person=seat.person, presence=Presence.PRESENT)
    people_at(later, (5, 0, 0))
    figures = gather(SYSTEM, ALWAYS, NOW)
    assert [figure.first_time for figure in figures] == [12, 5]


def test_somebody_new_met_is_told_from_feedback() -> None:
    date = held(OrganisationFactory.create())
    for number in range(8):
        Feedback.objects.create(date=date, key=str(number), met_new="yes" if number < 6 else "no")
    assert seen(SYSTEM).total.met_new == 6


def test_the_share_of_dates_with_both_sides_needs_five_dates() -> None:
    organisation = OrganisationFactory.create()
    for number in range(5):
        people_at(held(organisation, 10 + number), (1, 1 if number < 3 else 0, 0))
    many, few = seen(SYSTEM, By.ORGANISATION), seen(SYSTEM, By.ACTIVITY)
    assert many.lines[0].share_of_both == 60
    assert {line.share_of_both for line in few.lines} == {None}
    assert few.total.share_of_both == 60


def test_small_numbers_are_hidden_and_do_not_follow_from_totals() -> None:
    organisation = OrganisationFactory.create()
    for number, sides in enumerate([(8, 7, 0), (9, 9, 5), (3, 9, 0)]):
        people_at(held(organisation, 10 + number), sides)
    picture = seen(SYSTEM, By.ACTIVITY)
    assert [line.present for line in picture.lines].count(None) == 2
    assert picture.total.present == (20, 25, 5)
    assert [line.present_all for line in picture.lines] == [15, 23, 12]


@pytest.mark.parametrize(
    ("by", "labels"),
    [
        (By.MONTH, ["April 2026", "Juni 2026"]),
        (By.ORGANISATION, ["Alte Schule", "Zoo"]),
    ],
)
def test_lines_stand_for_what_was_chosen(by: By, labels: list[str]) -> None:
    held(OrganisationFactory.create(name="Zoo"), 5)
    held(OrganisationFactory.create(name="Alte Schule"), 60)
    assert [line.label for line in seen(SYSTEM, by).lines] == labels


def test_filters_narrow_the_picture() -> None:
    mine, other = OrganisationFactory.create_batch(2)
    date = held(mine)
    held(other, 60)
    place = date.activity.municipality_id
    begin, end = ALWAYS.begin, ALWAYS.end
    for criteria in (
        Criteria(begin, end, organisation_id=mine.pk),
        Criteria(begin, end, municipality_id=place),
        Criteria(NOW - timedelta(days=30), end),
    ):
        assert seen(SYSTEM, criteria=criteria).total.dates == 1


def planners() -> tuple[Organisation, dict[str, Person]]:
    organisation = OrganisationFactory.create()
    region = organisation.municipality
    return organisation, {
        "manager": MembershipFactory.create(
            organisation=organisation, role=MembershipRole.MANAGER
        ).person,
        "coordinator": CoordinatorRoleFactory.create(region=region).person,
        "coordinator of it": CoordinatorRoleFactory.create(
            region=None, organisation=organisation
        ).person,
        "administrator": AdministratorFactory.create(),
        "member": MembershipFactory.create(organisation=organisation).person,
        "coordinator elsewhere": CoordinatorRoleFactory.create(
            region=OrganisationFactory.create().municipality
        ).person,
        "stranger": PersonFactory.create(),
    }


def test_rule_and_set_agree() -> None:
    organisation, people = planners()
    other = OrganisationFactory.create()
    for person in people.values():
        for one in (organisation, other):
            is_in = Organisation.objects.filter(pictured_by(person), pk=one.pk).exists()
            assert is_in == can_see_picture(person, one)


def test_everybody_sees_their_own_scope_only() -> None:
    organisation, people = planners()
    held(organisation)
    held(OrganisationFactory.create())
    counted = {name: seen(person).total.dates for name, person in people.items()}
    assert counted == {
        "manager": 1, "coordinator": 1, "coordinator of it": 1, "administrator": 2,
        "member": 0, "coordinator elsewhere": 0, "stranger": 0,
    }  # fmt: skip


@pytest.mark.parametrize("name", ["picture", "picture_csv", "picture_xlsx"])
def test_strangers_and_plain_members_do_not_find_it(client: Client, name: str) -> None:
    _organisation, people = planners()
    address = reverse(f"activities:{name}")
    assert client.get(address).status_code == 302
    for role in ("stranger", "member"):
        client.force_login(people[role])
        assert client.get(address).status_code == 404
    client.force_login(people["manager"])
    assert client.get(address).status_code == 200


def test_the_page_shows_charts_and_the_same_numbers_as_a_table(client: Client) -> None:
    organisation, people = planners()
    people_at(held(organisation), (8, 7, 5))
    client.force_login(people["manager"])
    with clock.held_at(NOW):
        page = client.get(reverse("activities:picture") + "?by=activity").content.decode()
    assert page.count('<svg class="bar"') == 4
    assert 'class="bar-newcomer" x="40.0" y="0" width="35.0"' in page
    assert "<td" in page
    assert "style=" not in page
    assert page.count("<h1") == 1


@pytest.mark.parametrize(
    "query", ["?first=2026-06&last=2026-01", "?first=x", "?organisation=999999", "?by=person"]
)
def test_a_filter_that_cannot_be_used_is_said(client: Client, query: str) -> None:
    client.force_login(AdministratorFactory.create())
    with clock.held_at(NOW):
        page = client.get(reverse("activities:picture") + query)
        assert page.status_code == 200
        assert page.context["form"].errors
        assert client.get(reverse("activities:picture_csv") + query).status_code == 404


def test_somebody_elses_organisation_cannot_be_asked_for(client: Client) -> None:
    _organisation, people = planners()
    other = OrganisationFactory.create(name="Geheimer Verein")
    held(other)
    client.force_login(people["manager"])
    page = client.get(reverse("activities:picture") + f"?organisation={other.pk}")
    assert "organisation" in page.context["form"].errors
    assert "Geheimer Verein" not in page.content.decode()


def files(client: Client) -> tuple[list[list[str]], list[list[Any]]]:
    with clock.held_at(NOW):
        plain = client.get(reverse("activities:picture_csv") + "?by=activity").content.decode()
        sheet = client.get(reverse("activities:picture_xlsx") + "?by=activity").content
    book = load_workbook(io.BytesIO(sheet))
    rows = list(csv.reader(io.StringIO(plain.removeprefix("\ufeff")), delimiter=";"))
    return rows, [list(row) for row in book.active.iter_rows()]  # type: ignore[union-attr]


def test_files_hold_the_same_as_the_table_and_no_formula(client: Client) -> None:
    organisation, people = planners()
    activity = ActivityFactory.create(
        organisation=organisation, parts={"title": '=HYPERLINK("http://x")'}
    )
    people_at(held(organisation, activity=activity), (8, 7, 2))
    client.force_login(people["administrator"])
    rows, sheet = files(client)
    assert rows[1][0] == '\'=HYPERLINK("http://x")'
    assert [cell.value for cell in sheet[1]][1:4] == [1, 60, 17]
    assert rows[1][1:4] == ["1", "60", "17"]
    assert {cell.data_type for row in sheet for cell in row} == {"s", "n"}
    assert sheet[1][4].value == rows[1][4]
    assert rows[1][4] not in {"8", ""}
    assert len(rows) == len(sheet) == 3


@pytest.mark.parametrize("by", By.values)
def test_the_number_of_queries_is_the_same_for_ten_dates_and_two_hundred(
    by: str, django_assert_num_queries: Any
) -> None:
    organisation, person = OrganisationFactory.create(), GuestFactory.create()
    seen(SYSTEM, by)  # what Django looks up once and keeps
    activity = ActivityFactory.create(organisation=organisation)
    for size in (10, 190):
        for number in range(size):
            if by == By.ACTIVITY:
                activity = ActivityFactory.create(organisation=organisation, venue=activity.venue)
            date = held(organisation, 10 + number, activity=activity)
            ParticipationFactory.create(date=date, person=person, presence=Presence.PRESENT)
        with django_assert_num_queries(5 if by == By.ACTIVITY else 4):
            picture = seen(SYSTEM, by)
        assert (picture.total.present_all or 0) >= size


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.tuples(st.integers(0, 7), st.integers(0, 7), st.integers(0, 2)), min_size=1, max_size=4
    )
)
def test_lines_add_up_to_the_total_where_all_are_shown(sides: list[tuple[int, int, int]]) -> None:
    Participation.objects.all().delete()
    ActivityDate.objects.all().delete()
    organisation = OrganisationFactory.create()
    for number, counts in enumerate(sides):
        people_at(held(organisation, 10 + number), counts)
    picture = seen(SYSTEM)
    if all(line.present for line in picture.lines) and picture.total.present:
        columns = zip(*(line.present or () for line in picture.lines), strict=True)
        assert tuple(map(sum, columns)) == picture.total.present
