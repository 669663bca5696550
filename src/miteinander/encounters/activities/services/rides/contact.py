"""How the two of a ride reach each other: read from the person, shown after both agreed."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from miteinander.community.people.models import Person
from miteinander.encounters.activities.enums import ContactWay, MatchStatus
from miteinander.encounters.activities.models import Ride, RideMatch
from miteinander.foundation.audit import services as audit
from miteinander.foundation.core.permissions import Actor, require


@dataclass(frozen=True)
class SharedContact:
    """Who the other one is, and the one contact they chose to share."""

    name: str
    phone: str
    email: str
    ride: Ride


def ways_to_reach(person: Person) -> list[ContactWay]:
    """List the contacts a person could share."""
    known = {ContactWay.PHONE: person.phone, ContactWay.EMAIL: person.email}
    return [way for way, value in known.items() if value]


def check_shared(person: Person, way: str) -> None:
    """Refuse a contact the person does not have.

    Raises:
        ValidationError: it is not there (``shares``).
    """
    if way not in ways_to_reach(person):
        message = _("Please choose how the other person can reach you.")
        raise ValidationError(message, code="shares")


def shared_contact(match: RideMatch, ride: Ride) -> SharedContact | None:
    """Return how the owner of ``ride`` reaches the other one; nothing before both agreed."""
    if match.status != MatchStatus.AGREED or ride.pk not in {match.offer_id, match.wanted_id}:
        return None
    other = match.other_than(ride)
    way, person = match.shares_of(other), other.person
    return SharedContact(
        name=person.name,
        phone=(person.phone or "") if way == ContactWay.PHONE else "",
        email=(person.email or "") if way == ContactWay.EMAIL else "",
        ride=other,
    )


@transaction.atomic
def open_ride_contact(*, actor: Actor, ride_id: int, match_id: int) -> SharedContact:
    """Fetch how to reach the other one of an agreed ride; every look is recorded.

    Raises:
        RideMatch.DoesNotExist: these two did not agree, or not any more.
    """
    ride = Ride.objects.get(pk=ride_id)
    require(actor, "activities.use_ride", ride)
    match = RideMatch.objects.select_related("offer__person", "wanted__person").get(pk=match_id)
    contact = shared_contact(match, ride)
    if contact is None:
        raise RideMatch.DoesNotExist
    audit.record(actor=actor, verb="activities.open_ride_contact", obj=match)
    return contact
