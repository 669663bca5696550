"""Asking each other for a ride, and the answer."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from miteinander.encounters.activities.enums import MatchStatus
from miteinander.encounters.activities.messages import (
    RideAgreed,
    RideAsked,
    RideDeclined,
    RidesChanged,
)
from miteinander.encounters.activities.models import Ride, RideMatch
from miteinander.encounters.activities.queries.ride_fit import obstacle
from miteinander.encounters.activities.services.rides.contact import check_shared
from miteinander.encounters.activities.services.rides.holding import (
    RideClosed,
    check_coming,
    end_and_tell,
    end_match,
    held_match,
    held_pair,
    matches_of,
    take_seats,
)
from miteinander.foundation.audit import services as audit
from miteinander.foundation.core import bus, clock
from miteinander.foundation.core.permissions import Actor, require

MOST_OPEN_ASKS = 10
MOST_ASKS_A_DAY = 20


class TooManyAsks(ValidationError):
    """Somebody asks more people than one needs for a ride."""


def _changed_meanwhile() -> RideClosed:
    return RideClosed(_("This ride has changed or is gone. Please look again."), code="changed")


@transaction.atomic
def ask_for_ride(*, actor: Actor, ride_id: int, other_id: int, shares: str) -> RideMatch:
    """Ask the owner of another ride to go together; once asked nothing more happens.

    ``shares`` is the contact the asker shows if the other one agrees. Publishes ``RideAsked``.

    Raises:
        RideClosed: the date has begun, or the two rides do not fit (any more).
        TooManyAsks: too many questions wait for an answer, or were put in a day.
        ValidationError: there is no such contact (``shares``).
        Ride.DoesNotExist: the other ride is none of the same date.
        PermissionDenied: the ride is somebody else's.
    """
    date, ride, other = held_pair(actor, ride_id, other_id)
    check_coming(date)
    offer, wanted = (ride, other) if ride.is_offered else (other, ride)
    known = RideMatch.objects.filter(offer=offer, wanted=wanted).exclude(status=MatchStatus.ENDED)
    for match in known:
        return match
    is_pair = offer.is_offered and not wanted.is_offered and ride.person_id != other.person_id
    if not is_pair or not (ride.is_open and other.is_open) or _has_car(wanted):
        raise _changed_meanwhile()
    if obstacle(offer, wanted):
        raise _changed_meanwhile()
    require(actor, "activities.join_rides", (date, ride.person_id))
    check_shared(ride.person, shares)
    _check_asks(ride.person_id)
    match = RideMatch.objects.create(
        offer=offer, wanted=wanted, asked_by_driver=ride.is_offered, asked_at=clock.now(),
        driver_shares=shares if ride.is_offered else "",
        rider_shares="" if ride.is_offered else shares,
    )  # fmt: skip
    audit.record(actor=actor, verb="activities.ask_for_ride", obj=match)
    bus.publish(RideAsked(match_id=match.pk))
    return match


def _has_car(wanted: Ride) -> bool:
    return RideMatch.objects.filter(wanted=wanted, status=MatchStatus.AGREED).exists()


def _check_asks(person_id: int) -> None:
    """Refuse more questions than anybody needs: nobody shall collect answers or bother all."""
    mine = Q(asked_by_driver=True, offer__person=person_id)
    mine |= Q(asked_by_driver=False, wanted__person=person_id)
    asks = RideMatch.objects.filter(mine)
    if asks.filter(status=MatchStatus.ASKED).count() >= MOST_OPEN_ASKS:
        message = _("Many of your questions wait for an answer. Please wait, or take some back.")
        raise TooManyAsks(message, code="open_asks")
    if asks.filter(asked_at__gt=clock.now() - timedelta(days=1)).count() >= MOST_ASKS_A_DAY:
        message = _("You have asked many people today. Please try again tomorrow.")
        raise TooManyAsks(message, code="asks_a_day")


@transaction.atomic
def agree_ride(*, actor: Actor, match_id: int, shares: str) -> RideMatch:
    """Say yes: now both may know name and contact of the other; a second yes changes nothing.

    ``shares`` is the contact of whoever says yes. Other questions that cannot come true any more
    end. Publishes ``RideAgreed`` and ``RidesChanged``.

    Raises:
        RideClosed: the date has begun, the question was taken back, or it does not fit any more.
        ValidationError: there is no such contact (``shares``).
        PermissionDenied: somebody else was asked.
    """
    date, match = held_match(match_id)
    require(actor, "activities.use_ride", match.asked)
    if match.status == MatchStatus.AGREED:
        return match
    check_coming(date)
    if match.status != MatchStatus.ASKED or obstacle(match.offer, match.wanted):
        raise _changed_meanwhile()
    require(actor, "activities.join_rides", (date, match.asked.person_id))
    check_shared(match.asked.person, shares)
    check_shared(match.asker.person, match.shares_of(match.asker))
    if match.asked_by_driver:
        match.rider_shares = shares
    else:
        match.driver_shares = shares
    match.status, match.answered_at = MatchStatus.AGREED, clock.now()
    match.save(update_fields=["status", "answered_at", "driver_shares", "rider_shares"])
    take_seats(match.offer, match.wanted)
    _end_what_cannot_be(match)
    audit.record(actor=actor, verb="activities.agree_ride", obj=match)
    bus.publish(RideAgreed(match_id=match.pk))
    bus.publish(RidesChanged(date_id=date.pk))
    return match


def _end_what_cannot_be(agreed: RideMatch) -> None:
    """End the questions to somebody who has a car now, and those a fuller car has no room for."""
    rest = [*matches_of(agreed.wanted), *matches_of(agreed.offer)]
    for match in rest:
        is_open = match.status == MatchStatus.ASKED
        is_settled = match.wanted_id == agreed.wanted_id
        if is_open and is_settled:
            end_and_tell(match, match.wanted, "left")
        elif is_open and obstacle(match.offer, match.wanted):
            end_and_tell(match, match.offer, "left")


@transaction.atomic
def decline_ride(*, actor: Actor, match_id: int) -> RideMatch:
    """Say no, without a reason and without being counted. Publishes ``RideDeclined``.

    Raises:
        PermissionDenied: somebody else was asked.
    """
    _date, match = held_match(match_id)
    require(actor, "activities.use_ride", match.asked)
    if match.status == MatchStatus.ASKED:
        match.status, match.answered_at = MatchStatus.DECLINED, clock.now()
        match.save(update_fields=["status", "answered_at"])
        bus.publish(RideDeclined(ride_id=match.asker.pk, match_id=match.pk))
    return match


@transaction.atomic
def undo_ride(*, actor: Actor, ride_id: int, match_id: int) -> RideMatch:
    """Take back a question, or undo what was agreed; the other one is told. Both may.

    Publishes ``RideEnded`` where both had agreed, and ``RidesChanged``.

    Raises:
        RideMatch.DoesNotExist: the match is not about this ride.
        PermissionDenied: the ride is somebody else's.
    """
    date, match = held_match(match_id)
    rides = {match.offer_id: match.offer, match.wanted_id: match.wanted}
    if ride_id not in rides:
        raise RideMatch.DoesNotExist
    require(actor, "activities.use_ride", rides[ride_id])
    if match.status == MatchStatus.AGREED:
        end_and_tell(match, rides[ride_id], "left")
        audit.record(actor=actor, verb="activities.undo_ride", obj=match)
        bus.publish(RidesChanged(date_id=date.pk))
    elif match.status == MatchStatus.ASKED and match.asker.pk == ride_id:
        end_match(match)
        audit.record(actor=actor, verb="activities.undo_ride", obj=match)
    return match
