"""A draft begun by mistake can be thrown away; what anybody may know of cannot."""

from collections.abc import Iterator

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from miteinander.community.organisations.enums import OrganisationStatus
from miteinander.community.organisations.tests.factories import OrganisationFactory
from miteinander.encounters.activities.enums import ActivityStatus
from miteinander.encounters.activities.models import Activity, ActivityDate
from miteinander.encounters.activities.services.planning import discard_draft
from miteinander.encounters.activities.tests.planners import NOW, planner_of, ready_draft
from miteinander.foundation.audit.models import AuditEntry
from miteinander.foundation.content.models import SearchPosting, Version
from miteinander.foundation.core import clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _held_clock() -> Iterator[None]:
    with clock.held_at(NOW):
        yield


def traces(activity_id: int) -> int:
    """Count what is left of an occasion."""
    return (
        Activity.objects.filter(pk=activity_id).count()
        + ActivityDate.objects.filter(activity_id=activity_id).count()
        + Version.objects.filter(content_type__model="activity", object_id=activity_id).count()
        + SearchPosting.objects.filter(
            content_type__model="activity", object_id=activity_id
        ).count()
    )


def test_a_planner_discards_a_draft_with_all_its_parts_and_it_is_recorded() -> None:
    activity = ready_draft()
    discard_draft(actor=planner_of(activity.organisation), activity_id=activity.pk)
    assert traces(activity.pk) == 0
    entry = AuditEntry.objects.get(verb="activities.discard")
    assert entry.label == f"activity {activity.pk}"


@pytest.mark.parametrize(
    ("status", "published_at"),
    [
        (ActivityStatus.PUBLISHED, NOW),
        (ActivityStatus.AWAITING_APPROVAL, None),
        (ActivityStatus.HIDDEN, None),
        (ActivityStatus.DRAFT, NOW),
    ],
)
def test_only_a_draft_that_was_never_published_goes(
    status: ActivityStatus, published_at: object
) -> None:
    activity = ready_draft(status=status, published_at=published_at)
    before = traces(activity.pk)
    with pytest.raises(ValidationError) as refused:
        discard_draft(actor=planner_of(activity.organisation), activity_id=activity.pk)
    assert refused.value.code == "not_draft"
    assert traces(activity.pk) == before
    assert not AuditEntry.objects.filter(verb="activities.discard").exists()


def test_others_do_not_even_find_it_and_members_of_a_hidden_organisation_may_not() -> None:
    activity = ready_draft()
    with pytest.raises(Activity.DoesNotExist):
        discard_draft(actor=planner_of(OrganisationFactory.create()), activity_id=activity.pk)
    planner = planner_of(activity.organisation)
    activity.organisation.status = OrganisationStatus.HIDDEN
    activity.organisation.save(update_fields=["status"])
    with pytest.raises(PermissionDenied):
        discard_draft(actor=planner, activity_id=activity.pk)
    assert Activity.objects.filter(pk=activity.pk).exists()


def test_the_page_asks_first_and_leads_back_to_the_planning_page(client: Client) -> None:
    activity = ready_draft()
    client.force_login(planner_of(activity.organisation))
    address = reverse("activities:discard", args=[activity.pk])
    assert address in client.get(reverse("activities:tasks", args=[activity.pk])).content.decode()
    assert client.get(address).status_code == 200
    assert Activity.objects.filter(pk=activity.pk).exists()
    assert client.post(address)["Location"] == reverse("activities:plan")
    assert not Activity.objects.filter(pk=activity.pk).exists()


def test_the_page_of_a_published_meeting_offers_nothing_to_discard(client: Client) -> None:
    activity = ready_draft(status=ActivityStatus.PUBLISHED, published_at=NOW)
    client.force_login(planner_of(activity.organisation))
    tasks = reverse("activities:tasks", args=[activity.pk])
    address = reverse("activities:discard", args=[activity.pk])
    assert address not in client.get(tasks).content.decode()
    assert client.get(address)["Location"] == tasks
    assert client.post(address)["Location"] == tasks
    assert Activity.objects.filter(pk=activity.pk).exists()
