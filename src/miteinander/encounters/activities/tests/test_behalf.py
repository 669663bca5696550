"""Signing people up on behalf."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from miteinander.community.organisations.tests.factories import OrganisationFactory
from miteinander.community.people.models import Person
from miteinander.community.people.services import Contact
from miteinander.community.people.tests.factories import PersonFactory
from miteinander.encounters.activities.enums import ActivityStatus, ParticipationStatus
from miteinander.encounters.activities.models import ActivityDate, Participation
from miteinander.encounters.activities.services.seats import (
    AllSeatsTaken,
    NotMeantFor,
    SignUp,
    SignUpClosed,
    Wish,
)
from miteinander.encounters.activities.services.seats.behalf import NoConsent, sign_up_behalf
from miteinander.encounters.activities.tests.factories import (
    ActivityFactory,
    DateFactory,
    ParticipationFactory,
)
from miteinander.encounters.activities.tests.planners import NOW, coordinator, planner_of
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import Actor

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _held_clock() -> Iterator[None]:
    with clock.held_at(NOW):
        yield


def a_date(**facts: Any) -> ActivityDate:
    date: ActivityDate = DateFactory.create(
        activity=ActivityFactory.create(**facts), starts_at=NOW + timedelta(days=2)
    )
    return date


def signed_up(date: ActivityDate, actor: Actor | None = None, **more: Any) -> SignUp:
    facts: dict[str, Any] = {"contact": Contact(name="Oma Erna"), "has_consent": True} | more
    who = actor or planner_of(date.activity.organisation)
    return sign_up_behalf(actor=who, date_id=date.pk, **facts)


@pytest.mark.parametrize("role", ["planner", "coordinator"])
def test_planners_and_coordinators_sign_people_up(role: str) -> None:
    date = a_date()
    actor = coordinator() if role == "coordinator" else None

    assert signed_up(date, actor).participation.holds_seat


@pytest.mark.parametrize("status", list(ActivityStatus))
def test_strangers_do_not_and_nothing_changes(status: str) -> None:
    date = a_date(status=status)
    people = Person.objects.count()

    for actor in (PersonFactory.create(), planner_of(OrganisationFactory.create())):
        people = Person.objects.count()
        with pytest.raises((PermissionDenied, Participation.DoesNotExist)):
            signed_up(date, actor)
        assert Person.objects.count() == people

    assert not Participation.objects.exists()


def test_for_what_is_not_public_nobody_is_signed_up() -> None:
    date = a_date(status=ActivityStatus.DRAFT)

    with pytest.raises(PermissionDenied):
        signed_up(date)


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"has_consent": False}, NoConsent),
        ({"contact": Contact(name=" ")}, ValidationError),
        ({"contact": Contact(name="Oma", email="oma")}, ValidationError),
        ({"wish": Wish(companions=9)}, ValidationError),
    ],
)
def test_refusals_add_nobody(more: dict[str, Any], refusal: type[Exception]) -> None:
    date = a_date()
    planner = planner_of(date.activity.organisation)
    people = Person.objects.count()

    with pytest.raises(refusal):
        signed_up(date, planner, **more)

    assert Person.objects.count() == people
    assert not Participation.objects.exists()


def test_conditions_hold_for_them_too() -> None:
    date = a_date(min_age=60)

    with pytest.raises(NotMeantFor):
        signed_up(date)
    assert signed_up(date, wish=Wish(is_stated=True)).is_new


def test_the_same_form_twice_is_one_seat() -> None:
    date = a_date()

    first = signed_up(date, entry="a form")
    again = signed_up(date, entry="a form")

    assert (first.is_new, again.is_new, again.is_own) == (True, False, True)
    assert Participation.objects.count() == 1
    assert Person.objects.filter(name="Oma Erna").count() == 1
    assert signed_up(date, entry="another form").is_new


def test_who_is_on_the_list_already_stays_as_is() -> None:
    row = ParticipationFactory.create(date=a_date(), person__email="oma@example.org")

    asked = signed_up(row.date, contact=Contact(name="Erna", email="oma@example.org"))

    row.refresh_from_db()
    assert (asked.participation, asked.is_new, asked.is_own) == (row, False, False)
    assert row.way == "guest"


def test_somebody_who_gave_the_seat_back_comes_again() -> None:
    row = ParticipationFactory.create(
        date=a_date(), person__phone="+49561999000", status=ParticipationStatus.GIVEN_BACK
    )

    asked = signed_up(row.date, contact=Contact(name="Erna", phone="+49561999000"))

    row.refresh_from_db()
    assert (asked.participation.pk, row.status, row.way) == (row.pk, "signed_up", "behalf")


def test_a_full_date_and_one_that_has_begun_are_refused() -> None:
    date = a_date()
    ActivityDate.objects.filter(pk=date.pk).update(capacity=1)
    signed_up(date)

    with pytest.raises(AllSeatsTaken):
        signed_up(date, entry="next")
    with clock.held_at(date.starts_at), pytest.raises(SignUpClosed):
        signed_up(date, entry="later")
    waits = signed_up(date, entry="patient", wish=Wish(may_wait=True))
    assert waits.participation.status == ParticipationStatus.WAITING
