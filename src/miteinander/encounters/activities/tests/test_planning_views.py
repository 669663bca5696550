"""The pages of planning, as browsers use them."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from miteinander.community.organisations.tests.factories import (
    MembershipFactory,
    OrganisationFactory,
)
from miteinander.community.people.models import Person
from miteinander.community.people.tests.factories import PersonFactory
from miteinander.encounters.activities.enums import ActivityStatus, DateStatus
from miteinander.encounters.activities.models import Activity
from miteinander.encounters.activities.queries.tasks import original_parts
from miteinander.encounters.activities.tests.factories import (
    ActivityFactory,
    DateFactory,
    ParticipationFactory,
)
from miteinander.encounters.activities.tests.pages import page as parts_of
from miteinander.encounters.activities.tests.planners import (
    NOW,
    coordinator,
    planner_of,
    ready_draft,
)
from miteinander.foundation.core import clock

pytestmark = pytest.mark.django_db
EDIT_PAGES = (
    "edit_words", "edit_dates", "edit_audience", "edit_languages", "edit_access",
    "edit_contact", "edit_seats",
)  # fmt: skip
PAGES = ("tasks", *EDIT_PAGES, "preview", "versions")


@pytest.fixture(autouse=True)
def _held_clock() -> Iterator[None]:
    with clock.held_at(NOW):
        yield


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def at(name: str, *args: Any) -> str:
    return reverse(f"activities:{name}", args=args)


def as_shown(form: Any) -> dict[str, Any]:
    values = {field.html_name: field.value() for field in form}
    return {name: value for name, value in values.items() if value not in {None, False}}


@pytest.mark.parametrize("name", PAGES)
def test_planners_and_coordinators_see_each_page_and_nobody_else(name: str) -> None:
    activity = ready_draft()
    address = at(name, activity.pk)

    assert signed_in(planner_of(activity.organisation)).get(address).status_code == 200
    assert signed_in(coordinator()).get(address).status_code == 200
    assert signed_in(PersonFactory.create()).get(address).status_code == 404
    stranger = planner_of(OrganisationFactory.create())
    assert signed_in(stranger).get(address).status_code == 404
    assert Client().get(address).status_code == 302


@pytest.mark.parametrize("name", PAGES)
def test_a_published_occasion_is_planned_by_its_own_people_only(name: str) -> None:
    activity = ActivityFactory.create()

    response = signed_in(planner_of(OrganisationFactory.create())).get(at(name, activity.pk))

    assert response.status_code == 404


@pytest.mark.parametrize("name", ["publish", "approve", "ask_back", "hide", "show"])
def test_acts_of_strangers_change_nothing(name: str) -> None:
    activity = ready_draft(status=ActivityStatus.AWAITING_APPROVAL)

    response = signed_in(planner_of(OrganisationFactory.create())).post(
        at(name, activity.pk), {"question": "Why?"}
    )

    assert response.status_code == 404
    activity.refresh_from_db()
    assert activity.status == ActivityStatus.AWAITING_APPROVAL


@pytest.mark.parametrize("name", ["publish", "approve", "hide", "show"])
def test_acts_are_posts_only(name: str) -> None:
    activity = ready_draft()

    response = signed_in(coordinator()).get(at(name, activity.pk))

    assert response.status_code == 405


def test_the_planning_page_groups_by_state() -> None:
    draft = ready_draft()
    person = planner_of(draft.organisation)
    DateFactory.create(
        activity=ActivityFactory.create(organisation=draft.organisation),
        starts_at=NOW + timedelta(days=1),
    )
    ActivityFactory.create()

    page = signed_in(person).get(at("plan"))

    assert [row["activity"].state_rank for row in page.context["rows"]] == [1, 3]


@pytest.mark.parametrize("count", [1, 5])
def test_the_planning_page_takes_as_many_queries_for_five_as_for_one(
    count: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    membership = MembershipFactory.create()
    for _number in range(count):
        DateFactory.create(
            activity=ActivityFactory.create(organisation=membership.organisation),
            starts_at=NOW + timedelta(days=1),
        )
    client = signed_in(membership.person)
    client.get(at("plan"))

    with django_assert_max_num_queries(15):
        client.get(at("plan"))


def test_the_planning_page_says_how_many_seats_are_taken_at_the_next_dates() -> None:
    activity = ActivityFactory.create()
    for day in range(1, 6):
        starts_at = NOW + timedelta(days=day)
        DateFactory.create(activity=activity, starts_at=starts_at, seats_taken=day, capacity=12)
    DateFactory.create(
        activity=activity, starts_at=NOW + timedelta(hours=3), seats_taken=9,
        status=DateStatus.CANCELLED,
    )  # fmt: skip

    with translation.override("en"):
        address = reverse("activities:plan")
    shown = parts_of(signed_in(planner_of(activity.organisation)).get(address))

    [words] = [row.text for row in shown.all("main li.task")]
    assert [f"{day} of 12" in words for day in range(1, 6)] == [True] * 3 + [False] * 2
    assert "9 of 12" not in words
    assert "and 2 more dates" in words


def test_somebody_without_an_organisation_is_told_what_to_do() -> None:
    client = signed_in(PersonFactory.create())

    assert client.get(at("plan")).status_code == 200
    assert client.get(at("create")).status_code == 200
    response = client.post(at("create"), {"title": "Kochen", "language": "de"})
    assert response.status_code == 200
    assert not Activity.objects.exists()


def test_a_title_begins_a_draft_and_leads_to_the_task_list() -> None:
    membership = MembershipFactory.create()

    response = signed_in(membership.person).post(
        at("create"), {"title": "Kochen", "language": "de"}
    )

    activity = Activity.objects.get()
    assert response["Location"] == at("tasks", activity.pk)
    assert activity.organisation == membership.organisation


def test_with_several_organisations_one_is_chosen() -> None:
    first = MembershipFactory.create()
    second = MembershipFactory.create(person=first.person)
    client = signed_in(first.person)

    missing = client.post(at("create"), {"title": "Kochen", "language": "de"})
    foreign = client.post(
        at("create"),
        {"title": "Kochen", "language": "de", "organisation": OrganisationFactory.create().pk},
    )
    assert "organisation" in missing.context["form"].errors
    assert "organisation" in foreign.context["form"].errors

    client.post(
        at("create"),
        {"title": "Kochen", "language": "de", "organisation": second.organisation_id},
    )
    assert Activity.objects.get().organisation == second.organisation


def test_switching_the_language_keeps_what_was_typed_and_saves_nothing() -> None:
    activity = ready_draft()
    client = signed_in(planner_of(activity.organisation))

    page = client.post(
        at("edit_words", activity.pk), {"title": "Half a tit", "topic": "music", "_switch": "1"}
    )

    assert b"Half a tit" in page.content
    assert original_parts(activity)["title"] != "Half a tit"


@pytest.mark.parametrize(
    ("name", "data", "wrong"),
    [
        ("edit_words", {"title": ""}, {"title", "topic", "summary"}),
        ("edit_audience", {"audience": "robots"}, {"audience"}),
        ("edit_languages", {}, {"languages"}),
        ("edit_access", {"cost_cents": "much"}, {"cost_cents"}),
        ("edit_access", {"cost_cents": "2,505"}, {"cost_cents"}),
        ("edit_access", {"cost_cents": "-1"}, {"cost_cents"}),
        ("edit_access", {"cost_cents": "NaN"}, {"cost_cents"}),
        ("edit_contact", {"contact_name": "Ana"}, {"contact_phone"}),
        (
            "edit_contact",
            {"contact_name": "", "contact_phone": "x"},
            {"contact_name", "contact_phone"},
        ),
    ],
)
def test_wrong_input_is_named_at_the_field_and_kept(
    name: str, data: dict[str, str], wrong: set[str]
) -> None:
    activity = ready_draft()

    page = signed_in(planner_of(activity.organisation)).post(at(name, activity.pk), data)

    assert page.status_code == 200
    assert set(page.context["form"].errors) == wrong
    assert b"error-summary" in page.content


@pytest.mark.parametrize(
    ("name", "data", "field", "value"),
    [
        ("edit_audience", {"audience": "women"}, "audience", "women"),
        ("edit_access", {"cost_cents": "2,50 €", "has_childcare": "on"}, "cost_cents", 250),
        ("edit_access", {"cost_cents": "٣", "step_free": "yes"}, "cost_cents", 300),
        (
            "edit_contact",
            {"contact_name": "Ana", "contact_email": "ana@example.org"},
            "contact_email",
            "ana@example.org",
        ),
    ],
)
def test_each_small_page_saves_and_returns_to_the_list(
    name: str, data: dict[str, str], field: str, value: object
) -> None:
    activity = ready_draft()

    response = signed_in(planner_of(activity.organisation)).post(at(name, activity.pk), data)

    assert response["Location"] == at("tasks", activity.pk)
    activity.refresh_from_db()
    assert getattr(activity, field) == value


def test_of_two_people_on_one_page_the_slower_is_warned_and_may_insist() -> None:
    activity = ready_draft()
    client = signed_in(planner_of(activity.organisation))
    address = at("edit_audience", activity.pk)
    seen = client.get(address).context["form"]["seen"].value()
    Activity.objects.update(audience="men")

    warned = client.post(address, {"audience": "women", "seen": seen})
    assert warned.status_code == 200
    assert warned.context["form"]["audience"].value() == "women"
    assert warned.context["conflict"]
    activity.refresh_from_db()
    assert activity.audience == "men"

    fresh = warned.context["form"]["seen"].value()
    client.post(address, {"audience": "women", "seen": fresh})
    activity.refresh_from_db()
    assert activity.audience == "women"


def test_what_costs_nothing_by_default_is_not_shown_as_an_answer() -> None:
    activity = ready_draft(answered=[])
    client = signed_in(planner_of(activity.organisation))

    assert client.get(at("edit_access", activity.pk)).context["form"]["cost_cents"].value() is None


def test_too_few_seats_are_refused_at_the_field() -> None:
    date = ParticipationFactory.create(date__starts_at=NOW + timedelta(days=2)).date
    client = signed_in(planner_of(date.activity.organisation))
    ParticipationFactory.create(date=date)

    page = client.post(at("edit_seats", date.activity_id), {f"seats_{date.pk}": "1"})

    assert f"seats_{date.pk}" in page.context["form"].errors
    date.refresh_from_db()
    assert date.capacity == 12


@pytest.mark.parametrize("name", ["preview", "edit_words"])
def test_hard_german_gets_a_hint_that_blocks_nothing(name: str) -> None:
    hard = "Gemeinschaftsveranstaltungsteilnehmende berücksichtigen Nahrungsmittelzubereitung."
    activity = ready_draft(parts__summary=hard)
    easy = ready_draft(parts__summary="Wir essen.", parts__description="Komm mit.")
    client = signed_in(coordinator())

    assert client.get(at(name, activity.pk)).context["reading_ease"].is_hard
    assert not client.get(at(name, easy.pk)).context["reading_ease"].is_hard
    assert client.post(at("publish", activity.pk)).status_code == 302


def test_publishing_something_unfinished_lists_what_is_missing_with_links() -> None:
    organisation = OrganisationFactory.create()
    client = signed_in(planner_of(organisation))
    client.post(at("create"), {"title": "Kochen", "language": "de"})
    activity = Activity.objects.get()

    page = client.post(at("publish", activity.pk))

    assert page.status_code == 200
    assert len(page.context["missing"]) == 5
    assert at("edit_contact", activity.pk).encode() in page.content
    activity.refresh_from_db()
    assert activity.status == ActivityStatus.DRAFT


def test_a_coordinator_asks_back_in_words() -> None:
    activity = ready_draft(is_trusted=False, status=ActivityStatus.AWAITING_APPROVAL)
    client = signed_in(coordinator())

    assert "question" in client.post(at("ask_back", activity.pk)).context["form"].errors
    client.post(at("ask_back", activity.pk), {"question": "Who cooks?"})

    activity.refresh_from_db()
    assert activity.question == "Who cooks?"
    page = signed_in(planner_of(activity.organisation)).get(at("tasks", activity.pk))
    assert b"Who cooks?" in page.content


def test_approving_publishes_and_hiding_hides() -> None:
    activity = ready_draft(is_trusted=False, status=ActivityStatus.AWAITING_APPROVAL)
    client = signed_in(coordinator())

    client.post(at("approve", activity.pk))
    activity.refresh_from_db()
    assert activity.status == ActivityStatus.PUBLISHED
    client.post(at("hide", activity.pk))
    activity.refresh_from_db()
    assert activity.status == ActivityStatus.HIDDEN
    client.post(at("show", activity.pk))
    activity.refresh_from_db()
    assert activity.status == ActivityStatus.PUBLISHED
