"""Entering a ride, and taking it back."""

import re
import secrets
from dataclasses import dataclass
from datetime import time

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from miteinander.community.people.models import Person
from miteinander.encounters.activities.enums import RideKind, RideStatus
from miteinander.encounters.activities.messages import RidesChanged
from miteinander.encounters.activities.models import Ride
from miteinander.encounters.activities.queries.ride_fit import ways_of
from miteinander.encounters.activities.services.rides.contact import ways_to_reach
from miteinander.encounters.activities.services.rides.holding import (
    check_coming,
    end_and_tell,
    held_date,
    held_ride,
    matches_of,
)
from miteinander.foundation.audit import services as audit
from miteinander.foundation.core import bus, clock
from miteinander.foundation.core.permissions import Actor, require
from miteinander.foundation.core.text import latin_digits

MOST_SEATS = {RideKind.OFFERED: 8, RideKind.WANTED: 6}
REACHES = re.compile(r"@|https?:|www\.|(\d[\s/().-]*){5}")
STREETS = r"(str|strasse|straße|weg|gasse|allee|platz|ring)"
HOUSE = re.compile(STREETS + r"\.?\s*\d+\s*[a-z]?\b", re.IGNORECASE)


@dataclass(frozen=True)
class RideFacts:
    """What somebody says of a ride they offer or look for."""

    kind: str
    municipality_id: int
    direction: str
    seats: int
    leaves_at: time | None = None
    meeting_point: str = ""
    fits_wheelchair: bool = False
    has_child_seat: bool = False
    women_only: bool = False


@transaction.atomic
def add_ride(
    *, actor: Actor, date_id: int, person_id: int, language: str, facts: RideFacts
) -> Ride:
    """Offer or look for a ride to a date. Publishes ``RidesChanged``.

    The same once more gives back the ride there is.

    Raises:
        RideClosed: the date was cancelled or has begun.
        ValidationError: there is a ride for this way (``second``), nobody could be reached
            (``no_contact``), too many seats (``seats``), or the meeting point tells an address or
            a contact (``meeting_point``).
        PermissionDenied: the person does not take part in the date.
    """
    person = Person.objects.select_for_update(no_key=True).get(pk=person_id)
    date = held_date(date_id)
    check_coming(date)
    require(actor, "activities.join_rides", (date, person_id))
    _check(person, facts)
    for own in Ride.objects.filter(date=date, person=person, status=RideStatus.OPEN):
        if (own.kind, own.direction) == (facts.kind, facts.direction):
            return own
        if own.kind != facts.kind or ways_of(own.direction) & ways_of(facts.direction):
            message = _("You have a ride for this way already. Take it back first.")
            raise ValidationError(message, code="second")
    ride = Ride.objects.create(
        date=date, person=person, language=language, token=secrets.token_urlsafe(24),
        created_at=clock.now(), **vars(facts),
    )  # fmt: skip
    audit.record(actor=actor, verb="activities.add_ride", obj=ride)
    bus.publish(RidesChanged(date_id=date.pk))
    return ride


def _check(person: Person, facts: RideFacts) -> None:
    if not ways_to_reach(person):
        message = _("We do not know how others can reach you. Please call the contact person.")
        raise ValidationError(message, code="no_contact")
    if not 1 <= facts.seats <= MOST_SEATS[RideKind(facts.kind)]:
        raise ValidationError(_("Please choose how many people it is for."), code="seats")
    typed = latin_digits(facts.meeting_point)
    if REACHES.search(typed) or HOUSE.search(typed):
        message = _(
            "Please write only a public place, for example: bus stop at the town hall."
            " No house number, no telephone number and no e-mail address."
        )
        raise ValidationError(message, code="meeting_point")


@transaction.atomic
def end_ride(*, actor: Actor, ride_id: int) -> Ride:
    """Take a ride back; a second time nothing happens. Publishes ``RidesChanged``.

    Whoever had agreed, or waits for an answer, is told.
    """
    _date, ride = held_ride(actor, ride_id)
    if ride.is_open:
        close(ride, "left")
        audit.record(actor=actor, verb="activities.end_ride", obj=ride)
        bus.publish(RidesChanged(date_id=ride.date_id))
    return ride


def close(ride: Ride, reason: str) -> None:
    """End a ride and all that hangs on it; the caller holds its date."""
    for match in matches_of(ride):
        end_and_tell(match, ride, reason)
    ride.status, ride.ended_at = RideStatus.ENDED, clock.now()
    ride.save(update_fields=["status", "ended_at"])
