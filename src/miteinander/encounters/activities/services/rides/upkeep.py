"""What becomes of rides when a date changes, when somebody leaves, and in the end."""

from datetime import datetime

from django.db import transaction

from miteinander.encounters.activities.enums import MatchStatus, RideStatus
from miteinander.encounters.activities.messages import RideEnded, RidesChanged
from miteinander.encounters.activities.models import Ride, RideMatch
from miteinander.encounters.activities.permissions import has_a_place, takes_part
from miteinander.encounters.activities.services.rides.entering import close
from miteinander.encounters.activities.services.rides.holding import (
    STANDING,
    end_match,
    held_date,
)
from miteinander.encounters.activities.services.seats.holding import locked_dates
from miteinander.foundation.core import bus
from miteinander.foundation.core.permissions import Actor, require
from miteinander.foundation.core.privacy import kept_for


def _open_rides(date_id: int) -> list[Ride]:
    held = Ride.objects.select_for_update(of=("self",)).filter(date_id=date_id)
    return list(held.filter(status=RideStatus.OPEN).order_by("pk"))


def _loosen(date_id: int, reason: str, statuses: tuple[MatchStatus, ...]) -> None:
    """End the matches of a date and tell both of each who had agreed."""
    rows = RideMatch.objects.select_for_update(of=("self",)).select_related("offer", "wanted")
    for match in rows.filter(offer__date_id=date_id, status__in=statuses).order_by("pk"):
        was_agreed = match.status == MatchStatus.AGREED
        end_match(match)
        for ride_id in (match.offer_id, match.wanted_id) if was_agreed else ():
            bus.publish(RideEnded(ride_id=ride_id, reason=reason, match_id=match.pk))


@transaction.atomic
def end_rides_of_date(*, actor: Actor, date_id: int) -> None:
    """End every ride to a date that is off, and tell those who had agreed."""
    require(actor, "activities.run_clock")
    held_date(date_id)
    _loosen(date_id, "cancelled", STANDING)
    for ride in _open_rides(date_id):
        close(ride, "cancelled")
    bus.publish(RidesChanged(date_id=date_id))


@transaction.atomic
def loosen_rides(*, actor: Actor, date_id: int) -> None:
    """Let people agree anew once time or place of a date changed; the rides stay in the list.

    When they leave is not known any more. Where nobody has to go anywhere now, the rides end.
    """
    require(actor, "activities.run_clock")
    date = held_date(date_id)
    if not has_a_place(date.activity):
        end_rides_of_date(actor=actor, date_id=date_id)
        return
    _loosen(date_id, "moved", (MatchStatus.AGREED,))
    Ride.objects.filter(date=date, leaves_at__isnull=False).update(leaves_at=None)
    bus.publish(RidesChanged(date_id=date_id))


@transaction.atomic
def end_rides_of_leaver(*, actor: Actor, date_id: int, person_id: int) -> None:
    """End the rides of somebody who does not take part any more."""
    require(actor, "activities.run_clock")
    if not Ride.objects.filter(date=date_id, person=person_id, status=RideStatus.OPEN).exists():
        return
    date = held_date(date_id)
    if takes_part(person_id, date):
        return
    for ride in _open_rides(date_id):
        if ride.person_id == person_id:
            close(ride, "left")
    bus.publish(RidesChanged(date_id=date_id))


@transaction.atomic
def forget_rides_of_person(*, actor: Actor, person_id: int) -> None:
    """Delete every ride of somebody who is erased; whoever had agreed is told.

    A caller who needs other dates, too, holds all of them before.
    """
    require(actor, "activities.forget")
    rides = Ride.objects.filter(person_id=person_id)
    touched = set(rides.values_list("date_id", flat=True))
    if not touched:
        return
    locked_dates(touched)
    for ride in rides.filter(status=RideStatus.OPEN).order_by("pk"):
        close(ride, "left")
    rides.delete()
    for date_id in sorted(touched):
        bus.publish(RidesChanged(date_id=date_id))


@transaction.atomic
def forget_old_rides(*, actor: Actor, now: datetime) -> int:
    """Delete the rides to dates that are over for some days; return how many."""
    require(actor, "activities.forget")
    limit = now - kept_for("activities.rides")
    old = Ride.objects.filter(date__ends_at__lt=limit)
    count = old.count()
    old.delete()
    return count
