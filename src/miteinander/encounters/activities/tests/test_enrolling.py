"""Seats the organisers give by themselves, as to the people of a course."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from miteinander.community.organisations.tests.factories import MembershipFactory
from miteinander.community.people.models import Person
from miteinander.community.people.tests.factories import PersonFactory
from miteinander.encounters.activities.enums import ActivityStatus, Giving, ParticipationStatus
from miteinander.encounters.activities.models import Activity, ActivityDate, Participation
from miteinander.encounters.activities.services import seats
from miteinander.encounters.activities.tests.factories import (
    ActivityFactory,
    DateFactory,
    ParticipationFactory,
)
from miteinander.foundation.core import clock

pytestmark = pytest.mark.django_db


def planner(activity: Activity) -> Person:
    return MembershipFactory.create(organisation=activity.organisation).person


def enrol(actor: Person, person: Person, *dates: ActivityDate) -> list[Participation]:
    return seats.enrol(
        actor=actor, date_ids=[date.pk for date in dates], who=seats.Enrolled(person.pk, "uk")
    )


def test_a_seat_is_given_where_people_ask_first_and_where_sign_up_is_closed() -> None:
    activity = ActivityFactory.create(giving=Giving.APPROVAL)
    dates = [DateFactory.create(activity=activity), DateFactory.create(activity=activity)]
    ActivityDate.objects.filter(pk=dates[1].pk).update(closed_at=clock.now())

    taken = enrol(planner(activity), PersonFactory.create(), *dates)

    assert [row.holds_seat for row in taken] == [True, True]
    assert {row.language for row in taken} == {"uk"}
    dates[0].refresh_from_db()
    assert dates[0].seats_taken == 1


def test_a_second_time_nothing_happens_and_who_waits_gets_a_seat() -> None:
    date = DateFactory.create()
    waiting = ParticipationFactory.create(date=date, status=ParticipationStatus.WAITING)
    actor = planner(date.activity)

    enrol(actor, waiting.person, date)
    again = enrol(actor, waiting.person, date)

    waiting.refresh_from_db()
    date.refresh_from_db()
    assert (waiting.holds_seat, again, date.seats_taken) == (True, [], 1)


def test_one_full_date_means_none_is_taken() -> None:
    activity = ActivityFactory.create()
    free = DateFactory.create(activity=activity)
    full = DateFactory.create(activity=activity, capacity=1)
    ParticipationFactory.create(date=full)
    person = PersonFactory.create()

    with pytest.raises(seats.CourseFull) as refused:
        enrol(planner(activity), person, free, full)

    assert refused.value.date_ids == [full.pk]
    assert not Participation.objects.filter(person=person).exists()


def test_a_date_that_has_begun_takes_nobody() -> None:
    begun = clock.now() - timedelta(minutes=1)
    date = DateFactory.create(starts_at=begun, ends_at=clock.now() + timedelta(hours=1))

    with pytest.raises(seats.SignUpClosed):
        enrol(planner(date.activity), PersonFactory.create(), date)

    assert not Participation.objects.exists()


def test_a_stranger_gives_no_seats_and_does_not_know_of_a_draft() -> None:
    date = DateFactory.create()
    draft = DateFactory.create(activity=ActivityFactory.create(status=ActivityStatus.DRAFT))
    stranger = PersonFactory.create()

    with pytest.raises(PermissionDenied):
        enrol(stranger, stranger, date)
    with pytest.raises(ActivityDate.DoesNotExist):
        enrol(stranger, stranger, draft)

    assert not Participation.objects.exists()
