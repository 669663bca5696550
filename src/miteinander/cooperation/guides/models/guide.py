"""Somebody who guides: what coordinators need to know to ask the right person."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from miteinander.community.people.enums import LanguageLevel
from miteinander.community.people.models import Person
from miteinander.community.regions.models import Region
from miteinander.cooperation.guides.enums import GuideStatus, LeaveReason
from miteinander.foundation.core.languages import NAMES
from miteinander.foundation.core.privacy import Privacy


class Guide(models.Model):
    """A guide of the network. The guide sees and edits the same page as coordinators.

    ``topics``, ``unwanted`` and ``ways`` are lists of keys of the enums. ``times`` holds one bit
    for each part of a week (see ``timetable``); 0 says nothing about times. Of documents there
    are facts only, never the document: § 72a SGB VIII asks to inspect, not to keep it.
    """

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="guide")
    municipality = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="guides")
    areas = models.ManyToManyField(
        Region, through="GuideArea", related_name="+", verbose_name=_("areas")
    )
    topics = models.JSONField(default=list)
    unwanted = models.JSONField(default=list)
    ways = models.JSONField(default=list)
    times = models.PositiveIntegerField(default=0)
    is_lead = models.BooleanField(_("coordinates other guides"), default=False)
    has_relay = models.BooleanField(_("hide my address from the people I guide"), default=True)
    certificate_seen_on = models.DateField(
        _("certificate of an earlier course seen on"), null=True, blank=True
    )
    confidentiality_on = models.DateField(_("confidentiality declared on"), null=True, blank=True)
    duties_told_on = models.DateField(
        _("duties under § 72a SGB VIII explained on"), null=True, blank=True
    )
    police_inspected_on = models.DateField(
        _("police certificate inspected on"), null=True, blank=True
    )
    police_inspected_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    police_valid_until = models.DateField(
        _("police certificate valid until"), null=True, blank=True
    )
    paused_from = models.DateField(_("pause from"), null=True, blank=True)
    paused_until = models.DateField(_("pause until"), null=True, blank=True)
    status = models.CharField(max_length=8, choices=GuideStatus, default=GuideStatus.ACTIVE)
    left_on = models.DateField(null=True, blank=True)
    left_reason = models.CharField(max_length=10, choices=LeaveReason, blank=True)
    joined_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    privacy: ClassVar = Privacy(
        personal=(
            "person", "municipality", "areas", "topics", "unwanted", "ways", "times", "is_lead",
            "has_relay", "certificate_seen_on", "confidentiality_on", "duties_told_on",
            "police_inspected_on",
            "police_inspected_by", "police_valid_until", "paused_from", "paused_until", "status",
            "left_on", "left_reason", "joined_at",
        ),
        other=("id", "changed_at"),
        retention="guides.network",
    )  # fmt: skip

    class Meta:
        ordering = ["joined_at", "pk"]
        indexes = [models.Index(fields=["status", "municipality"], name="guide_status")]
        constraints = [
            models.CheckConstraint(
                name="guide_pause_ends_after_it_begins",
                condition=Q(paused_until__isnull=True)
                | Q(paused_until__gte=models.F("paused_from")),
                violation_error_message=_("The end of the pause must not be before its begin."),
            ),
        ]

    def __str__(self) -> str:
        return f"guide {self.pk}"


class GuideArea(models.Model):
    """A municipality in which a guide guides."""

    guide = models.ForeignKey(Guide, on_delete=models.CASCADE, related_name="+")
    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="+")

    privacy: ClassVar = Privacy(
        personal=("guide", "region"), other=("id",), retention="guides.network"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["guide", "region"], name="guide_area_once")]

    def __str__(self) -> str:
        return f"area {self.pk}"


class GuideLanguage(models.Model):
    """A language a guide speaks, and how well. ``code`` is a key of the spoken languages."""

    guide = models.ForeignKey(Guide, on_delete=models.CASCADE, related_name="languages")
    code = models.CharField(_("language"), max_length=10)
    level = models.CharField(_("level"), max_length=6, choices=LanguageLevel)

    privacy: ClassVar = Privacy(
        personal=("guide", "code", "level"), other=("id",), retention="guides.network"
    )

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["code", "guide"], name="guide_language")]
        constraints = [
            models.UniqueConstraint(
                fields=["guide", "code"],
                name="guide_language_once",
                violation_error_message=_("Each language once."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.level}"

    @property
    def name(self) -> str:
        """The name of the language, in the language of the reader."""
        return str(NAMES.get(self.code, self.code))
