"""What people read for a module, and questions to check what they know."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from miteinander.cooperation.guides.models.curriculum import Module
from miteinander.foundation.core.privacy import Privacy


class Material(models.Model):
    """A file or a link that belongs to a module; exactly one of both.

    ``digest`` tells the same file or link again. ``name`` is the name of the file as it is taken
    along, ``kind`` its media type as its content says.
    """

    module = models.ForeignKey(Module, on_delete=models.CASCADE, related_name="materials")
    title = models.CharField(_("title"), max_length=120)
    language = models.CharField(_("language"), max_length=10)
    link = models.URLField(_("link"), max_length=500, blank=True)
    name = models.CharField(max_length=100, blank=True)
    kind = models.CharField(max_length=100, blank=True)
    content = models.BinaryField(null=True, blank=True)
    size = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64)
    added_at = models.DateTimeField()

    privacy: ClassVar = Privacy(
        other=(
            "id", "module", "title", "language", "link", "name", "kind", "content", "size",
            "digest", "added_at",
        )
    )  # fmt: skip

    class Meta:
        ordering = ["added_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["module", "digest"],
                name="material_once",
                violation_error_message=_("This file or link is here already."),
            ),
            models.CheckConstraint(
                name="material_is_file_or_link",
                condition=Q(link="", content__isnull=False) | (~Q(link="") & Q(content=None)),
                violation_error_message=_("Choose a file or enter a link."),
            ),
        ]

    def __str__(self) -> str:
        return f"material {self.pk}"


class Question(models.Model):
    """A question with one right answer, for oneself: who answers what is never stored."""

    module = models.ForeignKey(Module, on_delete=models.CASCADE, related_name="questions")
    language = models.CharField(_("language"), max_length=10)
    words = models.CharField(_("question"), max_length=300)
    right = models.CharField(_("right answer"), max_length=200)
    wrong = models.CharField(_("wrong answer"), max_length=200)
    also_wrong = models.CharField(_("another wrong answer"), max_length=200, blank=True)
    why = models.CharField(_("why"), max_length=300, blank=True)
    added_at = models.DateTimeField()

    privacy: ClassVar = Privacy(
        other=(
            "id", "module", "language", "words", "right", "wrong", "also_wrong", "why", "added_at",
        )
    )  # fmt: skip

    class Meta:
        ordering = ["added_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["module", "words"],
                name="question_once",
                violation_error_message=_("This question is here already."),
            )
        ]

    def __str__(self) -> str:
        return f"question {self.pk}"
