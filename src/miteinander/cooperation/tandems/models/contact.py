"""What passes between people who met, how it goes, and calls for help."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from miteinander.community.people.models import Person
from miteinander.cooperation.tandems.enums import CheckAnswer, ReportKind
from miteinander.cooperation.tandems.models.tandem import Tandem, TandemMember
from miteinander.foundation.core.privacy import Privacy


class TandemWords(models.Model):
    """A few words to the others, sealed (``core.sealing``), and gone with the tandem."""

    member = models.ForeignKey(TandemMember, on_delete=models.CASCADE, related_name="words")
    sealed = models.TextField()
    entry = models.CharField(max_length=64)
    written_at = models.DateTimeField()

    privacy: ClassVar = Privacy(
        personal=("member", "sealed"), other=("id", "entry", "written_at"),
        retention="tandems.tandems",
    )  # fmt: skip

    class Meta:
        ordering = ["written_at", "pk"]
        verbose_name_plural = "words of tandems"
        constraints = [
            models.UniqueConstraint(fields=["member", "entry"], name="tandem_words_once")
        ]

    def __str__(self) -> str:
        return f"words {self.pk}"


class CheckIn(models.Model):
    """The question how it goes, after so many weeks; the answer is for coordinators."""

    member = models.ForeignKey(TandemMember, on_delete=models.CASCADE, related_name="checks")
    weeks = models.PositiveSmallIntegerField()
    token = models.CharField(max_length=32, unique=True)
    answer = models.CharField(max_length=6, choices=CheckAnswer, blank=True)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    privacy: ClassVar = Privacy(
        personal=("member", "token", "answer", "answered_at", "settled_at"),
        other=("id", "weeks", "asked_at"),
        retention="tandems.tandems",
    )

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["member", "weeks"], name="check_in_once"),
        ]

    def __str__(self) -> str:
        return f"check-in {self.pk}"


class SafetyReport(models.Model):
    """A call for help: it stops the contact at once, and a coordinator calls."""

    tandem = models.ForeignKey(Tandem, on_delete=models.CASCADE, related_name="reports")
    reported_by = models.ForeignKey(TandemMember, on_delete=models.CASCADE, related_name="reports")
    kind = models.CharField(max_length=8, choices=ReportKind)
    reported_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    privacy: ClassVar = Privacy(
        personal=("tandem", "reported_by", "kind", "settled_by"),
        other=("id", "reported_at", "settled_at"),
        retention="tandems.tandems",
    )

    class Meta:
        ordering = ["reported_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["reported_by"],
                condition=Q(settled_at__isnull=True),
                name="safety_report_one_open",
            )
        ]

    def __str__(self) -> str:
        return f"report {self.pk}"
