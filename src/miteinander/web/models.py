"""The tables of the front door."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from miteinander.foundation.core.privacy import Privacy


class Feedback(models.Model):
    """What somebody told about a barrier here; HVBIT § 4(2) no. 2: answered in six weeks."""

    message = models.TextField(_("what is difficult to use?"), max_length=4000)
    page = models.CharField(_("on which page?"), max_length=200, blank=True)
    reply_to = models.EmailField(_("where may we answer?"), blank=True)
    language = models.CharField(max_length=10)
    sent_at = models.DateTimeField(auto_now_add=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    privacy: ClassVar = Privacy(
        personal=("message", "reply_to", "language"),
        other=("id", "page", "sent_at", "answered_at"),
        retention="web.feedback",
    )

    class Meta:
        ordering = ["-sent_at", "-pk"]

    def __str__(self) -> str:
        return f"feedback {self.pk}"
