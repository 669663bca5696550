"""A course, its dates, who takes part, and who was there."""

from decimal import ROUND_CEILING, Decimal
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from miteinander.community.people.models import Person
from miteinander.cooperation.guides.enums import LeaveReason, UnitFormat
from miteinander.cooperation.guides.models.curriculum import Curriculum, Module
from miteinander.encounters.activities.models import Activity, ActivityDate
from miteinander.foundation.core.privacy import Privacy

ALL = 100


class Course(models.Model):
    """One run of a curriculum. Its dates, seats and door are those of its ``activity``.

    ``share`` is the per cent of all units somebody must have been present at for a certificate.
    """

    curriculum = models.ForeignKey(Curriculum, on_delete=models.PROTECT, related_name="courses")
    activity = models.OneToOneField(Activity, on_delete=models.PROTECT, related_name="+")
    share = models.PositiveSmallIntegerField(
        _("presence needed, in per cent"),
        validators=[MinValueValidator(1), MaxValueValidator(ALL)],
    )
    created_at = models.DateTimeField()

    privacy: ClassVar = Privacy(other=("id", "curriculum", "activity", "share", "created_at"))

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="course_share_is_a_share",
                condition=Q(share__gte=1, share__lte=ALL),
                violation_error_message=_("Enter a number from 1 to 100."),
            )
        ]

    def __str__(self) -> str:
        return f"course {self.pk}"

    def units_needed(self, units: int) -> int:
        """How many of ``units`` somebody must have been present at, rounded up."""
        exact = Decimal(units) * self.share / ALL
        return int(exact.to_integral_value(rounding=ROUND_CEILING))


class Session(models.Model):
    """That a module is taught on a date, by whom, and how."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="sessions")
    module = models.ForeignKey(Module, on_delete=models.PROTECT, related_name="sessions")
    date = models.OneToOneField(ActivityDate, on_delete=models.PROTECT, related_name="+")
    trainer = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    format = models.CharField(
        _("how"), max_length=8, choices=UnitFormat, default=UnitFormat.IN_PERSON
    )

    privacy: ClassVar = Privacy(
        personal=("trainer",),
        other=("id", "course", "module", "date", "format"),
        retention="guides.trainees",
    )

    class Meta:
        ordering = ["date__starts_at", "pk"]

    def __str__(self) -> str:
        return f"session {self.pk}"


class Trainee(models.Model):
    """A person who takes part in a course."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="trainees")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="trainings")
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)
    left_reason = models.CharField(max_length=10, choices=LeaveReason, blank=True)

    privacy: ClassVar = Privacy(
        personal=("person", "joined_at", "left_at", "left_reason"),
        other=("id", "course"),
        retention="guides.trainees",
    )

    class Meta:
        ordering = ["joined_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["course", "person"],
                name="trainee_once",
                violation_error_message=_("This person takes part already."),
            )
        ]

    def __str__(self) -> str:
        return f"trainee {self.pk}"


class Attendance(models.Model):
    """That a person was there when a module was taught, as the list at the door says.

    The row follows the mark at the door, in the same transaction, and stays when the seat is
    deleted by its age.
    """

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="attendances")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="attendances")
    noted_at = models.DateTimeField()

    privacy: ClassVar = Privacy(
        personal=("person", "noted_at"), other=("id", "session"), retention="guides.trainees"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["session", "person"], name="attendance_once")
        ]

    def __str__(self) -> str:
        return f"attendance {self.pk}"
