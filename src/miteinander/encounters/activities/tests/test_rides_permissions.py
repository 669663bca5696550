"""Who may do what with rides: each rule says the same as its set twin."""

from itertools import product
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from miteinander.community.organisations.tests.factories import MembershipFactory
from miteinander.community.people.tests.factories import GuestFactory, PersonFactory
from miteinander.encounters.activities.enums import ActivityStatus, DateStatus, ParticipationStatus
from miteinander.encounters.activities.models import ActivityDate, Ride
from miteinander.encounters.activities.permissions import (
    can_join_rides,
    can_use_ride,
    rides_of,
    with_rides_for,
)
from miteinander.encounters.activities.tests.factories import (
    DateFactory,
    ParticipationFactory,
    RideFactory,
)
from miteinander.foundation.core.permissions import Actor, SystemActor

pytestmark = pytest.mark.django_db
INSIDE = {"signed_up", "extra", "waiting", "offered", "requested", "applied"}


@pytest.mark.parametrize("status", ParticipationStatus.values)
def test_who_has_or_wants_a_seat_joins_and_nobody_else(status: str) -> None:
    person = PersonFactory.create()
    date = ParticipationFactory.create(person=person, status=status).date

    found = ActivityDate.objects.filter(with_rides_for(person.pk))

    assert can_join_rides(person, (date, person.pk)) is (status in INSIDE)
    assert found.filter(pk=date.pk).exists() is (status in INSIDE)


def test_the_rule_and_its_set_agree_on_every_kind_of_date() -> None:
    person = PersonFactory.create()
    membership = MembershipFactory.create(person=person)
    for state, status, is_online, is_there in product(
        (ActivityStatus.PUBLISHED, ActivityStatus.DRAFT), DateStatus.values, (True, False), (1, 0)
    ):
        more: dict[str, Any] = {} if is_there else {"activity__venue": None}
        if is_online:
            more["activity__organisation"] = membership.organisation
        DateFactory.create(
            activity__status=state, activity__is_online=is_online, status=status, **more
        )

    found = set(ActivityDate.objects.filter(with_rides_for(person.pk)))

    allowed = {
        date
        for date in ActivityDate.objects.select_related("activity__organisation")
        if can_join_rides(person, (date, person.pk))
    }
    assert found == allowed
    assert len(found) == 1


def test_one_acts_for_ones_own_ride_only() -> None:
    own, other = RideFactory.create(person=PersonFactory.create()), RideFactory.create()
    actors: list[Actor] = [own.person, GuestFactory.create(), AnonymousUser(), SystemActor("test")]

    for actor in actors:
        found = set(Ride.objects.filter(rides_of(actor)))
        assert found == {ride for ride in (own, other) if can_use_ride(actor, ride)}

    assert can_use_ride(own.person, own)
    assert not can_use_ride(own.person, other)
