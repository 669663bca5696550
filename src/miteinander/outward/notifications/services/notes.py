"""Notes to devices: written with the letter, each once, put off while a push service is busy.

As with letters a note is a row first and is taken in one statement. A worker killed between
sending and noting it sends it again under the same tag, and the device shows the newer one only.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from http import HTTPStatus

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import F

from miteinander.foundation.core import bus, clock, outside
from miteinander.foundation.core.permissions import Actor, require
from miteinander.foundation.core.privacy import kept_for
from miteinander.outward.notifications.messages import NotesDue
from miteinander.outward.notifications.models import Device, Letter, Note
from miteinander.outward.notifications.push.encryption import encrypt, padded
from miteinander.outward.notifications.push.keys import authorization
from miteinander.outward.notifications.push.words import NEUTRAL, Wording, wording
from miteinander.outward.notifications.queries import overdue_notes, waiting_notes

HELD_FOR = timedelta(minutes=10)
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180))
OVERDUE_AT_ONCE = 200
MOST_FAILURES = 20
GONE = {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}
REFUSED = {HTTPStatus.BAD_REQUEST, HTTPStatus.REQUEST_ENTITY_TOO_LARGE}
_LOG = structlog.get_logger("miteinander.push")


@transaction.atomic(savepoint=False)
def write_notes(*, actor: Actor, letters: Iterable[Letter]) -> None:
    """Write a note to every device of whoever ``letters`` are for; they need not be stored.

    Only kinds that have neutral words come as notes. The same letter is told a device once.
    """
    require(actor, "notifications.send")
    told = {
        person: letter
        for letter in letters
        if letter.kind in NEUTRAL and (person := letter.context.get("person"))
    }
    if not settings.PUSH or not told:
        return
    now = clock.now()
    devices = Device.objects.filter(person__in=told, person__is_active=True).order_by("pk")
    wanted = [(device, told[device.person_id]) for device in devices]
    keys = {letter.key for _device, letter in wanted}
    known = set(Note.objects.filter(letter_key__in=keys).values_list("device_id", "letter_key"))
    notes = [
        Note(
            device=device, letter_key=letter.key, kind=letter.kind, context=letter.context,
            created_at=now, due_at=now,
        )
        for device, letter in wanted
        if (device.pk, letter.key) not in known
    ]  # fmt: skip
    if not notes:
        return
    Note.objects.bulk_create(notes, ignore_conflicts=True)
    fresh = waiting_notes().filter(letter_key__in={note.letter_key for note in notes}, due_at=now)
    bus.publish(NotesDue(tuple(fresh.order_by("pk").values_list("pk", flat=True)), now))


def send_note(*, actor: Actor, note_id: int) -> bool:
    """Send a note if it is due and still apt; tell whether a push service took it."""
    require(actor, "notifications.send")
    now = clock.now()
    note = _take(note_id, now)
    if note is None:
        return False
    try:
        words = wording(note, now) if settings.PUSH and note.device.person.is_active else None
        if words is None:
            _settle(note, "skipped_at")
            return False
        answer = _post(note.device, words, now)
    except Exception as error:  # noqa: BLE001 (no error of any kind may lose a note)
        # The error's own words may hold the address of the device, so only its name is logged.
        _LOG.warning("note put off", note=note.pk, error=type(error).__name__)
        _put_off(note, 0)
        return False
    return _heard(note, answer)


def _take(note_id: int, now: datetime) -> Note | None:
    taken = (
        waiting_notes()
        .filter(pk=note_id, due_at__lte=now)
        .order_by()
        .update(due_at=now + HELD_FOR, attempt_count=F("attempt_count") + 1)
    )
    notes = Note.objects.select_related("device__person")
    return notes.filter(pk=note_id).first() if taken else None


def _post(device: Device, words: Wording, now: datetime) -> outside.Answer:
    body = encrypt(padded(words.content), p256dh=device.p256dh, auth=device.auth)
    headers = {
        "Authorization": authorization(device.endpoint, now),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(words.seconds),
        "Urgency": "high" if words.is_urgent else "normal",
    }
    return outside.post(device.endpoint, body, headers)


def _heard(note: Note, answer: outside.Answer) -> bool:
    """Note what the push service said; a device it does not know any more is forgotten."""
    if answer.status in GONE:
        note.device.delete()
        return False
    if HTTPStatus.OK <= answer.status < HTTPStatus.MULTIPLE_CHOICES:
        _settle(note, "sent_at")
        Device.objects.filter(pk=note.device_id).update(used_at=clock.now(), failure_count=0)
        return True
    _LOG.warning("note put off", note=note.pk, status=answer.status)
    if answer.status in REFUSED:
        _settle(note, "failed_at")
    else:
        _put_off(note, answer.retry_after)
    return False


def _settle(note: Note, state: str) -> None:
    Note.objects.filter(pk=note.pk).update(**{state: clock.now(), "context": {}})


@transaction.atomic
def _put_off(note: Note, seconds: int) -> None:
    """Try again later; a device that never takes anything is forgotten in the end."""
    Device.objects.filter(pk=note.device_id).update(failure_count=F("failure_count") + 1)
    if Device.objects.filter(pk=note.device_id, failure_count__gte=MOST_FAILURES).delete()[0]:
        return
    if note.attempt_count > len(PAUSES):
        _settle(note, "failed_at")
        return
    pause = max(PAUSES[note.attempt_count - 1], timedelta(seconds=seconds))
    due_at = clock.now() + pause
    Note.objects.filter(pk=note.pk).update(due_at=due_at)
    bus.publish(NotesDue(note_ids=(note.pk,), due_at=due_at))


@transaction.atomic
def hurry_overdue_notes(*, actor: Actor, now: datetime) -> int:
    """Have notes tried that a worker let lie, because it was killed; return how many."""
    require(actor, "notifications.send")
    overdue = tuple(overdue_notes(now).values_list("pk", flat=True)[:OVERDUE_AT_ONCE])
    if overdue:
        bus.publish(NotesDue(note_ids=overdue, due_at=now))
    return len(overdue)


@transaction.atomic
def forget_old_notes(*, actor: Actor, now: datetime) -> int:
    """Delete notes older than ``notifications.letters`` says; return how many."""
    require(actor, "notifications.send")
    limit = now - kept_for("notifications.letters")
    return Note.objects.filter(created_at__lt=limit).delete()[0]
