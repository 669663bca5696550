"""That somebody completed a course."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from miteinander.community.people.models import Person
from miteinander.cooperation.guides.enums import RevokeReason
from miteinander.cooperation.guides.models.course import Trainee
from miteinander.foundation.core.privacy import Privacy


class Certificate(models.Model):
    """A certificate with a number nobody can guess.

    ``units`` of ``units_total`` and the ``modules`` (their keys) are as they were when it was
    issued. The public check tells the name only while ``shows_name``.
    """

    trainee = models.ForeignKey(Trainee, on_delete=models.PROTECT, related_name="certificates")
    issued_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    number = models.CharField(_("number"), max_length=16, unique=True)
    language = models.CharField(_("second language"), max_length=10)
    units = models.PositiveSmallIntegerField()
    units_total = models.PositiveSmallIntegerField()
    modules = models.JSONField(default=list)
    shows_name = models.BooleanField(default=False)
    revoke_reason = models.CharField(max_length=10, choices=RevokeReason, blank=True)
    issued_at = models.DateTimeField()
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    privacy: ClassVar = Privacy(
        personal=(
            "trainee", "number", "language", "units", "modules", "shows_name", "issued_at",
            "issued_by", "revoked_at", "revoke_reason", "valid_until",
        ),
        other=("id", "units_total"),
        retention="guides.certificates",
    )  # fmt: skip

    class Meta:
        ordering = ["issued_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["trainee"],
                condition=Q(revoked_at__isnull=True),
                name="certificate_valid_once",
                violation_error_message=_("This person has a certificate already."),
            )
        ]

    def __str__(self) -> str:
        return f"certificate {self.pk}"

    @property
    def is_valid(self) -> bool:
        """Whether it was not revoked."""
        return self.revoked_at is None

    @property
    def grouped_number(self) -> str:
        """The number in groups of four, as people read and type it."""
        return "-".join(self.number[at : at + 4] for at in range(0, len(self.number), 4))
