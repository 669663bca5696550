"""Holding what a ride needs: the date first, as everywhere, then rides in the order of keys."""

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from miteinander.encounters.activities.enums import MatchStatus, RideDirection
from miteinander.encounters.activities.messages import RideDeclined, RideEnded
from miteinander.encounters.activities.models import Activity, ActivityDate, Ride, RideMatch
from miteinander.encounters.activities.queries.ride_fit import ways_of
from miteinander.encounters.activities.services.seats.holding import locked_date
from miteinander.foundation.core import bus, clock
from miteinander.foundation.core.permissions import Actor, require

STANDING = (MatchStatus.ASKED, MatchStatus.AGREED)


class RideClosed(ValidationError):
    """This ride is over, or something about it changed meanwhile."""


def held_date(date_id: int) -> ActivityDate:
    """Hold a date with its occasion; every change of its rides happens under it."""
    date = locked_date(date_id)
    date.activity = Activity.objects.select_related("organisation").get(pk=date.activity_id)
    return date


def check_coming(date: ActivityDate) -> None:
    """Refuse a date that was cancelled or has begun.

    Raises:
        RideClosed: it did.
    """
    if date.is_cancelled or date.has_started(clock.now()):
        raise RideClosed(_("It is too late for a ride to this meeting."), code="too_late")


def held_ride(actor: Actor, ride_id: int) -> tuple[ActivityDate, Ride]:
    """Hold the date of a ride, then the ride, and require that it is the actor's."""
    date = held_date(Ride.objects.values_list("date_id", flat=True).get(pk=ride_id))
    ride = _held(date, [ride_id])[ride_id]
    require(actor, "activities.use_ride", ride)
    return date, ride


def held_match(match_id: int) -> tuple[ActivityDate, RideMatch]:
    """Hold the date of a match, its two rides and the match itself; as they are now."""
    found = RideMatch.objects.values_list("offer__date_id", "offer_id", "wanted_id")
    date_id, offer_id, wanted_id = found.get(pk=match_id)
    date = held_date(date_id)
    rides = _held(date, [offer_id, wanted_id])
    match = RideMatch.objects.select_for_update(of=("self",)).get(pk=match_id)
    match.offer, match.wanted = rides[offer_id], rides[wanted_id]
    return date, match


def _held(date: ActivityDate, keys: Collection[int]) -> dict[int, Ride]:
    held = Ride.objects.select_for_update(of=("self",)).filter(pk__in=keys, date=date)
    rides = {ride.pk: ride for ride in held.order_by("pk")}
    for ride in rides.values():
        ride.date = date
    return rides


def held_pair(actor: Actor, ride_id: int, other_id: int) -> tuple[ActivityDate, Ride, Ride]:
    """Hold two rides of the same date, of which the first is the actor's.

    Raises:
        Ride.DoesNotExist: the other one belongs to another date.
    """
    date = held_date(Ride.objects.values_list("date_id", flat=True).get(pk=ride_id))
    rides = _held(date, [ride_id, other_id])
    if other_id not in rides:
        raise Ride.DoesNotExist
    require(actor, "activities.use_ride", rides[ride_id])
    return date, rides[ride_id], rides[other_id]


def matches_of(ride: Ride) -> list[RideMatch]:
    """List the open questions and agreements of a ride; the caller holds its date."""
    rows = RideMatch.objects.select_for_update(of=("self",)).select_related("offer", "wanted")
    touched = rows.filter(Q(offer=ride) | Q(wanted=ride), status__in=STANDING)
    return list(touched.order_by("pk"))


def take_seats(offer: Ride, wanted: Ride, sign: int = 1) -> None:
    """Count the people of ``wanted`` into the car, or with a ``sign`` of -1 out of it."""
    offer.refresh_from_db(fields=["taken_there", "taken_back"])
    ways = ways_of(wanted.direction)
    if RideDirection.THERE in ways:
        offer.taken_there += sign * wanted.seats
    if RideDirection.BACK in ways:
        offer.taken_back += sign * wanted.seats
    offer.save(update_fields=["taken_there", "taken_back"])


def end_match(match: RideMatch) -> None:
    """End a match and free its seats."""
    if match.status == MatchStatus.AGREED:
        take_seats(match.offer, match.wanted, -1)
    match.status, match.answered_at = MatchStatus.ENDED, clock.now()
    match.save(update_fields=["status", "answered_at"])


def end_and_tell(match: RideMatch, ride: Ride, reason: str) -> None:
    """End a match because of ``ride``, and tell the other one where there is something to tell."""
    was_agreed = match.status == MatchStatus.AGREED
    end_match(match)
    other = match.other_than(ride)
    if was_agreed:
        bus.publish(RideEnded(ride_id=other.pk, reason=reason, match_id=match.pk))
    elif match.asker.pk == other.pk:
        bus.publish(RideDeclined(ride_id=other.pk, match_id=match.pk))
