"""The tables of the exchange app."""

from typing import ClassVar

from django.db import models

from miteinander.community.people.models import Person
from miteinander.encounters.activities.models import Activity
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


class ImportedEntry(models.Model):
    """What a calendar file said of an occasion when it was last brought in.

    It tells a change in the calendar from a change somebody made here, so that bringing a file
    in again never overwrites what people wrote. ``dates`` maps the key of each date to its start
    and end there. ``calendar`` is the calendar's own name: only entries of the same calendar are
    missed when a file comes without them.
    """

    activity = models.OneToOneField(
        Activity, on_delete=models.CASCADE, related_name="imported_entry"
    )
    calendar = models.CharField(max_length=200, blank=True)
    words_mark = models.CharField(max_length=64)
    dates = models.JSONField(default=dict)
    seen_at = models.DateTimeField()

    privacy: ClassVar = Privacy(
        other=("id", "activity", "calendar", "words_mark", "dates", "seen_at")
    )

    def __str__(self) -> str:
        return f"imported entry {self.pk}"
