"""The tables of the exchange app."""

from typing import ClassVar

from django.db import models

from miteinander.community.people.models import Person
from miteinander.foundation.core.privacy import Privacy


class CalendarKey(models.Model):
    """The secret part of the address of a person's own calendar feed; revoking deletes the row."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="calendar_key")
    token = models.CharField(max_length=43, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)

    privacy: ClassVar = Privacy(
        personal=("person", "token"), other=("id", "created_at"), retention="people.idle"
    )

    def __str__(self) -> str:
        return f"calendar key {self.pk}"
