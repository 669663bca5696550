"""People who say themselves that they are here, by the code that is shown in the room."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from miteinander.community.people import services as people
from miteinander.community.people.models import Person
from miteinander.encounters.activities.enums import ON_LIST, Presence
from miteinander.encounters.activities.models import ActivityDate, Participation
from miteinander.encounters.activities.services.desk import nameless
from miteinander.encounters.activities.services.presence import (
    NoSeatLeft,
    put_on_list,
    token_of,
    write_mark,
)
from miteinander.encounters.activities.services.seats.holding import hold_occasions
from miteinander.foundation.audit import services as audit
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import Actor, require
from miteinander.foundation.core.text import one_line

ROOM_OPENS_BEFORE = timedelta(minutes=60)
SCAN_HOLDS = timedelta(minutes=15)

__all__ = ["NoSeatLeft", "RoomClosed", "arrive", "come_in", "is_room_open"]


class RoomClosed(ValidationError):
    """The code in the room counts from an hour before the start until the end."""


def is_room_open(date: ActivityDate, now: datetime) -> bool:
    """Tell whether the code in the room is shown at ``now``."""
    return not date.is_cancelled and date.starts_at - ROOM_OPENS_BEFORE <= now <= date.ends_at


def _open_room(date_id: int) -> ActivityDate:
    """Hold a date; who scanned just before the end has as long as a scan holds."""
    hold_occasions([date_id])
    date = (
        ActivityDate.objects.select_for_update(of=("self",))
        .select_related("activity__organisation")
        .get(pk=date_id)
    )
    now = clock.now()
    if not (is_room_open(date, now) or is_room_open(date, now - SCAN_HOLDS)):
        raise RoomClosed(_("This meeting is over, or it has not begun."), code="room_closed")
    return date


@transaction.atomic
def arrive(*, actor: Actor, participation_id: int) -> Participation:
    """Note that somebody with a seat is here, by the person's own word; twice is once.

    Raises:
        RoomClosed: too early or too late.
        ValidationError: the person gave the seat back (``not_on_list``).
        PermissionDenied: it is somebody else's seat.
    """
    date_id = Participation.objects.values_list("date_id", flat=True).get(pk=participation_id)
    _open_room(date_id)
    row = Participation.objects.select_for_update(of=("self",)).get(pk=participation_id)
    require(actor, "activities.arrive", row)
    if row.status not in ON_LIST:
        raise ValidationError(_("You have no seat at this meeting."), code="not_on_list")
    _note(actor, row, "activities.arrive")
    return row


@transaction.atomic
def come_in(*, actor: Actor, date_id: int, name: str = "", entry: str = "") -> Participation:
    """Take a free seat for somebody who came without signing up and scanned the code.

    Whoever is signed in comes as who they are; everybody else with a name or without. The same
    ``entry``, the mark of one scan, takes no second seat.

    Raises:
        RoomClosed: too early or too late.
        NoSeatLeft: every seat is taken; only an organiser may add somebody then.
        PermissionDenied: the occasion is not public.
    """
    date = _open_room(date_id)
    require(actor, "activities.come_in", date.activity)
    token = token_of(f"room:{date_id}:{entry}") if entry else ""
    if token and (done := Participation.objects.filter(date=date, token=token).first()):
        return done
    row = put_on_list(date, _who(actor, name), token, beyond_seats=False)
    _note(actor, row, "activities.come_in")
    return row


def _who(actor: Actor, name: str) -> Person:
    """Return the person signed in; a row without a contact is always new and held by nobody."""
    if actor.is_authenticated:
        return Person.objects.get(pk=actor.pk)
    contact = people.Contact(name=one_line(name)[:120] or nameless())
    return people.find_or_add_guest(actor=actor, contact=contact)


def _note(actor: Actor, row: Participation, verb: str) -> None:
    if row.presence != Presence.PRESENT:
        write_mark(row, Presence.PRESENT, by=row.person_id)
        audit.record(actor=actor, verb=verb, obj=row)
