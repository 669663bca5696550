"""Devices that show notes: switched on by their owner, and forgotten with the sign-in."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from miteinander.community.people.models import Person
from miteinander.foundation.audit import services as audit
from miteinander.foundation.core import clock, outside
from miteinander.foundation.core.permissions import Actor, require
from miteinander.foundation.core.privacy import kept_for
from miteinander.outward.notifications.models import Device
from miteinander.outward.notifications.push.encryption import checked_keys

MOST_DEVICES = 10
LONGEST_AGENT = 300


@dataclass(frozen=True)
class Subscription:
    """What a browser tells us when its owner switches notes on."""

    endpoint: str
    p256dh: str
    auth: str
    agent: str
    session_key: str


def mark_of(text: str) -> str:
    """Return what stands for an endpoint or a session where nobody needs to know it."""
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def add_device(*, actor: Actor, person_id: int, subscription: Subscription) -> Device:
    """Show notes to a person on one more device; the same device again is written anew.

    A browser belongs to whoever switched notes on in it last. Of more than ``MOST_DEVICES`` the
    one that was used longest ago goes.

    Raises:
        ValidationError: notes are off here, or the browser named no push service we call.
        PermissionDenied: it is somebody else.
    """
    person = Person.objects.select_for_update().get(pk=person_id, erased_at__isnull=True)
    require(actor, "notifications.choose", person)
    _check(subscription)
    now = clock.now()
    device, _is_new = Device.objects.update_or_create(
        endpoint_mark=mark_of(subscription.endpoint),
        defaults={
            "person": person,
            "endpoint": subscription.endpoint,
            "p256dh": subscription.p256dh,
            "auth": subscription.auth,
            "agent": subscription.agent[:LONGEST_AGENT],
            "session_mark": mark_of(subscription.session_key),
            "created_at": now,
            "used_at": now,
            "failure_count": 0,
        },
    )
    kept = person.push_devices.order_by("-used_at", "-pk")[:MOST_DEVICES]
    person.push_devices.exclude(pk__in=[row.pk for row in kept]).delete()
    audit.record(actor=actor, verb="notifications.add_device", obj=person)
    return device


def _check(subscription: Subscription) -> None:
    try:
        outside.checked(subscription.endpoint)
        checked_keys(subscription.p256dh, subscription.auth)
    except (outside.NotAllowed, ValueError) as error:
        message = _("This browser cannot show notes of ours. Please try another one.")
        raise ValidationError(message, code="browser") from error
    if not settings.PUSH:
        raise ValidationError(_("There are no notes on devices here."), code="off")


@transaction.atomic
def remove_device(*, actor: Actor, person_id: int, device_id: int) -> None:
    """Stop showing notes on a device; one that is gone or somebody else's changes nothing.

    Raises:
        PermissionDenied: it is somebody else.
    """
    person = Person.objects.select_for_update().get(pk=person_id, erased_at__isnull=True)
    require(actor, "notifications.choose", person)
    if person.push_devices.filter(pk=device_id).delete()[0]:
        audit.record(actor=actor, verb="notifications.remove_device", obj=person)


@transaction.atomic
def forget_signed_out(*, actor: Actor, session_keys: Collection[str]) -> int:
    """Delete the devices that were switched on in sessions that ended; return how many rows."""
    require(actor, "notifications.send")
    marks = [mark_of(key) for key in session_keys]
    return Device.objects.filter(session_mark__in=marks).delete()[0]


@transaction.atomic
def forget_idle_devices(*, actor: Actor, now: datetime) -> int:
    """Delete devices nothing came through to for as long as ``notifications.devices`` says."""
    require(actor, "notifications.send")
    limit = now - kept_for("notifications.devices")
    return Device.objects.filter(used_at__lt=limit).delete()[0]
