"""Marks made at a front desk whose network may be gone, so that none counts twice."""

from typing import ClassVar

from django.db import models

from miteinander.encounters.activities.enums import Presence
from miteinander.encounters.activities.models.participation import Participation
from miteinander.foundation.core.privacy import Privacy


class DeskEntry(models.Model):
    """One mark as a phone at the door sent it.

    ``key`` was drawn by the phone. ``book`` stands for one date and one organiser without naming
    either. ``made_at`` is when the button was pressed. ``told`` is the mark somebody else had made
    of the same person and ``outcome`` which of both counts, so that sending the same again is
    answered the same. Rows are needed only as long as a phone may send again.
    """

    class Outcome(models.TextChoices):
        """What became of a mark."""

        DONE = "done", "done"
        REPLACED = "replaced", "replaced what somebody else had marked"
        OLDER = "older", "older than what is marked"

    participation = models.ForeignKey(
        Participation, on_delete=models.CASCADE, related_name="desk_entries"
    )
    book = models.CharField(max_length=32)
    key = models.CharField(max_length=32)
    mark = models.CharField(max_length=8, choices=Presence)
    told = models.CharField(max_length=8, choices=Presence, blank=True)
    outcome = models.CharField(max_length=8, choices=Outcome)
    made_at = models.DateTimeField()
    received_at = models.DateTimeField()

    privacy: ClassVar = Privacy(
        personal=("participation", "book", "key"),
        other=("id", "mark", "told", "outcome", "made_at", "received_at"),
        retention="activities.desk_entries",
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["book", "key"], name="desk_entry_once"),
        ]
        indexes = [models.Index(fields=["received_at"], name="desk_entry_age")]

    def __str__(self) -> str:
        return f"desk entry {self.pk}"
