"""What organisers write to the people of their dates, until it is written to everybody."""

from typing import ClassVar

from django.db import models

from miteinander.community.people.models import Person
from miteinander.encounters.activities.models import ActivityDate
from miteinander.foundation.core.languages import SPOKEN_CHOICES
from miteinander.foundation.core.privacy import Privacy
from miteinander.outward.notifications.enums import Readers


class PeopleMessage(models.Model):
    """One message to the people of a date; ``entry`` marks the filled-in form it came from.

    A job makes letters of it, a batch at a time: ``last_pk`` is the last seat that has one. When
    all are written the words are emptied; the row stays for the limit of a day.
    """

    date = models.ForeignKey(ActivityDate, on_delete=models.CASCADE, related_name="+")
    entry = models.CharField(max_length=24)
    author = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    readers = models.CharField(max_length=10, choices=Readers)
    words = models.TextField(blank=True)
    language = models.CharField(max_length=10, choices=SPOKEN_CHOICES)
    count = models.PositiveIntegerField()
    last_pk = models.BigIntegerField(default=0)
    created_at = models.DateTimeField(db_index=True)
    done_at = models.DateTimeField(null=True)

    privacy: ClassVar = Privacy(
        personal=("author", "words", "language"),
        other=("id", "date", "entry", "readers", "count", "last_pk", "created_at", "done_at"),
        retention="notifications.letters",
    )

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["date", "entry"], name="people_message_once")
        ]

    def __str__(self) -> str:
        return f"message {self.pk}"
