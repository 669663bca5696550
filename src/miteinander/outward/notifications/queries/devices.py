"""Reads about devices and notes: what waits, and on which ways people want reminders."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from miteinander.community.people.models import Person
from miteinander.foundation.core.permissions import Actor, require
from miteinander.outward.notifications.enums import ReminderWay
from miteinander.outward.notifications.models import Device, MailWishes, Note
from miteinander.outward.notifications.queries.letters import OVERDUE_AFTER


def waiting_notes() -> QuerySet[Note]:
    """Notes that are neither sent, nor given up, nor needless."""
    return Note.objects.filter(
        sent_at__isnull=True, skipped_at__isnull=True, failed_at__isnull=True
    ).order_by("due_at", "pk")


def overdue_notes(now: datetime) -> QuerySet[Note]:
    """Waiting notes that somebody should have tried by now."""
    return waiting_notes().filter(due_at__lte=now - OVERDUE_AFTER)


def devices_of(*, actor: Actor, person: Person) -> list[Device]:
    """List the devices that show notes to ``person``, the oldest first."""
    require(actor, "notifications.choose", person)
    return list(person.push_devices.order_by("created_at", "pk"))


def reminder_way(person_id: int) -> str:
    """Return on which ways somebody wants reminders; empty for none."""
    wishes = MailWishes.objects.filter(person_id=person_id).first()
    if wishes is None:
        return ReminderWay.BOTH
    return "" if wishes.reminders_off_at else wishes.reminder_way


def reminder_ways(person_ids: Iterable[int]) -> dict[int, str]:
    """Map people who do not want reminders on both ways to the one they want.

    A note alone is enough only where there is a device to show it; without one it is the mail.
    """
    wishes = MailWishes.objects.filter(person__in=person_ids).exclude(reminder_way=ReminderWay.BOTH)
    chosen = dict(wishes.values_list("person_id", "reminder_way"))
    reached = set(
        Device.objects.filter(person__in=chosen).values_list("person_id", flat=True)
        if settings.PUSH and chosen
        else ()
    )
    return {pk: way for pk, way in chosen.items() if way == ReminderWay.MAIL or pk in reached}


def exported_devices(person: Person) -> list[dict[str, Any]]:
    """Tell on which devices ``person`` wants notes; never their keys and addresses."""
    return [
        {
            "device": device.agent,
            "switched_on_at": device.created_at.isoformat(),
            "used_at": device.used_at.isoformat(),
        }
        for device in person.push_devices.order_by("pk")
    ]
