"""Offering to help on a date, the organiser's yes and no, and taking it back."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from miteinander.community.people import services as people
from miteinander.encounters.activities.enums import HELPING, OfferStatus, Role, SignUpWay
from miteinander.encounters.activities.messages import (
    RoleConfirmed,
    RoleDeclined,
    RoleOffered,
    RoleWithdrawn,
)
from miteinander.encounters.activities.models import (
    ActivityDate,
    DateLanguage,
    RoleOffer,
    RoleWanted,
)
from miteinander.encounters.activities.services.locking import announce_change
from miteinander.encounters.activities.services.seats.holding import (
    check_open,
    hold_occasions,
    locked_date,
    locked_dates,
)
from miteinander.foundation.audit import services as audit
from miteinander.foundation.core import bus, clock
from miteinander.foundation.core.languages import SPOKEN
from miteinander.foundation.core.permissions import Actor, require

MOST_LANGUAGES = 8


class RoleTaken(ValidationError):
    """Enough people do this already, or nobody is looked for."""


class NotOffered(ValidationError):
    """This offer waits for no answer any more."""


@dataclass(frozen=True)
class Offered:
    """An offer, and whether whoever asked may see it: made just now, or by the same form."""

    offer: RoleOffer
    is_own: bool = True


@transaction.atomic
def offer_role(
    *, actor: Actor, wanted_id: int, person_id: int, language: str, speaks: Sequence[str] = ()
) -> Offered:
    """Offer to help, signed in; whoever helps on this date already stays as is.

    Publishes ``RoleOffered``. Mails go out in ``language``; ``speaks`` counts for hosts only.

    Raises:
        RoleTaken: enough people do this already.
        SignUpClosed: the date was cancelled or has begun.
        PermissionDenied: the occasion is not public, or the offer would be somebody else's.
    """
    date, wanted = _held(wanted_id)
    require(actor, "activities.sign_up", (date.activity, person_id))
    check_open(date)
    known = RoleOffer.objects.filter(date=date, person_id=person_id).first()
    if known is not None and known.status in HELPING:
        return Offered(known)
    made = known or RoleOffer(date=date, person_id=person_id)
    made.token, made.language, made.way = secrets.token_urlsafe(24), language, SignUpWay.ACCOUNT
    return Offered(_offer(actor, made, wanted, speaks))


@transaction.atomic
def offer_role_guest(
    *,
    actor: Actor,
    wanted_id: int,
    contact: people.Contact,
    entry: str = "",
    speaks: Sequence[str] = (),
) -> Offered:
    """Offer to help without an account, known by a name and one contact.

    The answer is the same whether that contact helps on this date already or not; only the same
    ``entry``, the secret mark of one filled-in form, is known again.

    Raises:
        RoleTaken, SignUpClosed, PermissionDenied: as in :func:`offer_role`.
        ValidationError: the contact is none.
    """
    guest = people.meet_guest(actor=actor, contact=contact)
    person = guest.person
    date, wanted = _held(wanted_id)
    require(actor, "activities.sign_up_guest", date.activity)
    check_open(date)
    token = _token(entry, date, person.pk)
    known = RoleOffer.objects.filter(date=date, person=person).first()
    if known is not None and known.status in HELPING:
        return Offered(known, is_own=known.token == token and guest.is_who(contact))
    made = known or RoleOffer(date=date, person=person)
    made.token, made.language, made.way = token, contact.language, SignUpWay.GUEST
    return Offered(_offer(actor, made, wanted, speaks), is_own=guest.is_who(contact))


def _token(entry: str, date: ActivityDate, person_id: int) -> str:
    if not entry:
        return secrets.token_urlsafe(24)
    return salted_hmac("activities.role", f"{entry}:{date.pk}:{person_id}").hexdigest()[:32]


def _held(wanted_id: int) -> tuple[ActivityDate, RoleWanted]:
    """Hold the date, then what is wanted there."""
    date_id = RoleWanted.objects.values_list("date_id", flat=True).get(pk=wanted_id)
    hold_occasions([date_id])
    date = locked_date(date_id)
    return date, RoleWanted.objects.select_for_update().get(pk=wanted_id)


def _offer(actor: Actor, made: RoleOffer, wanted: RoleWanted, speaks: Sequence[str]) -> RoleOffer:
    if wanted.missing <= 0:
        raise RoleTaken(_("Enough people do this already. Thank you!"), code="role_taken")
    said = [code for code in dict.fromkeys(speaks) if code in SPOKEN][:MOST_LANGUAGES]
    made.wanted, made.speaks = wanted, said if wanted.role == Role.HOST else []
    made.status, made.offered_at, made.answered_at = OfferStatus.OFFERED, clock.now(), None
    made.save()
    audit.record(actor=actor, verb="activities.offer_role", obj=made)
    bus.publish(RoleOffered(offer_id=made.pk))
    return made


def held_offer(offer_id: int) -> RoleOffer:
    """Hold the date of an offer, what is wanted, then the offer; return it as it is now."""
    wanted_id = RoleOffer.objects.values_list("wanted_id", flat=True).get(pk=offer_id)
    date, wanted = _held(wanted_id)
    offer = RoleOffer.objects.select_for_update().get(pk=offer_id)
    offer.date, offer.wanted = date, wanted
    return offer


@transaction.atomic
def confirm_role(*, actor: Actor, offer_id: int) -> RoleOffer:
    """Say yes to somebody who offers to help; a second yes changes nothing.

    Never more than wanted. Publishes ``RoleConfirmed`` and, for the public, ``ActivityChanged``.

    Raises:
        RoleTaken: enough people have a yes already.
        NotOffered: the offer was taken back or declined meanwhile.
        SignUpClosed: the date was cancelled or has begun.
        PermissionDenied: ``actor`` does not answer the people of this occasion.
    """
    offer = held_offer(offer_id)
    require(actor, "activities.decide", offer.date.activity)
    if offer.is_confirmed:
        return offer
    check_open(offer.date)
    if not offer.is_offered:
        raise NotOffered(_("This offer was taken back."), code="not_offered")
    if offer.wanted.missing <= 0:
        raise RoleTaken(_("Enough people do this already. Say no to this offer."), code="taken")
    _count(offer.wanted, 1)
    _answer(offer, OfferStatus.CONFIRMED)
    codes = offer.speaks if offer.wanted.role == Role.HOST else offer.wanted.languages
    DateLanguage.objects.bulk_create(
        DateLanguage(date=offer.date, offer=offer, language=code) for code in codes
    )
    audit.record(actor=actor, verb="activities.confirm_role", obj=offer)
    bus.publish(RoleConfirmed(offer_id=offer.pk))
    announce_change(offer.date.activity)
    return offer


@transaction.atomic
def decline_role(*, actor: Actor, offer_id: int) -> RoleOffer:
    """Say no to somebody who offers to help, or take a yes back; again it changes nothing.

    Publishes ``RoleDeclined``.

    Raises:
        SignUpClosed: the date was cancelled or has begun.
        PermissionDenied: ``actor`` does not answer the people of this occasion.
    """
    offer = held_offer(offer_id)
    require(actor, "activities.decide", offer.date.activity)
    if offer.status not in HELPING:
        return offer
    check_open(offer.date)
    _end(offer, OfferStatus.DECLINED)
    audit.record(actor=actor, verb="activities.decline_role", obj=offer)
    bus.publish(RoleDeclined(offer_id=offer.pk))
    return offer


@transaction.atomic
def withdraw_role(*, actor: Actor, offer_id: int) -> RoleOffer:
    """Take back an offer to help; once it has ended nothing happens.

    Publishes ``RoleWithdrawn``.

    Raises:
        SignUpClosed: the date has begun.
        PermissionDenied: the offer is somebody else's.
    """
    offer = held_offer(offer_id)
    require(actor, "activities.withdraw_role", offer)
    if offer.status not in HELPING:
        return offer
    check_open(offer.date)
    had_role = offer.is_confirmed
    _end(offer, OfferStatus.WITHDRAWN)
    audit.record(actor=actor, verb="activities.withdraw_role", obj=offer)
    bus.publish(RoleWithdrawn(offer_id=offer.pk, had_role=had_role))
    return offer


def _end(offer: RoleOffer, status: OfferStatus) -> None:
    """Free the seat of a role, if there was one, and its languages; the offer is held."""
    if offer.is_confirmed:
        _count(offer.wanted, -1)
        offer.languages.all().delete()
        announce_change(offer.date.activity)
    _answer(offer, status)


@transaction.atomic
def free_roles_of(*, actor: Actor, person_id: int) -> None:
    """Free the coming roles of somebody nobody can count on any more.

    Publishes ``RoleWithdrawn`` for each.
    """
    require(actor, "activities.forget")
    coming = RoleOffer.objects.filter(
        person_id=person_id, status__in=HELPING, date__starts_at__gt=clock.now()
    )
    rows = list(coming.order_by("date_id").values_list("pk", "date_id"))
    hold_occasions([date_id for _key, date_id in rows])
    locked_dates([date_id for _key, date_id in rows])
    for key, _date_id in rows:
        _free(held_offer(key))


def forget_role(offer_id: int) -> None:
    """Free the role of somebody who is erased, and forget what they said; the caller acts."""
    offer = held_offer(offer_id)
    _free(offer)
    offer.token, offer.language, offer.speaks = secrets.token_urlsafe(24), "", []
    offer.save(update_fields=["token", "language", "speaks"])


def _free(offer: RoleOffer) -> None:
    if offer.status not in HELPING or offer.date.has_started(clock.now()):
        return
    had_role = offer.is_confirmed
    _end(offer, OfferStatus.WITHDRAWN)
    bus.publish(RoleWithdrawn(offer_id=offer.pk, had_role=had_role))


def _count(wanted: RoleWanted, step: int) -> None:
    wanted.confirmed += step
    wanted.save(update_fields=["confirmed"])


def _answer(offer: RoleOffer, status: OfferStatus) -> None:
    offer.status, offer.answered_at = status, clock.now()
    offer.save(update_fields=["status", "answered_at"])
