"""Devices on which people want notes beside the mail, and the notes themselves."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from miteinander.community.people.models import Person
from miteinander.foundation.core.privacy import Privacy
from miteinander.outward.notifications.enums import LetterKind


class Device(models.Model):
    """A browser that shows notes to one person.

    ``endpoint`` is where its push service takes them, ``p256dh`` and ``auth`` are what only that
    browser can read. ``session_mark`` is the sign-in it came from, hashed: with it the device goes.
    ``used_at`` is when it was switched on or a note was taken last; ``failure_count`` are the
    tries since then that nobody took.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="push_devices")
    endpoint = models.CharField(max_length=1000)
    endpoint_mark = models.CharField(max_length=64, unique=True)
    p256dh = models.CharField(max_length=100)
    auth = models.CharField(max_length=40)
    agent = models.CharField(max_length=300, blank=True)
    session_mark = models.CharField(max_length=64, db_index=True)
    created_at = models.DateTimeField()
    used_at = models.DateTimeField(db_index=True)
    failure_count = models.PositiveSmallIntegerField(default=0)

    privacy: ClassVar = Privacy(
        personal=(
            "person", "endpoint", "endpoint_mark", "p256dh", "auth", "agent", "session_mark",
            "created_at", "used_at",
        ),
        other=("id", "failure_count"),
        retention="notifications.devices",
    )  # fmt: skip

    class Meta:
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return f"device {self.pk}"


class Note(models.Model):
    """One short note to one device, beside or instead of a letter of the same ``letter_key``.

    Like a letter it is a row before it is sent, holds keys and codes only, and is taken by moving
    ``due_at`` ahead; the words are made when it is sent.
    """

    device = models.ForeignKey(Device, on_delete=models.CASCADE, related_name="notes")
    letter_key = models.CharField(max_length=160)
    kind = models.CharField(max_length=20, choices=LetterKind)
    context = models.JSONField(default=dict)
    created_at = models.DateTimeField(db_index=True)
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    skipped_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    attempt_count = models.PositiveSmallIntegerField(default=0)

    privacy: ClassVar = Privacy(
        personal=("device", "context"),
        other=(
            "id", "letter_key", "kind", "created_at", "due_at", "sent_at", "skipped_at",
            "failed_at", "attempt_count",
        ),
        retention="notifications.letters",
    )  # fmt: skip

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["device", "letter_key"], name="note_once_per_device")
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(sent_at__isnull=True, skipped_at__isnull=True, failed_at__isnull=True),
                name="note_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"note {self.pk}"
