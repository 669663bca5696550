"""Taking and giving back seats. Never oversold, no seat idle: every change holds the date row."""

import secrets
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from miteinander.community.people import services as people
from miteinander.encounters.activities.enums import ParticipationStatus, Presence, SignUpWay
from miteinander.encounters.activities.messages import SeatGivenBack, SeatTaken
from miteinander.encounters.activities.models import ActivityDate, Participation
from miteinander.foundation.audit import services as audit
from miteinander.foundation.core import bus, clock
from miteinander.foundation.core.permissions import Actor, require

TAKING = (
    "token", "language", "way", "status", "presence", "signed_up_at", "given_back_at",
)  # fmt: skip
DECIDING = (
    "activity", "starts_at", "capacity", "seats_taken", "status",
    "activity__organisation", "activity__status", "activity__organisation__status",
)  # fmt: skip
HELD = (
    ActivityDate.objects.select_for_update(of=("self",))
    .select_related("activity__organisation")
    .only(*DECIDING)
)


class AllSeatsTaken(ValidationError):
    """No seat is free."""


class SignUpClosed(ValidationError):
    """The date was cancelled or has begun."""


@dataclass(frozen=True)
class SignUp:
    """Somebody's seat, and whether it was taken just now.

    ``is_own`` tells that whoever asked took it: just now, or by the same filled-in form before.
    """

    participation: Participation
    is_new: bool
    is_own: bool = True


def locked_date(date_id: int) -> ActivityDate:
    """Fetch a date and hold its row until the transaction ends; seats change under it only.

    Only what decides about a seat is read. Everybody waits for this row, so take it last.
    """
    return HELD.get(pk=date_id)


@transaction.atomic
def sign_up(*, actor: Actor, date_id: int, person_id: int, language: str, way: str) -> SignUp:
    """Give a person a seat at a date; somebody who holds one already keeps it.

    Publishes ``SeatTaken`` once per seat taken. Mails go out in ``language``.

    Raises:
        AllSeatsTaken: no seat is free.
        SignUpClosed: the date was cancelled or has begun.
        PermissionDenied: the occasion is not public, or the seat would be somebody else's.
    """
    date = locked_date(date_id)
    require(actor, "activities.sign_up", (date.activity, person_id))
    _check_open(date)
    known = _known(date, person_id)
    if known is not None and known.holds_seat:
        return SignUp(participation=known, is_new=False)
    _check_free(date)
    wanted = known or Participation(date=date, person_id=person_id, token=secrets.token_urlsafe(24))
    wanted.language, wanted.way = language, way
    return SignUp(participation=_take(actor, date, wanted), is_new=True)


@transaction.atomic
def sign_up_guest(
    *, actor: Actor, date_id: int, contact: people.Contact, entry: str = ""
) -> SignUp:
    """Give a seat to somebody without an account, known by a name and one contact.

    The row of a person with that contact is used as it is: nothing typed here changes it, and
    nothing is told of it. On a full date even somebody with a seat hears that it is full, or the
    answer would tell who comes; only the same ``entry``, the secret mark of one filled-in form,
    is known again. The person is found before the date is held, and refused with it.

    Raises:
        AllSeatsTaken, SignUpClosed, PermissionDenied: as in :func:`sign_up`.
        ValidationError: the contact is none.
    """
    guest = people.meet_guest(actor=actor, contact=contact)
    person = guest.person
    date = locked_date(date_id)
    require(actor, "activities.sign_up_guest", date.activity)
    _check_open(date)
    token = _token(entry, date, person.pk)
    known = None if guest.is_new else _known(date, person.pk)
    if known is not None and known.holds_seat and known.token == token:
        return SignUp(participation=known, is_new=False)
    _check_free(date)
    if known is not None and known.holds_seat:
        return SignUp(participation=known, is_new=False, is_own=False)
    wanted = known or Participation(date=date, person=person, token=token)
    wanted.person = person
    wanted.token, wanted.language, wanted.way = token, contact.language, SignUpWay.GUEST
    return SignUp(participation=_take(actor, date, wanted), is_new=True)


def _known(date: ActivityDate, person_id: int) -> Participation | None:
    return Participation.objects.filter(date=date, person_id=person_id).first()


def _token(entry: str, date: ActivityDate, person_id: int) -> str:
    """Make the secret of a seat, the same again for the same filled-in form."""
    if not entry:
        return secrets.token_urlsafe(24)
    return salted_hmac("activities.seat", f"{entry}:{date.pk}:{person_id}").hexdigest()[:32]


def _check_open(date: ActivityDate) -> None:
    if date.is_cancelled:
        raise SignUpClosed(_("This meeting was cancelled."), code="cancelled")
    if date.has_started(clock.now()):
        raise SignUpClosed(_("This meeting has already begun."), code="begun")


def _check_free(date: ActivityDate) -> None:
    if date.seats_left <= 0:
        raise AllSeatsTaken(_("All seats are taken."), code="all_seats_taken")


def _take(actor: Actor, date: ActivityDate, participation: Participation) -> Participation:
    """Take a seat of a date that is held and has one."""
    participation.status = ParticipationStatus.SIGNED_UP
    participation.presence = Presence.UNKNOWN
    participation.signed_up_at = clock.now()
    participation.given_back_at = None
    if participation.pk:
        participation.save(update_fields=TAKING)
    else:
        participation.save(force_insert=True)
    date.seats_taken += 1
    date.save(update_fields=["seats_taken"])
    audit.record(actor=actor, verb="activities.sign_up", obj=participation)
    bus.publish(SeatTaken(participation_id=participation.pk, participation=participation))
    return participation


@transaction.atomic
def give_back(*, actor: Actor, participation_id: int) -> Participation:
    """Free the seat of a participation; one given back already stays so, and nothing is told.

    Publishes ``SeatGivenBack``.

    Raises:
        SignUpClosed: the date has begun.
        PermissionDenied: the seat is somebody else's.
    """
    date_id = Participation.objects.values_list("date_id", flat=True).get(pk=participation_id)
    date = locked_date(date_id)
    participation = Participation.objects.select_for_update().get(pk=participation_id)
    participation.date = date
    require(actor, "activities.give_back", participation)
    if participation.status == ParticipationStatus.GIVEN_BACK:
        return participation
    if date.has_started(clock.now()):
        raise SignUpClosed(_("This meeting has already begun."), code="begun")
    if participation.holds_seat:
        date.seats_taken -= 1
        date.save(update_fields=["seats_taken"])
    participation.status = ParticipationStatus.GIVEN_BACK
    participation.given_back_at = clock.now()
    participation.save(update_fields=["status", "given_back_at"])
    audit.record(actor=actor, verb="activities.give_back", obj=participation)
    bus.publish(SeatGivenBack(participation_id=participation.pk))
    return participation
