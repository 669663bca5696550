"""What was or will be sent to whom, and which mails people want."""

import secrets
from typing import ClassVar

from django.db import models
from django.db.models import Q

from miteinander.community.people.models import Person
from miteinander.foundation.core.privacy import Privacy
from miteinander.outward.notifications.enums import Frequency, LetterKind, ReminderWay


def new_mark() -> str:
    """Make the random part of a Message-ID."""
    return secrets.token_hex(16)


class Letter(models.Model):
    """One mail to one address: written in the transaction that causes it, sent by a job.

    ``key`` says what it is about (kind, object, change); a second letter under the same key is
    never written. ``context`` holds keys and codes; the words are made when it is sent, and then
    address and context are emptied. Nobody tries it before ``due_at``: whoever tries moves that
    ahead first, so that two workers never hold the same letter. ``mark`` is its
    Message-ID, by which a mail server names it when it cannot deliver.
    """

    key = models.CharField(max_length=160, unique=True)
    kind = models.CharField(max_length=20, choices=LetterKind)
    address = models.EmailField(blank=True)
    language = models.CharField(max_length=10)
    context = models.JSONField(default=dict)
    mark = models.CharField(max_length=32, db_index=True, default=new_mark)
    created_at = models.DateTimeField(db_index=True)
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    skipped_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    attempt_count = models.PositiveSmallIntegerField(default=0)

    privacy: ClassVar = Privacy(
        personal=("address", "language", "context"),
        other=(
            "id", "key", "kind", "mark", "created_at", "due_at", "sent_at", "skipped_at",
            "failed_at", "attempt_count",
        ),
        retention="notifications.letters",
    )  # fmt: skip

    class Meta:
        ordering = ["created_at", "pk"]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(sent_at__isnull=True, skipped_at__isnull=True, failed_at__isnull=True),
                name="letter_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"letter {self.pk}"


class MailWishes(models.Model):
    """Which mails a person wants, and how far news were told; without a row all reminders come.

    ``heard_until`` is the key of the newest :class:`NewDate` this person was told of, or that was
    not for them; ``heard_at`` is when news were due last.
    """

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="mail_wishes")
    reminders_off_at = models.DateTimeField(null=True, blank=True)
    reminder_way = models.CharField(max_length=4, choices=ReminderWay, default=ReminderWay.BOTH)
    polls_off_at = models.DateTimeField(null=True, blank=True)
    frequency = models.CharField(max_length=8, choices=Frequency, default=Frequency.WEEKLY)
    heard_until = models.BigIntegerField(default=0)
    heard_at = models.DateTimeField(null=True, blank=True)

    privacy: ClassVar = Privacy(
        personal=("person", "reminders_off_at", "reminder_way", "polls_off_at", "frequency"),
        other=("id", "heard_until", "heard_at"),
        retention="people.idle",
    )

    class Meta:
        indexes = [models.Index(fields=["frequency", "heard_at"], name="news_due")]

    def __str__(self) -> str:
        return f"mail wishes {self.pk}"
