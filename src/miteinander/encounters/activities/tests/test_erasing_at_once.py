"""People are erased while others of the same occasions are, and while their seats move."""

import pytest

from miteinander.community.people import services as people
from miteinander.community.people.models import Person
from miteinander.community.people.tests.factories import PersonFactory
from miteinander.encounters.activities.models import ActivityDate, Participation, Ride
from miteinander.encounters.activities.services import seats
from miteinander.encounters.activities.tests.factories import (
    ActivityFactory,
    DateFactory,
    ParticipationFactory,
    RideFactory,
)
from miteinander.encounters.activities.tests.test_seats_at_once import SYSTEM, at_once, guest

pytestmark = [
    pytest.mark.concurrency,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("database_for_threads"),
]
ROUNDS = 4
LIMITS = (3, None, 3)


def crossing() -> tuple[list[Person], list[ActivityDate]]:
    """Make people who are the contact of one occasion, and have seats and a ride on the others.

    Whoever holds these one after the other meets somebody who does so the other way round.
    """
    contacts = PersonFactory.create_batch(len(LIMITS))
    dates = [
        DateFactory.create(
            activity=ActivityFactory.create(
                monthly_limit=limit, contact_name=person.name, contact_email=person.email
            ),
            capacity=40,
        )
        for limit, person in zip(LIMITS, contacts, strict=True)
    ]
    for index, person in enumerate(contacts):
        others = [date for number, date in enumerate(dates) if number != index]
        for date in others:
            ParticipationFactory.create(date=date, person=person)
        RideFactory.create(date=others[index % 2], person=person)
    return contacts, dates


def test_erasing_people_of_the_same_occasions_never_waits_in_a_circle() -> None:
    for _round in range(ROUNDS):
        erased, dates = crossing()

        def act(
            number: int, erased: list[Person] = erased, dates: list[ActivityDate] = dates
        ) -> str:
            if number % 4 == 0:
                people.erase_person(actor=SYSTEM, person_id=erased[number // 4 % 3].pk)
            else:
                seats.sign_up_guest(
                    actor=SYSTEM, date_id=dates[number % 3].pk, contact=guest(number)
                )
            return "done"

        assert set(at_once(act, clients=24)) == {"done"}

        keys = [person.pk for person in erased]
        rows = Participation.objects.filter(person__in=keys)
        assert set(rows.values_list("status", flat=True)) == {"given_back"}
        assert not Ride.objects.filter(person__in=keys).exists()
        for date in dates:
            date.refresh_from_db()
            held = Participation.objects.filter(date=date, status="signed_up").count()
            assert date.seats_taken == held == 6
            date.activity.refresh_from_db()
            assert date.activity.contact_name == ""
