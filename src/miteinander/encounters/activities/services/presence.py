"""At the door: who came, and who came without having signed up."""

import secrets
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from miteinander.community.people import services as people
from miteinander.community.people.models import Person
from miteinander.encounters.activities.enums import (
    ON_LIST,
    ParticipationStatus,
    Presence,
    SignUpWay,
)
from miteinander.encounters.activities.messages import PresenceMarked
from miteinander.encounters.activities.models import ActivityDate, Participation
from miteinander.encounters.activities.permissions import can_view
from miteinander.encounters.activities.services.locking import announce_change
from miteinander.encounters.activities.services.seats.holding import (
    free,
    hold,
    hold_occasions,
    pools_of,
    release_at,
)
from miteinander.encounters.activities.services.seats.queue import pass_on
from miteinander.foundation.audit import services as audit
from miteinander.foundation.core import bus, clock
from miteinander.foundation.core.permissions import Actor, require
from miteinander.foundation.core.text import one_line

OPENS_BEFORE = timedelta(hours=24)
CLOSES_AFTER = timedelta(days=7)


class DeskClosed(ValidationError):
    """The front desk is open from a day before the start until a week after the end."""


class NoSeatLeft(Exception):
    """Every seat is taken; a walk-in needs the organiser's express word."""


def is_desk_open(date: ActivityDate, now: datetime) -> bool:
    """Tell whether people may be marked and added at ``now``."""
    opens, closes = date.starts_at - OPENS_BEFORE, date.ends_at + CLOSES_AFTER
    return not date.is_cancelled and opens <= now <= closes


def open_desk(actor: Actor, date_id: int) -> ActivityDate:
    """Hold a date whose list is open, for somebody who may see who comes."""
    hold_occasions([date_id])
    date = (
        ActivityDate.objects.select_for_update(of=("self",))
        .select_related("activity__organisation")
        .get(pk=date_id)
    )
    if not can_view(actor, date.activity):
        raise ActivityDate.DoesNotExist
    require(actor, "activities.see_participants", date.activity)
    if not is_desk_open(date, clock.now()):
        raise DeskClosed(
            _("The list is open from one day before the meeting until one week after it."),
            code="desk_closed",
        )
    return date


def write_mark(
    participation: Participation, presence: str, *, by: int | None, at: datetime | None = None
) -> None:
    """Write a mark made ``by`` a person; of people themselves when they scanned a code."""
    is_known = presence != Presence.UNKNOWN
    participation.presence = presence
    participation.marked_by_id = by if is_known else None
    participation.marked_at = (at or clock.now()) if is_known else None
    participation.save(update_fields=["presence", "marked_by", "marked_at"])
    bus.publish(PresenceMarked(participation_id=participation.pk))


@transaction.atomic
def mark_presence(*, actor: Actor, participation_id: int, presence: str) -> Participation:
    """Note that somebody came, did not come, or take the mark back. The same mark again is none.

    Raises:
        DeskClosed: too early or too late.
        ValidationError: no such mark, or the person gave the seat back (``not_on_list``).
    """
    date_id = Participation.objects.values_list("date_id", flat=True).get(pk=participation_id)
    open_desk(actor, date_id)
    participation = (
        Participation.objects.select_for_update(of=("self",))
        .select_related("person", "date")
        .get(pk=participation_id)
    )
    if presence not in Presence.values:
        raise ValidationError(_("Choose present or absent."), code="unknown_mark")
    if participation.status not in ON_LIST:
        raise ValidationError(_("This person gave the seat back."), code="not_on_list")
    if participation.presence != presence:
        write_mark(participation, presence, by=actor.pk)
        audit.record(
            actor=actor, verb="activities.mark", obj=participation, details={"mark": presence}
        )
    return participation


@transaction.atomic
def add_walk_in(
    *,
    actor: Actor,
    date_id: int,
    contact: people.Contact,
    entry: str = "",
    beyond_seats: bool = False,
    at: datetime | None = None,
) -> Participation:
    """Write down somebody who came to the door; the person is present.

    Somebody who is on the list already is marked present. A free seat is taken under the lock
    of the date; without one the person is counted beyond the seats, and only on express word.
    The same ``entry``, the mark of one filled-in form, adds nobody a second time. Somebody with a
    contact is found before the date is held, as in every sign-up; whoever gave none is always new,
    and added only once the form is known to be. The mark is of ``at``, of now when not told.

    Raises:
        DeskClosed: too early or too late.
        NoSeatLeft: every seat is taken and ``beyond_seats`` was not said.
        ValidationError: no name.
    """
    known = _known_guest(actor, contact)
    date = open_desk(actor, date_id)
    if not one_line(contact.name):
        raise ValidationError(_("Enter the name."), code="required")
    token = token_of(entry)
    if token and (done := Participation.objects.filter(date=date, token=token).first()):
        return done
    person = known or people.find_or_add_guest(actor=actor, contact=contact)
    participation = put_on_list(date, person, token, beyond_seats=beyond_seats)
    if participation.presence != Presence.PRESENT:
        write_mark(participation, Presence.PRESENT, by=actor.pk, at=at)
    audit.record(
        actor=actor, verb="activities.add_walk_in", obj=participation,
        details={"status": participation.status},
    )  # fmt: skip
    return participation


def _known_guest(actor: Actor, contact: people.Contact) -> Person | None:
    if not (contact.email or contact.phone):
        return None
    return people.find_or_add_guest(actor=actor, contact=contact)


def token_of(entry: str) -> str:
    """Return the secret of the seat that one filled-in form makes."""
    return salted_hmac("activities.walk_in", entry).hexdigest()[:32] if entry else ""


def put_on_list(
    date: ActivityDate, person: Person, token: str, *, beyond_seats: bool
) -> Participation:
    """Return the person's line on the list, with a seat taken unless there was one already."""
    found = Participation.objects.select_for_update().filter(date=date, person=person).first()
    if found is not None and found.status in ON_LIST:
        return found
    returning = found or Participation(
        date=date, person=person, token=token or secrets.token_hex(16)
    )
    return _take_seat(date, returning, beyond_seats=beyond_seats)


def _take_seat(
    date: ActivityDate, participation: Participation, *, beyond_seats: bool
) -> Participation:
    free(date, participation)  # somebody who was offered a seat came without an answer
    participation.companions = participation.children = 0
    split = pools_of(date, max(clock.now(), release_at(date))).place(participation.side, 1)
    if split is not None:
        status = ParticipationStatus.SIGNED_UP
        hold(date, participation, split)
        announce_change(date.activity)
    elif beyond_seats:
        status = ParticipationStatus.EXTRA
    else:
        raise NoSeatLeft
    participation.language = participation.person.language
    participation.way = SignUpWay.WALK_IN
    participation.status = status
    participation.signed_up_at = clock.now()
    participation.given_back_at = None
    participation.waiting_since = participation.offered_until = None
    participation.save()
    pass_on(date)  # an offer may have kept more seats than one
    return participation


@transaction.atomic
def open_contact(*, actor: Actor, participation_id: int) -> Participation:
    """Fetch how to reach one person on the list; every look is recorded.

    Raises:
        DeskClosed: too early or too late.
    """
    date_id = Participation.objects.values_list("date_id", flat=True).get(pk=participation_id)
    open_desk(actor, date_id)
    participation = Participation.objects.select_related("person", "date").get(pk=participation_id)
    audit.record(actor=actor, verb="activities.open_contact", obj=participation)
    return participation
