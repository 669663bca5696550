"""What happens to rides becomes letters: to both of the two, or to the one who must learn it."""

from miteinander.encounters.activities.messages import (
    RideAgreed,
    RideAsked,
    RideDeclined,
    RideEnded,
)
from miteinander.encounters.activities.models import Ride, RideMatch
from miteinander.foundation.core.bus import subscribe
from miteinander.foundation.core.permissions import SystemActor
from miteinander.outward.notifications import services
from miteinander.outward.notifications.enums import LetterKind

_SYSTEM = SystemActor("notifications")


def _tell(ride: Ride, kind: str, match_id: int, **told: str) -> None:
    """Write to the owner of ``ride`` about one match; once for each kind."""
    services.write_letter(
        actor=_SYSTEM,
        key=f"{match_id}:{ride.pk}",
        kind=kind,
        address=ride.person.email or "",
        language=ride.language,
        context={"ride": ride.pk, "match": match_id, "person": ride.person_id, **told},
    )


def _ride(ride_id: int) -> Ride:
    return Ride.objects.select_related("person").get(pk=ride_id)


def _match(match_id: int) -> RideMatch:
    return RideMatch.objects.select_related("offer__person", "wanted__person").get(pk=match_id)


@subscribe(RideAsked)
def tell_of_question(message: RideAsked) -> None:
    """Tell whoever was asked."""
    _tell(_match(message.match_id).asked, LetterKind.RIDE_ASKED, message.match_id)


@subscribe(RideAgreed)
def tell_contacts(message: RideAgreed) -> None:
    """Tell both how to reach the other; the contact is read when the letter goes out."""
    match = _match(message.match_id)
    for ride in (match.offer, match.wanted):
        _tell(ride, LetterKind.RIDE_AGREED, message.match_id)


@subscribe(RideDeclined)
def tell_of_no(message: RideDeclined) -> None:
    """Tell whoever asked that it does not work out."""
    _tell(_ride(message.ride_id), LetterKind.RIDE_DECLINED, message.match_id)


@subscribe(RideEnded)
def tell_of_end(message: RideEnded) -> None:
    """Tell whoever relied on a ride that it is off."""
    _tell(_ride(message.ride_id), LetterKind.RIDE_ENDED, message.match_id, reason=message.reason)
