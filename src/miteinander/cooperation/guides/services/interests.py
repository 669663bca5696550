"""Wanting to become a guide, the invitation to a talk, and what came of it."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from miteinander.community.people import services as people
from miteinander.community.people.models import Person
from miteinander.community.regions.models import Region
from miteinander.cooperation.guides.enums import InterestStatus, TalkWay
from miteinander.cooperation.guides.messages import InterestNoted, TalkInvited
from miteinander.cooperation.guides.models import Interest
from miteinander.cooperation.guides.permissions import can_see_interest
from miteinander.foundation.audit import services as audit
from miteinander.foundation.core import bus, clock
from miteinander.foundation.core.permissions import Actor, require
from miteinander.foundation.core.text import one_line

DECISIONS = (InterestStatus.SUITABLE, InterestStatus.LATER, InterestStatus.NOT_NOW)
LONGEST_PLACE = 160


@dataclass(frozen=True)
class Noted:
    """An interest, and whether whoever sent the form may see its private link."""

    interest: Interest
    is_own: bool


@dataclass(frozen=True)
class Talk:
    """When and how a coordinator wants to talk with somebody; ``place`` is told in the mail."""

    starts_at: datetime
    way: str
    place: str = ""


@transaction.atomic
def express_interest(
    *, actor: Actor, contact: people.Contact, municipality_id: int, entry: str = ""
) -> Noted:
    """Note that somebody wants to become a guide, known by a name and one contact.

    A person is interested once: a contact that is known keeps what it said, because whoever
    typed it has proven nothing, and only the mail tells. Who has withdrawn begins anew. The
    same filled-in form (``entry``) is known again. Publishes ``InterestNoted``.

    Raises:
        ValidationError: the contact is none, or the place is not one of ours.
    """
    require(actor, "guides.express_interest")
    if not (contact.email or contact.phone):
        raise ValidationError(
            _("Please write an e-mail address or a telephone number."), code="no_contact"
        )
    if not Region.objects.filter(pk=municipality_id).exists():
        raise ValidationError(_("Choose your municipality."), code="unknown_place")
    guest = people.meet_guest(actor=actor, contact=contact)
    known = Interest.objects.select_for_update().filter(person=guest.person).first()
    token = _token(entry, guest.person)
    if known is not None and known.status != InterestStatus.WITHDRAWN:
        is_same = known.token == token
        if not is_same:
            bus.publish(InterestNoted(interest_id=known.pk, is_again=True))
        return Noted(known, is_own=is_same and guest.is_who(contact))
    interest = known or Interest(person=guest.person)
    now = clock.now()
    interest.municipality_id, interest.language, interest.token = (
        municipality_id, contact.language, token,
    )  # fmt: skip
    interest.status, interest.decided_by = InterestStatus.OPEN, None
    interest.talk_way, interest.talk_place, interest.talk_at = "", "", None
    interest.asked_at = interest.changed_at = now
    interest.save()
    audit.record(actor=actor, verb="guides.express_interest", obj=interest)
    bus.publish(InterestNoted(interest_id=interest.pk))
    return Noted(interest, is_own=guest.is_who(contact))


def _token(entry: str, person: Person) -> str:
    """Make the secret of an interest, the same again for the same filled-in form."""
    if not entry:
        return secrets.token_urlsafe(24)
    return salted_hmac("guides.interest", f"{entry}:{person.pk}").hexdigest()[:32]


@transaction.atomic
def withdraw_interest(*, actor: Actor, interest_id: int) -> Interest:
    """Take one's own interest back; a second time nothing happens."""
    interest = Interest.objects.select_for_update().get(pk=interest_id)
    require(actor, "guides.withdraw_interest", interest)
    if interest.status != InterestStatus.WITHDRAWN:
        _move(interest, InterestStatus.WITHDRAWN, None)
        audit.record(actor=actor, verb="guides.withdraw_interest", obj=interest)
    return interest


def _held(actor: Actor, interest_id: int) -> Interest:
    """Hold an interest for a coordinator; who may not know of it finds none."""
    interest = (
        Interest.objects.select_for_update(of=("self",))
        .select_related("municipality")
        .get(pk=interest_id)
    )
    if not can_see_interest(actor, interest):
        raise Interest.DoesNotExist
    if interest.status == InterestStatus.WITHDRAWN:
        raise ValidationError(_("This person has withdrawn."), code="withdrawn")
    return interest


def _move(interest: Interest, status: str, by: int | None) -> None:
    interest.status, interest.decided_by_id = status, by
    interest.changed_at = clock.now()
    interest.save(update_fields=["status", "decided_by", "changed_at"])


@transaction.atomic
def invite_to_talk(*, actor: Actor, interest_id: int, talk: Talk) -> Interest:
    """Invite somebody to a talk, or change its time or place; the same again is nothing.

    Publishes ``TalkInvited``.

    Raises:
        ValidationError: the time has passed, no place for a talk in person, or the person has
            withdrawn or was found suitable already.
    """
    interest = _held(actor, interest_id)
    place = one_line(talk.place)[:LONGEST_PLACE]
    if talk.way not in TalkWay.values:
        raise ValidationError(_("Choose how you want to talk."), code="unknown_way")
    if talk.starts_at <= clock.now():
        raise ValidationError(_("Choose a time in the future."), code="past")
    if talk.way == TalkWay.IN_PERSON and not place:
        raise ValidationError(_("Enter the place of the talk."), code="no_place")
    if interest.status == InterestStatus.SUITABLE:
        raise ValidationError(_("You had the talk already."), code="decided")
    wanted = (talk.starts_at, talk.way, place)
    is_same = (interest.talk_at, interest.talk_way, interest.talk_place) == wanted
    if interest.status == InterestStatus.INVITED and is_same:
        return interest
    interest.talk_at, interest.talk_way, interest.talk_place = wanted
    interest.talk_turn += 1
    interest.save(update_fields=["talk_at", "talk_way", "talk_place", "talk_turn"])
    _move(interest, InterestStatus.INVITED, actor.pk)
    audit.record(actor=actor, verb="guides.invite_to_talk", obj=interest)
    bus.publish(TalkInvited(interest_id=interest.pk))
    return interest


@transaction.atomic
def decide_interest(*, actor: Actor, interest_id: int, status: str) -> Interest:
    """Record suitable, later or not; nothing else is ever written down.

    Raises:
        ValidationError: no such answer, or the person has withdrawn.
    """
    interest = _held(actor, interest_id)
    if status not in DECISIONS:
        raise ValidationError(_("Choose suitable, later or not."), code="unknown_decision")
    if interest.status != status:
        _move(interest, status, actor.pk)
        audit.record(
            actor=actor, verb="guides.decide_interest", obj=interest, details={"status": status}
        )
    return interest


@transaction.atomic
def open_interest_contact(*, actor: Actor, interest_id: int) -> Interest:
    """Fetch how to reach somebody who is interested; every look is recorded."""
    interest = _held(actor, interest_id)
    audit.record(actor=actor, verb="guides.open_contact", obj=interest)
    return Interest.objects.select_related("person").get(pk=interest.pk)
