"""What ends rides and agreements: undoing, leaving, a changed date, erasure and age."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from miteinander.community.organisations.tests.factories import MembershipFactory
from miteinander.community.people import services as people
from miteinander.encounters.activities import jobs
from miteinander.encounters.activities.enums import (
    MatchStatus,
    RideKind,
    RideStatus,
)
from miteinander.encounters.activities.models import Ride, RideMatch
from miteinander.encounters.activities.services import dates, rides, seats
from miteinander.encounters.activities.tests.factories import (
    RideFactory,
    RideMatchFactory,
)
from miteinander.encounters.activities.tests.ride_pairs import agree, ask, pair
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import SystemActor

pytestmark = pytest.mark.django_db
SYSTEM = SystemActor("test")


def test_both_may_undo_and_the_seats_are_free_again() -> None:
    for place in (0, 1):
        two = pair(2, seats=2)
        match = agree(ask(two[1], two[0]))

        rides.undo_ride(actor=SYSTEM, ride_id=two[place].pk, match_id=match.pk)

        two[0].refresh_from_db()
        assert (two[0].taken_there, two[0].taken_back) == (0, 0)
        with pytest.raises(RideMatch.DoesNotExist):
            rides.open_ride_contact(actor=SYSTEM, ride_id=two[0].pk, match_id=match.pk)
        agree(ask(two[1], two[0]))


def test_a_driver_who_takes_the_ride_back_frees_everybody() -> None:
    offer, wanted = pair(2, seats=4)
    more = RideFactory.create(date=offer.date, kind=RideKind.WANTED, seats=2)
    for ride in (wanted, more):
        agree(ask(ride, offer))

    for _number in range(2):
        rides.end_ride(actor=SYSTEM, ride_id=offer.pk)

    offer.refresh_from_db()
    assert (offer.status, offer.taken_there) == (RideStatus.ENDED, 0)
    assert not RideMatch.objects.exclude(status=MatchStatus.ENDED).exists()
    assert Ride.objects.filter(status=RideStatus.OPEN).count() == 2


def test_giving_back_the_seat_ends_the_ride() -> None:
    offer, wanted = pair()
    match = agree(ask(wanted, offer))
    seat = wanted.date.participations.get(person=wanted.person)

    seats.give_back(actor=SYSTEM, participation_id=seat.pk)

    wanted.refresh_from_db()
    offer.refresh_from_db()
    match.refresh_from_db()
    assert (wanted.status, match.status, offer.taken_there) == ("ended", "ended", 0)
    assert offer.is_open


def test_a_cancelled_date_ends_all_rides() -> None:
    offer, wanted = pair()
    agree(ask(wanted, offer))
    manager = MembershipFactory.create(organisation=offer.date.activity.organisation).person

    dates.cancel_date(actor=manager, date_id=offer.date_id)

    assert set(Ride.objects.values_list("status", flat=True)) == {RideStatus.ENDED}
    assert RideMatch.objects.get().status == MatchStatus.ENDED


def test_a_moved_date_lets_people_agree_anew() -> None:
    offer, wanted = pair(leaves_at="17:30")
    match = agree(ask(wanted, offer))

    rides.loosen_rides(actor=SYSTEM, date_id=offer.date_id)

    offer.refresh_from_db()
    match.refresh_from_db()
    assert (offer.is_open, offer.leaves_at, offer.taken_back) == (True, None, 0)
    assert match.status == MatchStatus.ENDED
    agree(ask(offer, wanted))


def test_the_car_is_never_oversold_by_the_database_itself() -> None:
    offer = RideFactory.create(seats=2)
    offer.taken_back = 3

    with pytest.raises(IntegrityError), transaction.atomic():
        offer.save()


def test_an_erased_person_leaves_no_ride_and_the_car_is_freed() -> None:
    offer, wanted = pair(2)
    agree(ask(wanted, offer))

    people.erase_person(actor=SYSTEM, person_id=wanted.person_id)

    offer.refresh_from_db()
    assert not Ride.objects.filter(pk=wanted.pk).exists()
    assert offer.taken_there == 0


def test_rides_are_deleted_a_week_after_the_date() -> None:
    match = RideMatchFactory.create()
    recent = RideFactory.create()
    end = match.offer.date.ends_at
    recent.date.ends_at = end + timedelta(days=3)
    recent.date.save()

    with clock.held_at(end + timedelta(days=6, hours=23)):
        jobs.forget_old_rides.call()
        assert Ride.objects.count() == 3
    with clock.held_at(end + timedelta(days=7, hours=1)):
        jobs.forget_old_rides.call()

    assert Ride.objects.get() == recent
    assert not RideMatch.objects.exists()


def test_a_person_takes_their_rides_along() -> None:
    offer, wanted = pair()
    agree(ask(wanted, offer))

    told = people.export_person(actor=SYSTEM, person_id=wanted.person_id)

    assert '"contact_shared": ["email"]' in told.replace("\n", "").replace("  ", "")
    assert offer.person.name not in told
