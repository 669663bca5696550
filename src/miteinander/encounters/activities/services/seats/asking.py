"""Asking for a seat: it is given at once, or somebody waits. Every change holds the date row."""

import secrets
from dataclasses import dataclass

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from miteinander.community.people import services as people
from miteinander.encounters.activities.enums import (
    INVOLVED,
    Giving,
    ParticipationStatus,
    Presence,
    SignUpWay,
)
from miteinander.encounters.activities.messages import (
    SeatAskedFor,
    SeatTaken,
    SignedUpAgain,
)
from miteinander.encounters.activities.models import ActivityDate, Participation
from miteinander.encounters.activities.services.seats.holding import (
    OWN_COUNTS,
    AllSeatsTaken,
    SignUpClosed,
    check_asking,
    hold,
    locked_date,
    pools_of,
    seats_for,
)
from miteinander.encounters.activities.services.seats.queue import (
    has_had_enough,
    is_before_draw,
    waiting_of,
)
from miteinander.encounters.activities.services.seats.wishes import (
    LONGEST_ANSWER,
    Wish,
    check_wish,
)
from miteinander.foundation.audit import services as audit
from miteinander.foundation.core import bus, clock
from miteinander.foundation.core.permissions import Actor, require

ASKING = (
    "token", "language", "way", "status", "presence", "signed_up_at", "given_back_at", "side",
    "age_group", "companions", "children", "answer", "waiting_since", "offered_until", "draw_rank",
    "lots", "course_key", *OWN_COUNTS,
)  # fmt: skip
SIMPLE = Wish()


class AnsweredAlready(SignUpClosed):
    """The organisers said no to this person, so asking again for the same date is no use."""


@dataclass(frozen=True)
class SignUp:
    """Somebody's seat or wait, and whether it was asked for just now.

    ``is_own`` tells that whoever asked has it: just now, or by the same filled-in form before,
    and that nobody else could be meant by the contact; only then its link may be shown.
    ``outcome`` is the status that may be told: to a stranger what anybody else would have got.
    """

    participation: Participation
    is_new: bool
    is_own: bool = True
    outcome: str = ""


@transaction.atomic
def sign_up(
    *,
    actor: Actor,
    date_id: int,
    person_id: int,
    language: str,
    way: str,
    wish: Wish = SIMPLE,
) -> SignUp:
    """Give a person a seat at a date, or let them wait; who is on the list already stays as is.

    Publishes ``SeatTaken`` or ``SeatAskedFor`` once. Mails go out in ``language``.

    Raises:
        AllSeatsTaken: no seat is free and the wish was not to wait.
        SignUpClosed: the date was cancelled, has begun, or takes nobody new.
        AnsweredAlready: the organisers said no to this person.
        NotMeantFor: the occasion is for other people.
        ValidationError: more people than may come along.
        PermissionDenied: the occasion is not public, or the seat would be somebody else's.
    """
    date = locked_date(date_id)
    require(actor, "activities.sign_up", (date.activity, person_id))
    check_asking(date)
    known = _known(date, person_id)
    if known is not None and known.status in INVOLVED:
        return SignUp(participation=known, is_new=False)
    refuse_again(date, known)
    check_wish(date, wish, person_id)
    status = _next_status(date, wish, person_id)
    wanted = known or Participation(date=date, person_id=person_id, token=secrets.token_urlsafe(24))
    wanted.language, wanted.way = language, way
    return SignUp(participation=_write(actor, date, wanted, wish, status), is_new=True)


@transaction.atomic
def sign_up_guest(
    *, actor: Actor, date_id: int, contact: people.Contact, entry: str = "", wish: Wish = SIMPLE
) -> SignUp:
    """Give a seat to somebody without an account, known by a name and one contact.

    The row of a person with that contact is used as it is: nothing typed here changes it, and
    the screen tells nothing of it; of another form ``SignedUpAgain`` tells that contact only. On
    a full date even somebody with a seat hears that it is full, or the answer would tell who
    comes; only the same ``entry``, the secret mark of one filled-in form, is known again. The
    person is found before the date is held, and refused with it. The side is the one typed with
    the wish, never the one stored.

    Raises:
        AllSeatsTaken, SignUpClosed, NotMeantFor, PermissionDenied: as in :func:`sign_up`.
        ValidationError: the contact is none, or more people than may come along.
    """
    guest = people.meet_guest(actor=actor, contact=contact)
    person = guest.person
    date = locked_date(date_id)
    require(actor, "activities.sign_up_guest", date.activity)
    check_asking(date)
    token = _token(entry, date, person.pk)
    known = None if guest.is_new else _known(date, person.pk)
    is_involved = known is not None and known.status in INVOLVED
    if known is not None and is_involved and known.token == token:
        return SignUp(participation=known, is_new=False, is_own=guest.is_who(contact))
    check_wish(date, wish, None)
    status = _next_status(date, wish, person.pk)
    if known is not None and (is_involved or was_refused(date, known)):
        bus.publish(SignedUpAgain(participation_id=known.pk))
        return SignUp(participation=known, is_new=False, is_own=False, outcome=status)
    wanted = known or Participation(date=date, person=person, token=token)
    wanted.person = person
    wanted.token, wanted.language, wanted.way = token, contact.language, SignUpWay.GUEST
    made = _write(actor, date, wanted, wish, status)
    return SignUp(participation=made, is_new=True, is_own=guest.is_who(contact))


def was_refused(date: ActivityDate, known: Participation | None) -> bool:
    """Whether the organisers, who say yes or no here, said no to this person."""
    return (
        date.activity.giving == Giving.APPROVAL
        and known is not None
        and known.status == ParticipationStatus.REFUSED
    )


def refuse_again(date: ActivityDate, known: Participation | None) -> None:
    """Keep the organisers' no.

    Raises:
        AnsweredAlready: they said it to this person.
    """
    if was_refused(date, known):
        raise AnsweredAlready(_("There is no seat for you at this date."), code="refused")


def _known(date: ActivityDate, person_id: int) -> Participation | None:
    return Participation.objects.filter(date=date, person_id=person_id).first()


def _token(entry: str, date: ActivityDate, person_id: int) -> str:
    """Make the secret of a seat, the same again for the same filled-in form."""
    if not entry:
        return secrets.token_urlsafe(24)
    return salted_hmac("activities.seat", f"{entry}:{date.pk}:{person_id}").hexdigest()[:32]


def _next_status(date: ActivityDate, wish: Wish, person_id: int) -> ParticipationStatus:
    """Decide what becomes of a wish, by the way this occasion gives its seats.

    Where the organiser offers seats by hand, nobody overtakes those who wait.
    """
    if is_before_draw(date):
        return ParticipationStatus.APPLIED
    if date.activity.giving == Giving.APPROVAL:
        return ParticipationStatus.REQUESTED
    now = clock.now()
    has_room = pools_of(date, now).place(wish.side, wish.party) is not None
    if has_room and date.activity.has_offers_by_hand:
        has_room = not waiting_of(date).exists()
    if has_room and not has_had_enough(date, person_id, now):
        return ParticipationStatus.SIGNED_UP
    if not has_room and not wish.may_wait:
        raise AllSeatsTaken(_("All seats are taken."), code="all_seats_taken")
    return ParticipationStatus.WAITING


def _write(
    actor: Actor,
    date: ActivityDate,
    participation: Participation,
    wish: Wish,
    status: ParticipationStatus,
    *,
    course_key: str = "",
) -> Participation:
    """Write down a wish with its outcome at a date that is held.

    A seat asked for with others (``course_key``) is told of with them, by the caller.
    """
    now = clock.now()
    participation.status, participation.presence = status, Presence.UNKNOWN
    participation.side, participation.answer = wish.side, wish.answer[:LONGEST_ANSWER]
    participation.age_group = wish.age_group
    participation.companions, participation.children = wish.companions, wish.children
    participation.signed_up_at, participation.given_back_at = now, None
    participation.waiting_since = now if status == ParticipationStatus.WAITING else None
    participation.offered_until = participation.draw_rank = None
    participation.lots, participation.course_key = 0, course_key
    if status == ParticipationStatus.SIGNED_UP:
        hold(date, participation, seats_for(date, participation, now))
    if participation.pk:
        participation.save(update_fields=ASKING)
    else:
        participation.save(force_insert=True)
    audit.record(actor=actor, verb="activities.sign_up", obj=participation)
    if status == ParticipationStatus.SIGNED_UP and not course_key:
        bus.publish(SeatTaken(participation_id=participation.pk, participation=participation))
    elif status != ParticipationStatus.SIGNED_UP:
        bus.publish(SeatAskedFor(participation_id=participation.pk))
    return participation
