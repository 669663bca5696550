"""From a title to the public: creating, changing, publishing, approving, hiding."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from miteinander.community.organisations.enums import OrganisationStatus
from miteinander.community.organisations.tests.factories import OrganisationFactory
from miteinander.community.people.tests.factories import PersonFactory
from miteinander.encounters.activities.enums import ActivityStatus, Audience
from miteinander.encounters.activities.messages import (
    ActivityApproved,
    ActivityAskedBack,
    ActivityChanged,
    ActivityHidden,
    ActivityPublished,
    ApprovalRequested,
)
from miteinander.encounters.activities.models import Activity
from miteinander.encounters.activities.queries.tasks import TaskKey, original_parts
from miteinander.encounters.activities.services import planning
from miteinander.encounters.activities.services.locking import ChangedMeanwhile, fingerprint
from miteinander.encounters.activities.tests.factories import ActivityFactory, DateFactory
from miteinander.encounters.activities.tests.planners import (
    NOW,
    coordinator,
    planner_of,
    ready_draft,
    told,
)
from miteinander.foundation.audit.models import AuditEntry
from miteinander.foundation.core import clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _held_clock() -> Iterator[None]:
    with clock.held_at(NOW):
        yield


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[object]]:
    with told(monkeypatch) as messages:
        yield messages


def test_a_member_begins_with_a_title_only(heard: list[object]) -> None:
    organisation = OrganisationFactory.create()

    activity = planning.create_activity(
        actor=planner_of(organisation),
        organisation_id=organisation.pk,
        parts={"title": "  Kochen\nim Hof "},
        language="de",
    )

    assert activity.status == ActivityStatus.DRAFT
    assert activity.municipality_id == organisation.municipality_id
    assert original_parts(activity) == {"title": "Kochen im Hof"}
    assert heard == []


@pytest.mark.parametrize(("title", "language"), [("", "de"), ("x" * 121, "de"), ("Kochen", "xx")])
def test_a_draft_needs_a_title_that_fits_and_a_known_language(title: str, language: str) -> None:
    organisation = OrganisationFactory.create()

    with pytest.raises(ValidationError):
        planning.create_activity(
            actor=planner_of(organisation),
            organisation_id=organisation.pk,
            parts={"title": title},
            language=language,
        )

    assert not Activity.objects.exists()


def test_nobody_begins_for_an_organisation_of_others_or_a_hidden_one() -> None:
    hidden = OrganisationFactory.create(status=OrganisationStatus.HIDDEN)

    for actor in (
        PersonFactory.create(),
        planner_of(OrganisationFactory.create()),
        planner_of(hidden),
    ):
        with pytest.raises(PermissionDenied):
            planning.create_activity(
                actor=actor, organisation_id=hidden.pk, parts={"title": "Kochen"}, language="de"
            )

    assert not Activity.objects.exists()


def test_facts_of_a_published_occasion_change_and_are_told_once(heard: list[object]) -> None:
    activity = ActivityFactory.create()

    planning.change_activity(
        actor=planner_of(activity.organisation),
        activity_id=activity.pk,
        changes={"audience": Audience.WOMEN, "languages": ["de", "ar", "ar"]},
    )

    activity.refresh_from_db()
    assert activity.audience == Audience.WOMEN
    assert sorted(row.language for row in activity.languages.all()) == ["ar", "de"]
    assert activity.answered == [TaskKey.AUDIENCE, TaskKey.LANGUAGES]
    assert heard == [ActivityChanged(activity_id=activity.pk)]
    assert AuditEntry.objects.get(verb="activities.change").details == {
        "fields": ["audience", "languages"]
    }


def test_the_same_facts_again_change_and_tell_nothing(heard: list[object]) -> None:
    activity = ActivityFactory.create()

    planning.change_activity(
        actor=planner_of(activity.organisation),
        activity_id=activity.pk,
        changes={"cost_cents": 0},
        seen="something older",
    )

    activity.refresh_from_db()
    assert activity.answered == [TaskKey.ACCESS]
    assert heard == []


def test_what_somebody_else_wrote_meanwhile_is_not_overwritten(heard: list[object]) -> None:
    activity = ActivityFactory.create(cost_cents=500)
    seen = fingerprint({"cost_cents": 0})

    with pytest.raises(ChangedMeanwhile):
        planning.change_activity(
            actor=planner_of(activity.organisation),
            activity_id=activity.pk,
            changes={"cost_cents": 300},
            seen=seen,
        )

    activity.refresh_from_db()
    assert activity.cost_cents == 500
    assert heard == []


@pytest.mark.parametrize(
    "changes",
    [
        {"status": "published"},
        {"audience": "robots"},
        {"languages": ["xx"]},
        {"languages": []},
        {"contact_name": ""},
        {"contact_email": "no address"},
    ],
)
def test_a_published_occasion_keeps_what_it_needs(
    changes: dict[str, object], heard: list[object]
) -> None:
    activity = ActivityFactory.create()

    with pytest.raises(ValidationError):
        planning.change_activity(
            actor=planner_of(activity.organisation), activity_id=activity.pk, changes=changes
        )

    fresh = Activity.objects.get(pk=activity.pk)
    assert (fresh.status, fresh.audience, fresh.contact_name, fresh.contact_email) == (
        ActivityStatus.PUBLISHED, Audience.EVERYONE, activity.contact_name, "",
    )  # fmt: skip
    assert [row.language for row in fresh.languages.all()] == ["de"]
    assert heard == []


def test_somebody_from_another_organisation_changes_nothing(heard: list[object]) -> None:
    activity = ActivityFactory.create()

    with pytest.raises(PermissionDenied):
        planning.change_activity(
            actor=planner_of(OrganisationFactory.create()),
            activity_id=activity.pk,
            changes={"cost_cents": 300},
        )

    activity.refresh_from_db()
    assert activity.cost_cents == 0
    assert heard == []


def test_a_draft_of_others_is_not_even_found() -> None:
    activity = ready_draft()

    with pytest.raises(Activity.DoesNotExist):
        planning.publish_activity(
            actor=planner_of(OrganisationFactory.create()), activity_id=activity.pk
        )

    activity.refresh_from_db()
    assert activity.status == ActivityStatus.DRAFT


def test_a_trusted_organisation_publishes_at_once_and_only_once(heard: list[object]) -> None:
    activity = ready_draft()
    planner = planner_of(activity.organisation)

    planning.publish_activity(actor=planner, activity_id=activity.pk)
    planning.publish_activity(actor=planner, activity_id=activity.pk)

    activity.refresh_from_db()
    assert activity.status == ActivityStatus.PUBLISHED
    assert activity.published_at == NOW
    assert heard == [ActivityPublished(activity_id=activity.pk)]


def test_what_is_missing_is_said_in_words_and_nothing_is_published(heard: list[object]) -> None:
    organisation = OrganisationFactory.create()
    planner = planner_of(organisation)
    activity = planning.create_activity(
        actor=planner, organisation_id=organisation.pk, parts={"title": "Kochen"}, language="de"
    )

    with pytest.raises(planning.NotReady) as error:
        planning.publish_activity(actor=planner, activity_id=activity.pk)

    assert [task.key for task in error.value.missing] == [
        TaskKey.WORDS, TaskKey.DATES, TaskKey.LANGUAGES, TaskKey.ACCESS, TaskKey.CONTACT,
    ]  # fmt: skip
    assert all(task.missing for task in error.value.missing)
    activity.refresh_from_db()
    assert activity.status == ActivityStatus.DRAFT
    assert heard == []


def test_the_first_occasion_of_an_organisation_waits_for_approval(heard: list[object]) -> None:
    activity = ready_draft(is_trusted=False)

    planning.publish_activity(actor=planner_of(activity.organisation), activity_id=activity.pk)

    activity.refresh_from_db()
    assert activity.status == ActivityStatus.AWAITING_APPROVAL
    assert activity.published_at is None
    assert heard == [ApprovalRequested(activity_id=activity.pk)]


def test_a_coordinator_publishing_on_behalf_approves_by_it(heard: list[object]) -> None:
    activity = ready_draft(is_trusted=False)

    planning.publish_activity(actor=coordinator(), activity_id=activity.pk)

    activity.organisation.refresh_from_db()
    assert activity.organisation.trusted_since == NOW
    assert heard == [ActivityPublished(activity_id=activity.pk)]


def test_approval_publishes_and_makes_the_organisation_trusted(heard: list[object]) -> None:
    activity = ready_draft(is_trusted=False, status=ActivityStatus.AWAITING_APPROVAL)

    planning.approve_activity(actor=coordinator(), activity_id=activity.pk)

    activity.refresh_from_db()
    assert activity.status == ActivityStatus.PUBLISHED
    assert activity.organisation.trusted_since == NOW
    assert heard == [
        ActivityApproved(activity_id=activity.pk),
        ActivityPublished(activity_id=activity.pk),
    ]
    assert AuditEntry.objects.filter(verb="activities.approve").count() == 1


def test_members_do_not_approve_ask_back_hide_or_show(heard: list[object]) -> None:
    activity = ready_draft(is_trusted=False, status=ActivityStatus.AWAITING_APPROVAL)
    member = planner_of(activity.organisation)

    with pytest.raises(PermissionDenied):
        planning.approve_activity(actor=member, activity_id=activity.pk)
    with pytest.raises(PermissionDenied):
        planning.ask_back(actor=member, activity_id=activity.pk, question="Why?")
    with pytest.raises(PermissionDenied):
        planning.hide_activity(actor=member, activity_id=activity.pk)
    with pytest.raises(PermissionDenied):
        planning.show_activity(actor=member, activity_id=activity.pk)

    activity.refresh_from_db()
    assert activity.status == ActivityStatus.AWAITING_APPROVAL
    assert activity.question == ""
    assert heard == []


def test_approval_comes_too_late_when_the_date_has_passed(heard: list[object]) -> None:
    activity = ready_draft(is_trusted=False, status=ActivityStatus.AWAITING_APPROVAL)

    with clock.held_at(NOW + timedelta(days=4)), pytest.raises(planning.NotReady):
        planning.approve_activity(actor=coordinator(), activity_id=activity.pk)

    activity.refresh_from_db()
    assert activity.status == ActivityStatus.AWAITING_APPROVAL
    assert heard == []


def test_a_question_returns_the_occasion_to_its_planners(heard: list[object]) -> None:
    activity = ready_draft(is_trusted=False, status=ActivityStatus.AWAITING_APPROVAL)

    planning.ask_back(actor=coordinator(), activity_id=activity.pk, question="Who cooks?")

    activity.refresh_from_db()
    assert (activity.status, activity.question) == (ActivityStatus.DRAFT, "Who cooks?")
    assert heard == [ActivityAskedBack(activity_id=activity.pk)]


@pytest.mark.parametrize(
    ("status", "question"),
    [(ActivityStatus.DRAFT, "Who?"), (ActivityStatus.AWAITING_APPROVAL, " ")],
)
def test_a_question_needs_words_and_something_that_waits(
    status: str, question: str, heard: list[object]
) -> None:
    activity = ready_draft(status=status)

    with pytest.raises(ValidationError):
        planning.ask_back(actor=coordinator(), activity_id=activity.pk, question=question)

    activity.refresh_from_db()
    assert (activity.status, activity.question) == (status, "")
    assert heard == []


def test_a_coordinator_hides_and_shows_again_and_each_is_recorded(heard: list[object]) -> None:
    activity = ActivityFactory.create()
    actor = coordinator()

    planning.hide_activity(actor=actor, activity_id=activity.pk)
    planning.hide_activity(actor=actor, activity_id=activity.pk)
    activity.refresh_from_db()
    assert activity.status == ActivityStatus.HIDDEN
    planning.show_activity(actor=actor, activity_id=activity.pk)

    activity.refresh_from_db()
    assert activity.status == ActivityStatus.PUBLISHED
    assert heard == [ActivityHidden(activity_id=activity.pk)] * 2
    assert AuditEntry.objects.filter(verb__in=["activities.hide", "activities.show"]).count() == 2


def test_a_hidden_draft_becomes_a_draft_again() -> None:
    activity = ready_draft(status=ActivityStatus.HIDDEN)

    planning.show_activity(actor=coordinator(), activity_id=activity.pk)

    activity.refresh_from_db()
    assert activity.status == ActivityStatus.DRAFT


def test_what_a_coordinator_has_hidden_is_not_published_again(heard: list[object]) -> None:
    activity = ready_draft(status=ActivityStatus.HIDDEN)

    with pytest.raises(PermissionDenied):
        planning.publish_activity(actor=planner_of(activity.organisation), activity_id=activity.pk)
    with pytest.raises(ValidationError):
        planning.publish_activity(actor=coordinator(), activity_id=activity.pk)

    activity.refresh_from_db()
    assert activity.status == ActivityStatus.HIDDEN
    assert heard == []


def test_access_of_place_and_costs_are_saved_together(heard: list[object]) -> None:
    activity = ActivityFactory.create()
    seen = fingerprint(
        {"cost_cents": 0, "has_childcare": False, "step_free": "unknown", "accessible_toilet": "no"}
    )
    changes = {"cost_cents": 250, "has_childcare": True}
    place = {"step_free": "yes", "accessible_toilet": "no"}
    planner = planner_of(activity.organisation)

    with pytest.raises(ChangedMeanwhile):
        planning.change_access(
            actor=planner, activity_id=activity.pk, changes=changes, place=place, seen=seen
        )
    assert heard == []
    planning.change_access(actor=planner, activity_id=activity.pk, changes=changes, place=place)

    activity.refresh_from_db()
    assert activity.venue
    activity.venue.refresh_from_db()
    assert (activity.cost_cents, activity.has_childcare) == (250, True)
    assert (activity.venue.step_free, activity.venue.accessible_toilet) == ("yes", "no")


def test_an_online_occasion_without_link_is_not_complete() -> None:
    activity = ready_draft(venue=None, is_online=True)
    DateFactory.create(activity=activity, starts_at=NOW + timedelta(days=1))

    with pytest.raises(planning.NotReady) as error:
        planning.publish_activity(actor=planner_of(activity.organisation), activity_id=activity.pk)

    assert [task.key for task in error.value.missing] == [TaskKey.DATES]
