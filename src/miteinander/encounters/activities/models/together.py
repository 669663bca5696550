"""Organisations that invite to an occasion together with the one that plans it."""

from typing import ClassVar

from django.db import models

from miteinander.community.organisations.models import Organisation
from miteinander.encounters.activities.enums import CoHostStatus
from miteinander.encounters.activities.models.activity import Activity
from miteinander.foundation.core.privacy import Privacy


class CoHost(models.Model):
    """That an organisation was asked to invite to an occasion too, and what it answered.

    The organisation of the occasion stays responsible. A row is used again when the same
    organisation is asked once more.
    """

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="co_hosts")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="co_hosted"
    )
    status = models.CharField(max_length=10, choices=CoHostStatus, default=CoHostStatus.ASKED)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    privacy: ClassVar = Privacy(
        other=("id", "activity", "organisation", "status", "asked_at", "answered_at")
    )

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "organisation"], name="co_host_once")
        ]
        indexes = [models.Index(fields=["organisation", "status"], name="co_host_status")]

    def __str__(self) -> str:
        return f"co-host {self.pk}"

    @property
    def is_agreed(self) -> bool:
        """Whether both organisations invite."""
        return self.status == CoHostStatus.AGREED

    @property
    def is_asked(self) -> bool:
        """Whether an answer is still to come."""
        return self.status == CoHostStatus.ASKED
