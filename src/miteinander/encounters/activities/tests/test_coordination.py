"""Coordinators see what waits for them and where hardly anybody comes yet."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from miteinander.community.organisations.tests.factories import (
    CoordinatorRoleFactory,
    OrganisationFactory,
)
from miteinander.encounters.activities.enums import ActivityStatus, DateStatus
from miteinander.encounters.activities.queries.coordination import dates_with_few_sign_ups
from miteinander.encounters.activities.tests.factories import ActivityFactory, DateFactory
from miteinander.foundation.core import clock

pytestmark = pytest.mark.django_db


def test_dates_of_the_own_area_with_few_sign_ups_are_shown() -> None:
    quiet = DateFactory.create(capacity=12, seats_taken=4)
    organisation = quiet.activity.organisation
    more = {"activity": quiet.activity, "capacity": 12}
    DateFactory.create(**more, seats_taken=5)
    DateFactory.create(**more, status=DateStatus.CANCELLED)
    DateFactory.create(**more, starts_at=clock.now() + timedelta(days=15))
    DateFactory.create(**more, starts_at=clock.now() - timedelta(hours=1))
    DateFactory.create()
    DateFactory.create(
        activity=ActivityFactory.create(organisation=organisation, status=ActivityStatus.DRAFT)
    )
    here = CoordinatorRoleFactory.create(region=organisation.municipality).person
    assert list(dates_with_few_sign_ups(here, clock.now())) == [quiet]


@pytest.mark.parametrize("size", [1, 5])
def test_the_overview_shows_them_with_the_same_queries_for_any_number(
    client: Client, size: int, django_assert_max_num_queries: Any
) -> None:
    organisation = OrganisationFactory.create()
    waiting = ActivityFactory.create_batch(
        size, organisation=organisation, status=ActivityStatus.AWAITING_APPROVAL
    )
    for _number in range(size):
        DateFactory.create()
    elsewhere = ActivityFactory.create(status=ActivityStatus.AWAITING_APPROVAL)
    client.force_login(CoordinatorRoleFactory.create(region=organisation.municipality).person)
    client.get(reverse("organisations:coordination"))
    with django_assert_max_num_queries(15):
        page = client.get(reverse("organisations:coordination")).content.decode()
    for activity in waiting:
        assert reverse("activities:preview", args=[activity.pk]) in page
    assert reverse("activities:preview", args=[elsewhere.pk]) not in page
