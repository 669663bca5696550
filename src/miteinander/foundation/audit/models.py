"""The audit record."""

from typing import ClassVar

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from miteinander.foundation.audit.verbs import described, kind_of
from miteinander.foundation.core.privacy import Privacy


class AuditEntry(models.Model):
    """That somebody did something to something; never changed, only removed by its age.

    ``label`` names the object without personal facts; ``details`` holds keys and codes, never
    names, contacts or free text. No actor means the platform itself.
    """

    at = models.DateTimeField(_("time"), auto_now_add=True, db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    verb = models.CharField(_("act"), max_length=60)
    content_type = models.ForeignKey(
        ContentType, on_delete=models.PROTECT, null=True, related_name="+"
    )
    object_id = models.PositiveBigIntegerField(null=True)
    label = models.CharField(_("object"), max_length=160, blank=True)
    details = models.JSONField(_("details"), default=dict)

    privacy: ClassVar = Privacy(
        personal=("actor",),
        other=("id", "at", "verb", "content_type", "object_id", "label", "details"),
        retention="audit.entries",
    )

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["content_type", "object_id"], name="audit_of_object"),
            models.Index(fields=["verb", "-at"], name="audit_of_verb"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.label}"

    @property
    def sentence(self) -> str:
        """What was done, in words, or the verb itself where nobody described it."""
        return str(described(self.verb))

    @property
    def shown_label(self) -> str:
        """The name of the object; kind and key where it has none, the kind in words."""
        kind, _space, key = self.label.rpartition(" ")
        is_bare = key == str(self.object_id) and kind.isidentifier()
        return f"{kind_of(kind)} {key}" if is_bare else self.label
