"""Two people of a date and their rides, and what they ask each other."""

from typing import Any

from miteinander.encounters.activities.enums import ContactWay, RideKind
from miteinander.encounters.activities.models import Ride, RideMatch
from miteinander.encounters.activities.services import rides
from miteinander.encounters.activities.tests.factories import RideFactory
from miteinander.foundation.core.permissions import SystemActor

SYSTEM = SystemActor("test")
EMAIL = ContactWay.EMAIL


def ask(ride: Ride, other: Ride) -> RideMatch:
    return rides.ask_for_ride(actor=SYSTEM, ride_id=ride.pk, other_id=other.pk, shares=EMAIL)


def agree(match: RideMatch) -> RideMatch:
    return rides.agree_ride(actor=SYSTEM, match_id=match.pk, shares=EMAIL)


def pair(seats_wanted: int = 1, **more: Any) -> tuple[Ride, Ride]:
    offer = RideFactory.create(**more)
    wanted = RideFactory.create(date=offer.date, kind=RideKind.WANTED, seats=seats_wanted)
    return offer, wanted
