"""Hours of guides, who pays, and to which account."""

from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from miteinander.community.people.models import Person
from miteinander.community.regions.models import Region
from miteinander.cooperation.guides.enums import CorrectionReason, HoursStatus
from miteinander.cooperation.guides.models.assignment import Assignment
from miteinander.cooperation.guides.models.guide import Guide
from miteinander.foundation.core.privacy import Privacy


class Hours(models.Model):
    """Time a guide gave: reported by the guide, counted once a coordinator confirmed it.

    ``rate_cents`` is the allowance per hour that held on ``day``, frozen when confirmed.
    ``assignment`` is empty for other time, such as a reflection group.
    """

    guide = models.ForeignKey(Guide, on_delete=models.PROTECT, related_name="hours")
    assignment = models.OneToOneField(
        Assignment, on_delete=models.PROTECT, null=True, blank=True, related_name="hours"
    )
    day = models.DateField(_("day"))
    minutes = models.PositiveSmallIntegerField(_("minutes"), validators=[MinValueValidator(1)])
    kilometres = models.PositiveSmallIntegerField(_("kilometres"), default=0)
    status = models.CharField(max_length=10, choices=HoursStatus, default=HoursStatus.REPORTED)
    rate_cents = models.PositiveIntegerField(null=True, blank=True)
    km_cents = models.PositiveIntegerField(null=True, blank=True)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    reported_at = models.DateTimeField()

    privacy: ClassVar = Privacy(
        personal=(
            "guide", "assignment", "day", "minutes", "kilometres", "status", "rate_cents",
            "km_cents", "decided_by",
        ),
        other=("id", "decided_at", "reported_at"),
        retention="guides.hours",
    )  # fmt: skip

    class Meta:
        ordering = ["day", "pk"]
        verbose_name_plural = "hours"
        indexes = [models.Index(fields=["guide", "day"], name="hours_of_guide")]
        constraints = [
            models.CheckConstraint(
                name="hours_are_some",
                condition=Q(minutes__gte=1),
                violation_error_message=_("Enter at least one minute."),
            ),
            models.CheckConstraint(
                name="hours_confirmed_have_a_rate",
                condition=~Q(status="confirmed") | Q(rate_cents__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"hours {self.pk}"


class HoursCorrection(models.Model):
    """The trace of a correction: what stood there before, what after, why, by whom."""

    hours = models.ForeignKey(Hours, on_delete=models.CASCADE, related_name="corrections")
    minutes_before = models.PositiveSmallIntegerField()
    minutes_after = models.PositiveSmallIntegerField()
    kilometres_before = models.PositiveSmallIntegerField()
    kilometres_after = models.PositiveSmallIntegerField()
    reason = models.CharField(_("why"), max_length=10, choices=CorrectionReason)
    corrected_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    corrected_at = models.DateTimeField()

    privacy: ClassVar = Privacy(
        personal=(
            "hours", "minutes_before", "minutes_after", "kilometres_before", "kilometres_after",
            "corrected_by",
        ),
        other=("id", "reason", "corrected_at"),
        retention="guides.hours",
    )  # fmt: skip

    class Meta:
        ordering = ["corrected_at", "pk"]

    def __str__(self) -> str:
        return f"correction {self.pk}"


class TeamBudget(models.Model):
    """How many hours all guides of a region may be paid together in a year."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("year"))
    hours = models.PositiveIntegerField(_("hours of the whole team"))

    privacy: ClassVar = Privacy(other=("id", "region", "year", "hours"))

    class Meta:
        ordering = ["-year", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "year"],
                name="team_budget_once",
                violation_error_message=_("There is a budget for this year already."),
            )
        ]

    def __str__(self) -> str:
        return f"budget {self.year}"


class PayerRole(models.Model):
    """That somebody pays guides of a region, or everywhere without one; sees bank data."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="payer_roles")
    region = models.ForeignKey(
        Region, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    granted_at = models.DateTimeField()

    privacy: ClassVar = Privacy(
        personal=("person", "granted_at"), other=("id", "region"), retention="people.idle"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "region"],
                condition=Q(region__isnull=False),
                name="payer_region_once",
                violation_error_message=_("This person has this role already."),
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(region__isnull=True),
                name="payer_everywhere_once",
                violation_error_message=_("This person has this role already."),
            ),
        ]

    def __str__(self) -> str:
        return f"payer {self.pk}"


class BankAccount(models.Model):
    """The account of a guide, sealed: opened for those who pay and for the guide alone."""

    guide = models.OneToOneField(Guide, on_delete=models.CASCADE, related_name="bank_account")
    sealed = models.TextField()
    changed_at = models.DateTimeField()

    privacy: ClassVar = Privacy(
        personal=("guide", "sealed"), other=("id", "changed_at"), retention="guides.accounts"
    )

    def __str__(self) -> str:
        return f"account of guide {self.guide_id}"
