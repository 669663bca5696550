"""What a guide and who asked write to each other without knowing each other's address."""

from typing import ClassVar

from django.db import models

from miteinander.cooperation.guides.models.assignment import Assignment
from miteinander.foundation.core.privacy import Privacy


class RelayedWords(models.Model):
    """A few words, sealed (``core.sealing``), and gone together with the contact."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="words")
    is_from_guide = models.BooleanField()
    sealed = models.TextField()
    entry = models.CharField(max_length=64)
    written_at = models.DateTimeField()

    privacy: ClassVar = Privacy(
        personal=("assignment", "is_from_guide", "sealed"),
        other=("id", "entry", "written_at"),
        retention="guides.contacts",
    )

    class Meta:
        ordering = ["written_at", "pk"]
        verbose_name_plural = "relayed words"
        constraints = [
            models.UniqueConstraint(fields=["assignment", "entry"], name="relayed_words_once")
        ]

    def __str__(self) -> str:
        return f"words {self.pk}"
