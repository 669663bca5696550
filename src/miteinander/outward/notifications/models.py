"""The tables of the notifications app: what was or will be sent to whom."""

from typing import ClassVar

from django.db import models

from miteinander.foundation.core.privacy import Privacy
from miteinander.outward.notifications.enums import LetterKind


class Letter(models.Model):
    """One mail to one address: written in the transaction that causes it, sent by a job.

    ``key`` says what it is about (kind, object, change); a second letter under the same key is
    never written. ``context`` holds keys and codes; the words are made when it is sent.
    """

    key = models.CharField(max_length=160, unique=True)
    kind = models.CharField(max_length=20, choices=LetterKind)
    address = models.EmailField()
    language = models.CharField(max_length=10)
    context = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)
    sent_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    attempt_count = models.PositiveSmallIntegerField(default=0)

    privacy: ClassVar = Privacy(
        personal=("address", "language", "context"),
        other=("id", "key", "kind", "created_at", "sent_at", "failed_at", "attempt_count"),
        retention="notifications.letters",
    )

    class Meta:
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return f"letter {self.pk}"
