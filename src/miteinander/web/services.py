"""Changing what belongs to the front door: feedback, and who runs the instance."""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from miteinander.community.people import services as people
from miteinander.community.people.models import Person
from miteinander.community.regions import services as regions
from miteinander.foundation.audit import services as audit
from miteinander.foundation.core import bus
from miteinander.foundation.core.models import Instance
from miteinander.foundation.core.permissions import Actor, SystemActor, require
from miteinander.foundation.core.privacy import kept_for
from miteinander.web.messages import FeedbackSent, InstanceChanged
from miteinander.web.models import Feedback

INSTANCE_FIELDS = frozenset(
    {
        "name", "area", "operator", "contact_name", "contact_phone", "contact_email",
        "contact_hours", "interpreters", "supervisor", "funding_notice",
    }
)  # fmt: skip


@dataclass(frozen=True)
class FeedbackText:
    """What somebody wrote about a barrier."""

    message: str
    page: str
    reply_to: str
    language: str


@transaction.atomic
def send_feedback(*, actor: Actor, text: FeedbackText) -> Feedback:
    """Keep a message about a barrier and tell the contact person by mail; anybody may."""
    feedback = Feedback.objects.create(
        message=text.message, page=text.page, reply_to=text.reply_to, language=text.language
    )
    audit.record(actor=actor, verb="web.send_feedback", obj=feedback, label="feedback")
    bus.publish(FeedbackSent(feedback_id=feedback.pk))
    return feedback


def _hash(code: str) -> str:
    return hashlib.sha256(code.strip().encode()).hexdigest()


@transaction.atomic
def begin_setup(*, actor: SystemActor) -> str:
    """Make a new one-time code for the setup and return it; an older one stops working.

    Raises:
        ValidationError: the instance is set up already.
    """
    instance, _made = Instance.objects.select_for_update().get_or_create(pk=1)
    if instance.is_set_up:
        raise ValidationError(_("This instance is set up already."), code="set_up")
    code = secrets.token_urlsafe(18)
    instance.setup_token_hash = _hash(code)
    instance.save(update_fields=["setup_token_hash"])
    audit.record(actor=actor, verb="web.begin_setup", obj=instance, label="instance")
    return code


def is_setup_code(code: str) -> bool:
    """Tell whether ``code`` opens the setup; it is spent when the setup ends."""
    instance = Instance.objects.filter(pk=1, is_set_up=False).first()
    if instance is None or not instance.setup_token_hash:
        return False
    return secrets.compare_digest(instance.setup_token_hash, _hash(code))


@transaction.atomic
def change_instance(*, actor: Actor, facts: Mapping[str, str], district: str = "") -> Instance:
    """Change who runs the house; ``district`` loads the places of a district that ships with it.

    Raises:
        PermissionDenied: neither an administrator nor the setup.
    """
    require(actor, "web.change_instance")
    instance, _made = Instance.objects.select_for_update().get_or_create(pk=1)
    changed = [name for name in facts if name in INSTANCE_FIELDS]
    for name in changed:
        setattr(instance, name, facts[name])
    instance.save(update_fields=changed)
    if district:
        regions.load_district(actor=actor, name=district)
    audit.record(
        actor=actor, verb="web.change_instance", obj=instance, label="instance",
        details={"fields": sorted(changed)},
    )  # fmt: skip
    bus.publish(InstanceChanged())
    return instance


@transaction.atomic
def finish_setup(*, actor: SystemActor, name: str, email: str, language: str) -> Person:
    """Make the first administrator and close the setup for good.

    The code from the console is proof enough of who this is, so the address counts as proven.

    Raises:
        ValidationError: the instance is set up already.
    """
    instance = Instance.objects.select_for_update().get(pk=1)
    if instance.is_set_up:
        raise ValidationError(_("This instance is set up already."), code="set_up")
    contact = people.Contact(name=name, email=email, language=language)
    person = people.find_or_add_guest(actor=actor, contact=contact)
    people.prove_address(actor=actor, person_id=person.pk)
    people.appoint_administrator(actor=actor, person_id=person.pk)
    instance.is_set_up = True
    instance.setup_token_hash = ""
    instance.save(update_fields=["is_set_up", "setup_token_hash"])
    audit.record(actor=actor, verb="web.finish_setup", obj=instance, label="instance")
    bus.publish(InstanceChanged())
    person.refresh_from_db()
    return person


@transaction.atomic
def forget_old_feedback(*, actor: SystemActor, now: datetime) -> int:
    """Delete feedback older than its retention rule and return how many."""
    count, _per_model = Feedback.objects.filter(sent_at__lt=now - kept_for("web.feedback")).delete()
    if count:
        audit.record(actor=actor, verb="web.forget_feedback", details={"count": count})
    return count


@transaction.atomic
def forget_feedback_of(*, actor: SystemActor, email: str) -> int:
    """Delete what somebody who is erased told under their address, and return how many.

    The words go too: they may hold the name.
    """
    count, _per_model = Feedback.objects.filter(reply_to__iexact=email or "-").delete()
    if count:
        audit.record(actor=actor, verb="web.forget_feedback", details={"count": count})
    return count
