"""What planners and coordinators see, and the task list as data."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from pytest_django import DjangoAssertNumQueries

from miteinander.community.organisations.enums import OrganisationStatus
from miteinander.community.organisations.tests.factories import (
    CoordinatorRoleFactory,
    MembershipFactory,
    OrganisationFactory,
)
from miteinander.community.people.tests.factories import AdministratorFactory, PersonFactory
from miteinander.encounters.activities.enums import ActivityStatus, DateStatus, Presence
from miteinander.encounters.activities.models import Activity
from miteinander.encounters.activities.permissions import can_change, can_view
from miteinander.encounters.activities.queries.door import door_list
from miteinander.encounters.activities.queries.planning import (
    awaiting_approval,
    coming_dates,
    plannable_organisations,
    planned_activities,
    planned_by,
    plans_anything,
    preview_date,
    title_of,
)
from miteinander.encounters.activities.queries.tasks import (
    Progress,
    TaskKey,
    missing_tasks,
    planning_tasks,
)
from miteinander.encounters.activities.tests.factories import (
    ActivityFactory,
    DateFactory,
    ParticipationFactory,
    write_words,
)
from miteinander.encounters.activities.tests.planners import NOW, planner_of, ready_draft
from miteinander.foundation.content.enums import VersionState
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import Actor
from miteinander.foundation.ui.navigation import header_links

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _held_clock() -> Iterator[None]:
    with clock.held_at(NOW):
        yield


@pytest.mark.parametrize("status", ActivityStatus.values)
@pytest.mark.parametrize("organisation_status", OrganisationStatus.values)
def test_who_may_change_an_occasion_plans_it_and_who_plans_it_sees_it(
    status: str, organisation_status: str
) -> None:
    organisation = OrganisationFactory.create(status=organisation_status)
    activity = ActivityFactory.create(organisation=organisation, status=status)
    actors: list[Actor] = [
        AnonymousUser(),
        PersonFactory.create(),
        AdministratorFactory.create(),
        planner_of(organisation),
        planner_of(OrganisationFactory.create()),
        CoordinatorRoleFactory.create(region=organisation.municipality).person,
        CoordinatorRoleFactory.create(organisation=OrganisationFactory.create()).person,
    ]

    for actor in actors:
        is_planned = Activity.objects.filter(planned_by(actor), pk=activity.pk).exists()
        assert is_planned or not can_change(actor, activity)
        assert can_view(actor, activity) or not is_planned


@pytest.mark.parametrize("count", [1, 5])
def test_lists_of_planners_take_a_fixed_number_of_queries(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    coordinator = CoordinatorRoleFactory.create().person
    for _number in range(count):
        ready_draft(is_trusted=False, status=ActivityStatus.AWAITING_APPROVAL)

    with django_assert_num_queries(4):
        planned = list(planned_activities(coordinator, NOW))
        assert all(title_of(one) for one in planned)
        assert all(one.inviting for one in planned)
        assert not any(coming_dates(one, NOW + timedelta(days=999)) for one in planned)
    with django_assert_num_queries(3):
        waiting = list(awaiting_approval(coordinator))

    assert len(planned) == len(waiting) == count


def test_only_coordinators_of_the_place_have_something_to_approve() -> None:
    activity = ready_draft(is_trusted=False, status=ActivityStatus.AWAITING_APPROVAL)
    ready_draft()
    here = CoordinatorRoleFactory.create(region=activity.organisation.municipality).person
    elsewhere = CoordinatorRoleFactory.create(organisation=OrganisationFactory.create()).person

    assert list(awaiting_approval(here)) == [activity]
    assert not awaiting_approval(elsewhere).exists()
    assert not awaiting_approval(planner_of(activity.organisation)).exists()


def test_what_is_planned_comes_by_state_and_then_by_the_next_date() -> None:
    organisation = OrganisationFactory.create()

    def published(days: int) -> Activity:
        activity: Activity = ActivityFactory.create(organisation=organisation)
        DateFactory.create(activity=activity, starts_at=NOW + timedelta(days=days))
        return activity

    over, later, sooner = published(-5), published(9), published(2)
    hidden = ActivityFactory.create(organisation=organisation, status=ActivityStatus.HIDDEN)
    draft = ready_draft(organisation=organisation)
    asked = ready_draft(organisation=organisation, question="Who cooks?")

    planned = planned_activities(planner_of(organisation), NOW)

    assert list(planned) == [asked, draft, sooner, later, hidden, over]


@pytest.mark.parametrize("role", ["visitor", "person", "member", "coordinator", "administrator"])
def test_planning_is_in_the_navigation_of_planners_at_most_at_one_query(
    role: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    actors: dict[str, Callable[[], Any]] = {
        "visitor": AnonymousUser,
        "person": PersonFactory.create,
        "member": lambda: MembershipFactory.create().person,
        "coordinator": lambda: CoordinatorRoleFactory.create().person,
        "administrator": AdministratorFactory.create,
    }
    actor = actors[role]()

    with django_assert_max_num_queries(1):
        has_plans = plans_anything(actor)

    assert has_plans == (role in {"member", "coordinator", "administrator"})
    request = RequestFactory().get("/")
    request.user = actor
    assert any(link.icon == "calendar-plus" for link in header_links(request)) == has_plans


def test_a_member_plans_for_the_own_organisations_unless_hidden() -> None:
    membership = MembershipFactory.create()
    MembershipFactory.create(
        person=membership.person, organisation__status=OrganisationStatus.HIDDEN
    )
    OrganisationFactory.create()

    assert list(plannable_organisations(membership.person)) == [membership.organisation]


def progress(activity: Activity) -> dict[TaskKey, Progress]:
    return {task.key: task.progress for task in planning_tasks(activity, NOW)}


def test_a_fresh_draft_is_untouched_and_a_begun_one_incomplete() -> None:
    fresh = ActivityFactory.create(
        status=ActivityStatus.DRAFT, topic="", venue=None, contact_name="", contact_phone="",
        languages=(), parts__summary="",
    )  # fmt: skip
    begun = ActivityFactory.create(
        status=ActivityStatus.DRAFT, topic="", contact_phone="", contact_email=""
    )
    write_words(begun, "en", VersionState.OUTDATED, {"title": "Cooking"})

    assert set(progress(fresh).values()) == {Progress.UNTOUCHED}
    found = progress(begun)
    assert {key for key, state in found.items() if state == Progress.INCOMPLETE} == {
        TaskKey.WORDS, TaskKey.DATES, TaskKey.CONTACT, TaskKey.VERSIONS,
    }  # fmt: skip


def test_a_date_that_is_over_or_cancelled_does_not_count() -> None:
    activity = ready_draft()
    assert missing_tasks(activity, NOW) == []

    activity.dates.update(status=DateStatus.CANCELLED)
    DateFactory.create(activity=activity, starts_at=NOW - timedelta(days=1))

    fresh = Activity.objects.get(pk=activity.pk)
    assert [task.key for task in missing_tasks(fresh, NOW)] == [TaskKey.DATES]


def test_the_preview_shows_the_next_date_else_the_last() -> None:
    activity = ActivityFactory.create()
    assert preview_date(activity, NOW) is None
    over = DateFactory.create(activity=activity, starts_at=NOW - timedelta(days=1))
    assert preview_date(activity, NOW) == over
    DateFactory.create(
        activity=activity, starts_at=NOW + timedelta(days=1), status=DateStatus.CANCELLED
    )
    coming = DateFactory.create(activity=activity, starts_at=NOW + timedelta(days=2))
    assert preview_date(activity, NOW) == coming


def test_the_list_at_the_door_counts_all_and_shows_what_is_searched() -> None:
    date = DateFactory.create()
    ParticipationFactory.create(date=date, person__name="Ali Öz", presence=Presence.PRESENT)
    ParticipationFactory.create(date=date, person__name="Ana")
    ParticipationFactory.create()

    people = door_list(planner_of(date.activity.organisation), date, "oz ali")

    assert [row.person.name for row in people] == ["Ali Öz"]
    assert (people.present, people.expected) == (1, 2)
    assert not list(door_list(PersonFactory.create(), date))
