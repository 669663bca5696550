"""The talk before, a break, going on, and leaving."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from miteinander.cooperation.tandems.enums import SeekerStatus
from miteinander.cooperation.tandems.models import Seeker
from miteinander.cooperation.tandems.services.ending import let_go
from miteinander.cooperation.tandems.services.questionnaire import (
    held_seeker,
    is_minor,
    missing_question,
)
from miteinander.foundation.audit import services as audit
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import Actor, require


@dataclass(frozen=True)
class Talk:
    """What is noted of a talk: that it took place, and for minors two facts more."""

    has_consent: bool = False
    has_adults: bool = False


@transaction.atomic
def note_talk(*, actor: Actor, seeker_id: int, talk: Talk) -> Seeker:
    """Note that a coordinator talked with somebody, who is in the pool from now on.

    Whoever may be under 18 needs the consent of a guardian, and two adults who come along.

    Raises:
        ValidationError: one of these is missing, or it is somebody's own talk.
    """
    seeker = held_seeker(seeker_id)
    require(actor, "tandems.note_talk", seeker)
    today = clock.today()
    if is_minor(seeker) and not (talk.has_consent and talk.has_adults):
        raise ValidationError(
            _("Under 18 only with the consent of a guardian and with two adults who come along."),
            code="minor",
        )
    if is_minor(seeker):
        seeker.guardian_consent_on, seeker.adults_named_on = today, today
    seeker.talked_on, seeker.talked_by_id = today, actor.pk
    if seeker.status == SeekerStatus.TALK:
        _join_pool(seeker)
    seeker.save()
    audit.record(actor=actor, verb="tandems.note_talk", obj=seeker)
    return seeker


def _join_pool(seeker: Seeker) -> None:
    seeker.status = SeekerStatus.READY
    seeker.waiting_since, seeker.changed_at = clock.now(), clock.now()


@transaction.atomic
def take_break(*, actor: Actor, seeker_id: int) -> Seeker:
    """Take somebody out of the pool until they go on; a tandem they are in goes on."""
    seeker = held_seeker(seeker_id)
    require(actor, "tandems.change_seeker", seeker)
    if seeker.status == SeekerStatus.READY:
        seeker.status, seeker.changed_at = SeekerStatus.PAUSED, clock.now()
        seeker.save(update_fields=["status", "changed_at"])
        audit.record(actor=actor, verb="tandems.take_break", obj=seeker)
    return seeker


@transaction.atomic
def go_on(*, actor: Actor, seeker_id: int) -> Seeker:
    """Come back into the pool after a break, or after having left.

    Whoever has not talked with a coordinator yet waits for that.

    Raises:
        ValidationError: a question is open, or a coordinator wants to talk first.
    """
    seeker = held_seeker(seeker_id)
    require(actor, "tandems.change_seeker", seeker)
    if seeker.status not in {SeekerStatus.PAUSED, SeekerStatus.LEFT}:
        return seeker
    if seeker.held_at is not None:
        raise ValidationError(_("A coordinator will talk with you first."), code="held")
    if missing_question(seeker):
        raise ValidationError(_("One question is still open."), code="open_question")
    if seeker.talked_on is None or seeker.rules_accepted_at is None:
        seeker.status, seeker.changed_at = SeekerStatus.TALK, clock.now()
    else:
        _join_pool(seeker)
    seeker.save()
    audit.record(actor=actor, verb="tandems.go_on", obj=seeker)
    return seeker


@transaction.atomic
def leave(*, actor: Actor, seeker_id: int) -> Seeker:
    """Let somebody leave: a tandem they are in ends, and the others are told kindly."""
    require(actor, "tandems.change_seeker", Seeker.objects.get(pk=seeker_id))
    let_go(seeker_id)
    seeker = held_seeker(seeker_id)
    if seeker.status != SeekerStatus.LEFT:
        seeker.status, seeker.changed_at = SeekerStatus.LEFT, clock.now()
        seeker.save(update_fields=["status", "changed_at"])
        audit.record(actor=actor, verb="tandems.leave", obj=seeker)
    return seeker


@transaction.atomic
def open_contact(*, actor: Actor, seeker_id: int) -> Seeker:
    """Open for a coordinator how to reach somebody; every look is recorded."""
    seeker = held_seeker(seeker_id)
    require(actor, "tandems.open_contact", seeker)
    audit.record(actor=actor, verb="tandems.open_contact", obj=seeker)
    return seeker
