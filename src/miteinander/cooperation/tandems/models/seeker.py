"""Somebody who wants to get to know somebody: wishes, gifts, and what the rules look at."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from miteinander.community.people.models import Person
from miteinander.community.regions.models import Region
from miteinander.cooperation.tandems.enums import Gender, GenderWish, SeekerStatus
from miteinander.foundation.core.privacy import Privacy


class Seeker(models.Model):
    """The answers of one person. No other person in search ever sees a field of it.

    ``wants`` and ``gives`` are keys of ``Doing``, ``speaks`` and ``practises`` codes of languages,
    ``ways`` keys of ``Way``; ``times`` holds one bit for each part of a week
    (``core.timetable``). ``step`` is the question to go on with, on any device. The side is that
    of the person and is not written twice. Of the talk there is only that it took place.
    ``held_at`` keeps somebody out of the pool until a coordinator has talked about a report.
    """

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="seeker")
    municipality = models.ForeignKey(
        Region, on_delete=models.PROTECT, null=True, blank=True, related_name="seekers"
    )
    status = models.CharField(max_length=8, choices=SeekerStatus, default=SeekerStatus.DRAFT)
    step = models.CharField(max_length=12, blank=True)
    wants = models.JSONField(default=list, blank=True)
    gives = models.JSONField(default=list, blank=True)
    speaks = models.JSONField(default=list, blank=True)
    practises = models.JSONField(default=list, blank=True)
    times = models.PositiveIntegerField(default=0)
    ways = models.JSONField(default=list, blank=True)
    reach_km = models.PositiveSmallIntegerField(default=10)
    birth_year = models.PositiveSmallIntegerField(null=True, blank=True)
    gender = models.CharField(max_length=6, choices=Gender, blank=True)
    gender_wish = models.CharField(max_length=6, choices=GenderWish, blank=True)
    age_from = models.PositiveSmallIntegerField(null=True, blank=True)
    age_to = models.PositiveSmallIntegerField(null=True, blank=True)
    is_family = models.BooleanField(default=False)
    families_are_fine = models.BooleanField(default=True)
    wants_bridge = models.BooleanField(default=False)
    wants_group = models.BooleanField(default=False)
    same_side_is_fine = models.BooleanField(default=False)
    hides_address = models.BooleanField(default=True)
    guardian_consent_on = models.DateField(null=True, blank=True)
    adults_named_on = models.DateField(null=True, blank=True)
    rules_accepted_at = models.DateTimeField(null=True, blank=True)
    talked_on = models.DateField(null=True, blank=True)
    talked_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    waiting_since = models.DateTimeField(null=True, blank=True)
    held_at = models.DateTimeField(null=True, blank=True)
    begun_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    privacy: ClassVar = Privacy(
        personal=(
            "person", "municipality", "status", "wants", "gives", "speaks", "practises", "times",
            "ways", "reach_km", "birth_year", "gender", "gender_wish", "age_from", "age_to",
            "is_family", "families_are_fine", "wants_bridge", "wants_group", "same_side_is_fine",
            "hides_address", "guardian_consent_on", "adults_named_on", "rules_accepted_at",
            "talked_on", "talked_by", "waiting_since", "held_at",
        ),
        other=("id", "step", "begun_at", "changed_at"),
        retention="tandems.seekers",
    )  # fmt: skip

    class Meta:
        ordering = ["begun_at", "pk"]
        indexes = [models.Index(fields=["status", "municipality"], name="seeker_status")]
        constraints = [
            models.CheckConstraint(
                name="seeker_in_the_pool_is_complete",
                condition=~Q(status="ready")
                | Q(
                    municipality__isnull=False, talked_on__isnull=False,
                    rules_accepted_at__isnull=False, waiting_since__isnull=False,
                    birth_year__isnull=False, held_at__isnull=True,
                ),
                violation_error_message=_("First the questions, the rules and the talk."),
            ),
            models.CheckConstraint(
                name="seeker_ages_in_order",
                condition=Q(age_from__isnull=True)
                | Q(age_to__isnull=True)
                | Q(age_to__gte=models.F("age_from")),
                violation_error_message=_("The second age must not be below the first."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"seeker {self.pk}"


class Apart(models.Model):
    """That two people are never brought together again: they said no, or it ended.

    Each pair stands once, the smaller key first; why is not written.
    """

    one = models.ForeignKey(Seeker, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Seeker, on_delete=models.CASCADE, related_name="+")
    said_at = models.DateTimeField()

    privacy: ClassVar = Privacy(
        personal=("one", "other"), other=("id", "said_at"), retention="tandems.seekers"
    )

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "pairs kept apart"
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="tandem_apart_once"),
            models.CheckConstraint(
                name="tandem_apart_in_order", condition=Q(one__lt=models.F("other"))
            ),
        ]

    def __str__(self) -> str:
        return f"apart {self.pk}"
