"""That somebody wants to become a guide."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from miteinander.community.people.models import Person
from miteinander.community.regions.models import Region
from miteinander.cooperation.guides.enums import InterestStatus, TalkWay
from miteinander.foundation.core.privacy import Privacy


class Interest(models.Model):
    """That a person wants to become a guide, and what became of it.

    ``token`` is the secret of the link by which the person withdraws. There is no field for
    words about a person: a coordinator records the ``status`` and nothing else. ``talk_place``
    is told to the person in the mail.
    """

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="guide_interest")
    municipality = models.ForeignKey(
        Region, on_delete=models.PROTECT, related_name="guide_interests"
    )
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    token = models.CharField(max_length=32, unique=True)
    language = models.CharField(_("language for messages"), max_length=10)
    status = models.CharField(max_length=10, choices=InterestStatus, default=InterestStatus.OPEN)
    talk_way = models.CharField(_("how"), max_length=8, choices=TalkWay, blank=True)
    talk_place = models.CharField(_("place of the talk"), max_length=160, blank=True)
    talk_at = models.DateTimeField(_("time of the talk"), null=True, blank=True)
    talk_turn = models.PositiveIntegerField(default=0)
    asked_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    privacy: ClassVar = Privacy(
        personal=(
            "person", "municipality", "token", "language", "status", "talk_way", "talk_place",
            "talk_at", "decided_by",
        ),
        other=("id", "talk_turn", "asked_at", "changed_at"),
        retention="guides.interests",
    )  # fmt: skip

    class Meta:
        ordering = ["asked_at", "pk"]
        indexes = [models.Index(fields=["status", "asked_at"], name="interest_status")]

    def __str__(self) -> str:
        return f"interest {self.pk}"
