from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from hypothesis import given, settings
from hypothesis import strategies as st

from miteinander.community.organisations.enums import OrganisationStatus
from miteinander.community.organisations.tests.factories import (
    CoordinatorRoleFactory,
    MembershipFactory,
    OrganisationFactory,
)
from miteinander.community.people.tests.factories import (
    AdministratorFactory,
    GuestFactory,
    PersonFactory,
)
from miteinander.encounters.activities.enums import ActivityStatus
from miteinander.encounters.activities.models import Activity
from miteinander.encounters.activities.permissions import (
    can_give_back,
    can_sign_up,
    can_sign_up_guest,
    can_view,
    is_public,
    public,
    visible_to,
)
from miteinander.encounters.activities.tests.factories import ActivityFactory, ParticipationFactory
from miteinander.foundation.core.permissions import SystemActor

SYSTEM = SystemActor("test")
ROLES = (
    "visitor", "guest", "person", "member", "elsewhere", "coordinator", "here", "administrator",
    "disabled", "system",
)  # fmt: skip


def actor_in(role: str, activity: Activity) -> Any:
    organisation = activity.organisation
    makers: dict[str, Callable[[], Any]] = {
        "visitor": AnonymousUser,
        "guest": GuestFactory.create,
        "person": PersonFactory.create,
        "member": lambda: MembershipFactory.create(organisation=organisation).person,
        "elsewhere": lambda: (
            CoordinatorRoleFactory.create(organisation=OrganisationFactory.create()).person
        ),
        "coordinator": lambda: CoordinatorRoleFactory.create().person,
        "here": lambda: CoordinatorRoleFactory.create(region=organisation.municipality).person,
        "administrator": AdministratorFactory.create,
        "disabled": lambda: AdministratorFactory.create(is_active=False),
        "system": lambda: SYSTEM,
    }
    return makers[role]()


@pytest.mark.django_db
@settings(max_examples=60, deadline=None)
@given(
    status=st.sampled_from(ActivityStatus.values),
    organisation=st.sampled_from(OrganisationStatus.values),
    role=st.sampled_from(ROLES),
)
def test_the_rules_and_their_sets_agree(status: str, organisation: str, role: str) -> None:
    activity = ActivityFactory.create(status=status, organisation__status=organisation)
    actor = actor_in(role, activity)

    seen = Activity.objects.filter(visible_to(actor), pk=activity.pk).exists()
    shown = Activity.objects.filter(public(), pk=activity.pk).exists()

    assert seen == can_view(actor, activity)
    assert shown == is_public(activity)
    assert can_sign_up_guest(actor, activity) == is_public(activity)


@pytest.mark.django_db
def test_a_seat_is_taken_for_oneself_and_given_back_by_its_holder() -> None:
    seat = ParticipationFactory.create(person=PersonFactory.create())
    activity, other = seat.date.activity, PersonFactory.create()

    assert can_sign_up(seat.person, (activity, seat.person_id))
    assert can_sign_up(SYSTEM, (activity, other.pk))
    assert not can_sign_up(other, (activity, seat.person_id))
    assert not can_sign_up(AnonymousUser(), (activity, seat.person_id))
    assert can_give_back(seat.person, seat)
    assert can_give_back(SYSTEM, seat)
    assert not can_give_back(other, seat)
    assert not can_give_back(AnonymousUser(), seat)
