"""Following: beginning and ending it, by an account or by a confirmed address, and how often."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from miteinander.community.people.models import Person
from miteinander.community.people.services import Contact, find_or_add_guest
from miteinander.foundation.audit import services as audit
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import Actor, SystemActor, require
from miteinander.foundation.core.privacy import kept_for
from miteinander.outward.notifications.enums import Frequency, LetterKind
from miteinander.outward.notifications.interests import Wanted, wanted_of
from miteinander.outward.notifications.models import Follow, FollowRequest, MailWishes
from miteinander.outward.notifications.queries import newest_date
from miteinander.outward.notifications.services.letters import write_letter

MOST_FOLLOWS = 30
_SYSTEM = SystemActor("notifications")


@dataclass(frozen=True)
class Address:
    """Where somebody without an account wants to hear of new meetings, and in which language."""

    email: str
    language: str


@transaction.atomic
def follow(*, actor: Actor, person_id: int, wanted: Wanted) -> Follow:
    """Let a person hear of new meetings; the same a second time changes nothing.

    Whoever wanted no news before gets them once a week from now on: they just asked for them.

    Raises:
        ValidationError: they follow as much as one can (code ``too_many``).
        Person.DoesNotExist: nobody, or somebody whose data were erased.
        PermissionDenied: it is somebody else.
    """
    person = _held(actor, person_id)
    own = Follow.objects.filter(person=person)
    known = own.filter(**wanted.fields).first()
    if known is None and own.count() >= MOST_FOLLOWS:
        message = _("You follow %(count)s things already. Please remove one first.")
        raise ValidationError(message, code="too_many", params={"count": MOST_FOLLOWS})
    wishes, _is_new = MailWishes.objects.get_or_create(person=person)
    if wishes.frequency == Frequency.NONE:
        wishes.frequency = Frequency.WEEKLY
        _begin_anew(wishes)
    elif not own.exists():
        _begin_anew(wishes)
    if known is not None:
        return known
    row = Follow(person=person, created_at=clock.now(), **wanted.fields)
    row.clean_fields()
    row.save()
    audit.record(actor=actor, verb="notifications.follow", obj=wishes)
    return row


@transaction.atomic
def unfollow(*, actor: Actor, person_id: int, follow_id: int) -> None:
    """End one follow of a person; one that is not there changes nothing."""
    person = _held(actor, person_id)
    if Follow.objects.filter(person=person, pk=follow_id).delete()[0]:
        wishes, _is_new = MailWishes.objects.get_or_create(person=person)
        audit.record(actor=actor, verb="notifications.unfollow", obj=wishes)


@transaction.atomic
def set_frequency(*, actor: Actor, person_id: int, frequency: Frequency) -> MailWishes:
    """Say how often a person hears of new meetings; the next time is the next regular one."""
    person = _held(actor, person_id)
    wishes, _is_new = MailWishes.objects.get_or_create(person=person)
    if wishes.frequency == frequency:
        return wishes
    was_silent = wishes.frequency == Frequency.NONE
    wishes.frequency, wishes.heard_at = frequency, clock.now()
    if was_silent:
        wishes.heard_until = newest_date()
    wishes.save(update_fields=["frequency", "heard_at", "heard_until"])
    audit.record(actor=actor, verb="notifications.set_frequency", obj=wishes)
    return wishes


@transaction.atomic
def ask_to_follow(*, actor: Actor, address: Address, wanted: Wanted) -> FollowRequest:
    """Ask an address by mail whether it wants to hear of new meetings.

    The same for known and unknown addresses: nothing is looked up, and nobody is added.

    Raises:
        ValidationError: it is no e-mail address.
    """
    require(actor, "notifications.ask_to_follow")
    email = address.email.strip().lower()
    validate_email(email)
    row = FollowRequest(
        address=email, mail_language=address.language, created_at=clock.now(), **wanted.fields
    )
    row.clean_fields()
    row.save()
    write_letter(
        actor=_SYSTEM, key=str(row.pk), kind=LetterKind.FOLLOW_ASKED, address=email,
        language=address.language, context={"request": row.pk},
    )  # fmt: skip
    return row


@transaction.atomic
def confirm_follow(*, actor: Actor, request_id: int) -> Person:
    """Begin to follow after the link of the mail was used; a second time changes nothing.

    Raises:
        FollowRequest.DoesNotExist: it was not confirmed in time, or the person was erased.
        ValidationError: they follow as much as one can.
    """
    require(actor, "notifications.confirm")
    asked = FollowRequest.objects.get(pk=request_id)
    contact = Contact(email=asked.address, language=asked.mail_language)
    person = find_or_add_guest(actor=actor, contact=contact)
    asked = FollowRequest.objects.select_for_update(of=("self",)).get(pk=request_id)
    if asked.confirmed_at is None:
        follow(actor=actor, person_id=person.pk, wanted=wanted_of(asked))
        asked.confirmed_at = clock.now()
        asked.save(update_fields=["confirmed_at"])
    return person


@transaction.atomic
def forget_follow_requests(*, actor: Actor, now: datetime) -> int:
    """Delete requests older than ``notifications.follow_requests`` says; return how many."""
    require(actor, "notifications.send")
    limit = now - kept_for("notifications.follow_requests")
    return FollowRequest.objects.filter(created_at__lt=limit).delete()[0]


def _held(actor: Actor, person_id: int) -> Person:
    person = Person.objects.select_for_update(no_key=True, of=("self",)).get(
        pk=person_id, erased_at__isnull=True
    )
    require(actor, "notifications.choose", person)
    return person


def _begin_anew(wishes: MailWishes) -> None:
    """Tell only what becomes new from now on."""
    wishes.heard_until, wishes.heard_at = newest_date(), clock.now()
    wishes.save(update_fields=["frequency", "heard_until", "heard_at"])
