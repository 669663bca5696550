"""Whether somebody who looks for a ride fits into a car: arithmetic without a database."""

from miteinander.encounters.activities.enums import RideDirection
from miteinander.encounters.activities.models import Ride

_WAYS = {
    RideDirection.THERE: {RideDirection.THERE},
    RideDirection.BACK: {RideDirection.BACK},
    RideDirection.BOTH: {RideDirection.THERE, RideDirection.BACK},
}


def ways_of(direction: str) -> set[RideDirection]:
    """Return the single ways a direction covers."""
    return _WAYS[RideDirection(direction)]


def obstacle(offer: Ride, wanted: Ride) -> str:
    """Name why ``wanted`` does not fit into the car of ``offer``; empty when it does.

    ``women``: only women in the car is a hard rule. Both must have said it, or neither.
    """
    reasons = (
        ("ways", not ways_of(wanted.direction) <= ways_of(offer.direction)),
        ("women", offer.women_only != wanted.women_only),
        ("wheelchair", wanted.fits_wheelchair and not offer.fits_wheelchair),
        ("child_seat", wanted.has_child_seat and not offer.has_child_seat),
    )
    for reason, applies in reasons:
        if applies:
            return reason
    return "seats" if offer.left_for(wanted.direction) < wanted.seats else ""
