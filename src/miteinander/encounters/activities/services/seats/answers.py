"""Answers: giving a seat back, taking an offer or not, and what the organiser decides."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from miteinander.encounters.activities.enums import HOLDING, INVOLVED, ParticipationStatus
from miteinander.encounters.activities.messages import (
    OfferLapsed,
    PartyChanged,
    SeatAskedFor,
    SeatGivenBack,
    SeatRefused,
    SeatTaken,
)
from miteinander.encounters.activities.models import ActivityDate, Participation
from miteinander.encounters.activities.permissions import can_view
from miteinander.encounters.activities.services.seats.holding import (
    OWN_COUNTS,
    SignUpClosed,
    check_open,
    free,
    hold,
    locked_date,
    pools_of,
    split_of,
)
from miteinander.encounters.activities.services.seats.pools import give_up
from miteinander.encounters.activities.services.seats.queue import offer, pass_on
from miteinander.foundation.audit import services as audit
from miteinander.foundation.core import bus, clock
from miteinander.foundation.core.permissions import Actor, require

ENDED = (ParticipationStatus.GIVEN_BACK, ParticipationStatus.LAPSED, ParticipationStatus.REFUSED)


class OfferOver(ValidationError):
    """The deadline of an offer has passed, or there is none."""


class NotAsked(ValidationError):
    """This person does not wait for an answer of this kind."""


def held_participation(participation_id: int) -> tuple[ActivityDate, Participation]:
    """Hold the date of a participation, then the participation; return both as they are now."""
    date_id = Participation.objects.values_list("date_id", flat=True).get(pk=participation_id)
    date = locked_date(date_id)
    participation = Participation.objects.select_for_update().get(pk=participation_id)
    participation.date = date
    return date, participation


@transaction.atomic
def give_back(*, actor: Actor, participation_id: int) -> Participation:
    """Free the seats of a participation, or leave the list; once it has ended nothing happens.

    The seats go to whoever waits. Publishes ``SeatGivenBack``.

    Raises:
        SignUpClosed: the date has begun.
        PermissionDenied: the seat is somebody else's.
    """
    date, participation = held_participation(participation_id)
    require(actor, "activities.give_back", participation)
    if participation.status in ENDED:
        return participation
    if date.has_started(clock.now()):
        raise SignUpClosed(_("This meeting has already begun."), code="begun")
    had_seat = participation.holds_seat
    leave(date, participation, ParticipationStatus.GIVEN_BACK)
    audit.record(actor=actor, verb="activities.give_back", obj=participation)
    bus.publish(SeatGivenBack(participation_id=participation.pk, had_seat=had_seat))
    return participation


def leave(date: ActivityDate, participation: Participation, status: ParticipationStatus) -> None:
    """Free what a participation holds, note how it ended, and let others move up."""
    free(date, participation)
    participation.status = status
    participation.given_back_at = clock.now()
    participation.offered_until = participation.waiting_since = None
    participation.save(
        update_fields=["status", "given_back_at", "offered_until", "waiting_since", *OWN_COUNTS]
    )
    pass_on(date)


@transaction.atomic
def bring_fewer(
    *, actor: Actor, participation_id: int, companions: int, children: int
) -> Participation:
    """Give back the seats of some who were to come along; the person keeps the own seat.

    Publishes ``PartyChanged``. The same numbers again change nothing.

    Raises:
        SignUpClosed: the date has begun.
        ValidationError: more than before, or less than none: further seats are asked for anew.
        PermissionDenied: the seat is somebody else's.
    """
    date, participation = held_participation(participation_id)
    require(actor, "activities.give_back", participation)
    check_open(date)
    fewer = participation.companions - companions, participation.children - children
    if min(companions, children, *fewer) < 0 or participation.status not in INVOLVED:
        raise ValidationError(_("Choose at most as many people as before."), code="not_fewer")
    if not any(fewer):
        return participation
    if participation.status in HOLDING:
        held = split_of(participation)
        free(date, participation, give_up(held, sum(fewer), participation.side))
    participation.companions, participation.children = companions, children
    participation.save(update_fields=["companions", "children", *OWN_COUNTS])
    audit.record(actor=actor, verb="activities.bring_fewer", obj=participation)
    bus.publish(PartyChanged(participation_id=participation.pk))
    pass_on(date)
    return participation


@transaction.atomic
def accept_offer(*, actor: Actor, participation_id: int) -> Participation:
    """Take an offered seat; a second time nothing happens. Publishes ``SeatTaken``.

    Raises:
        OfferOver: the deadline has passed, or nothing was offered.
        SignUpClosed: the date was cancelled or has begun.
        PermissionDenied: the offer is somebody else's.
    """
    date, participation = held_participation(participation_id)
    require(actor, "activities.give_back", participation)
    if participation.holds_seat:
        return participation
    check_open(date)
    deadline = participation.offered_until
    if participation.status != ParticipationStatus.OFFERED or deadline is None:
        raise OfferOver(_("There is no offer any more."), code="no_offer")
    if deadline <= clock.now():
        raise OfferOver(_("The time for this offer is over."), code="offer_over")
    _settle(participation)
    audit.record(actor=actor, verb="activities.accept_offer", obj=participation)
    bus.publish(SeatTaken(participation_id=participation.pk, participation=participation))
    return participation


def _settle(participation: Participation) -> None:
    participation.status = ParticipationStatus.SIGNED_UP
    participation.offered_until = participation.waiting_since = None
    participation.save(update_fields=["status", "offered_until", "waiting_since", *OWN_COUNTS])


@transaction.atomic
def lapse_offer(*, actor: Actor, participation_id: int) -> Participation:
    """End an offer whose deadline has passed; the seat goes to the next. By the clock only.

    Publishes ``OfferLapsed``. An offer that was taken or is not over yet stays as it is. Where
    the date was moved to be sooner than the deadline, its start ends the offer.
    """
    require(actor, "activities.run_clock")
    date, participation = held_participation(participation_id)
    deadline, now = participation.offered_until, clock.now()
    is_over = date.has_started(now) or (deadline is not None and deadline <= now)
    if participation.status == ParticipationStatus.OFFERED and is_over:
        leave(date, participation, ParticipationStatus.LAPSED)
        bus.publish(OfferLapsed(participation_id=participation.pk))
    return participation


def _for_organiser(actor: Actor, participation_id: int) -> tuple[ActivityDate, Participation]:
    date, participation = held_participation(participation_id)
    if not can_view(actor, date.activity):
        raise Participation.DoesNotExist
    require(actor, "activities.decide", date.activity)
    check_open(date)
    return date, participation


@transaction.atomic
def approve_request(*, actor: Actor, participation_id: int) -> Participation:
    """Say yes to somebody who asked: a seat, or without a free one the waiting list.

    Publishes ``SeatTaken`` or ``SeatAskedFor``. A second yes changes nothing, also to somebody
    who waits.

    Raises:
        NotAsked: this person does not wait for an answer.
        SignUpClosed: the date was cancelled or has begun.
    """
    date, participation = _for_organiser(actor, participation_id)
    if participation.status in (*HOLDING, ParticipationStatus.WAITING):
        return participation
    if participation.status != ParticipationStatus.REQUESTED:
        raise NotAsked(_("This person does not wait for an answer."), code="not_asked")
    split = pools_of(date, clock.now()).place(participation.side, participation.party)
    if split is None:
        participation.status = ParticipationStatus.WAITING
        participation.waiting_since = participation.signed_up_at
        participation.save(update_fields=["status", "waiting_since"])
        bus.publish(SeatAskedFor(participation_id=participation.pk))
    else:
        hold(date, participation, split)
        _settle(participation)
        bus.publish(SeatTaken(participation_id=participation.pk, participation=participation))
    audit.record(actor=actor, verb="activities.approve_request", obj=participation)
    return participation


@transaction.atomic
def refuse_request(*, actor: Actor, participation_id: int) -> Participation:
    """Say no to somebody who asked. Publishes ``SeatRefused``; a second no changes nothing.

    Raises:
        NotAsked: this person does not wait for an answer.
    """
    _date, participation = _for_organiser(actor, participation_id)
    if participation.status == ParticipationStatus.REFUSED:
        return participation
    if participation.status != ParticipationStatus.REQUESTED:
        raise NotAsked(_("This person does not wait for an answer."), code="not_asked")
    participation.status = ParticipationStatus.REFUSED
    participation.save(update_fields=["status"])
    audit.record(actor=actor, verb="activities.refuse_request", obj=participation)
    bus.publish(SeatRefused(participation_id=participation.pk))
    return participation


@transaction.atomic
def offer_by_hand(*, actor: Actor, participation_id: int) -> Participation:
    """Offer a free seat to somebody on the waiting list, whoever waits longer.

    Raises:
        NotAsked: this person does not wait.
        AllSeatsTaken: no seat is free for them.
        SignUpClosed: the date was cancelled or has begun.
    """
    date, participation = _for_organiser(actor, participation_id)
    if participation.status == ParticipationStatus.OFFERED:
        return participation
    if participation.status != ParticipationStatus.WAITING:
        raise NotAsked(_("This person is not on the waiting list."), code="not_waiting")
    offer(date, participation)
    audit.record(actor=actor, verb="activities.offer_by_hand", obj=participation)
    return participation
