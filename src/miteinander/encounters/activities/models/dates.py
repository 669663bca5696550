"""One date of an occasion, with its seats."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from miteinander.encounters.activities.enums import DateStatus
from miteinander.encounters.activities.models.activity import Activity
from miteinander.foundation.core.privacy import Privacy


class ActivityDate(models.Model):
    """One date of an occasion, with its own address and its own seats.

    ``seats_taken`` is kept by the seat services under a row lock; the constraint is the last word.
    Of the seats, ``kept_local`` and ``kept_newcomer`` are kept for a side, and ``taken_local``
    and ``taken_newcomer`` of these are taken; the rest is open to all. ``draw_seed`` is
    published once the draw is over, so that anybody can repeat it. ``sequence`` rises with
    every change a calendar must learn of (RFC 5545 3.8.7.4). ``key`` keeps a date apart from
    its siblings when a calendar is brought in again. ``counts`` is what stays of people whose
    rows were deleted by their age: so many for each ``status:presence:side``, for each
    ``age:status:presence:age_group``, and how many were there for the ``first_time``.
    ``closed_at`` is since when the organisers take nobody new.
    ``feedback_asked_at`` is when everybody who came was asked how it was.
    """

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="dates")
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    capacity = models.PositiveIntegerField(_("seats"), default=12)
    seats_taken = models.PositiveIntegerField(_("seats taken"), default=0)
    kept_local = models.PositiveIntegerField(default=0)
    kept_newcomer = models.PositiveIntegerField(default=0)
    taken_local = models.PositiveIntegerField(default=0)
    taken_newcomer = models.PositiveIntegerField(default=0)
    draw_seed = models.CharField(max_length=64, blank=True)
    drawn_at = models.DateTimeField(null=True, blank=True)
    status = models.CharField(max_length=10, choices=DateStatus, default=DateStatus.SCHEDULED)
    closed_at = models.DateTimeField(null=True, blank=True)
    sequence = models.PositiveIntegerField(default=0)
    key = models.CharField(max_length=80, blank=True)
    changed_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True, blank=True)
    counts = models.JSONField(default=dict, blank=True)
    feedback_asked_at = models.DateTimeField(null=True, blank=True)

    privacy: ClassVar = Privacy(
        other=(
            "id", "activity", "starts_at", "ends_at", "capacity", "seats_taken", "status",
            "sequence", "key", "changed_at", "cancelled_at", "counts", "kept_local",
            "kept_newcomer", "taken_local", "taken_newcomer", "draw_seed", "drawn_at",
            "feedback_asked_at", "closed_at",
        )
    )  # fmt: skip

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="date_ends_after_start",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message=_("The end must be after the start."),
            ),
            models.CheckConstraint(
                name="date_never_oversold",
                condition=Q(seats_taken__lte=F("capacity")),
                violation_error_message=_("All seats are taken."),
            ),
            models.CheckConstraint(
                name="date_side_never_oversold",
                condition=Q(
                    taken_local__lte=F("kept_local"),
                    taken_newcomer__lte=F("kept_newcomer"),
                    seats_taken__gte=F("taken_local") + F("taken_newcomer"),
                    seats_taken__lte=F("capacity")
                    - F("kept_local")
                    - F("kept_newcomer")
                    + F("taken_local")
                    + F("taken_newcomer"),
                ),
                violation_error_message=_("The seats kept for this side are taken."),
            ),
            models.CheckConstraint(
                name="date_has_seats",
                condition=Q(capacity__gte=1, capacity__lte=5000),
                violation_error_message=_("A date has between 1 and 5000 seats."),
            ),
        ]
        indexes = [
            models.Index(fields=["starts_at", "id"], name="date_start"),
            models.Index(fields=["activity", "starts_at"], name="date_of_activity"),
        ]

    def __str__(self) -> str:
        return f"date {self.pk}"

    def get_absolute_url(self) -> str:
        """Address of the public page."""
        return reverse("activities:detail", args=[self.pk])

    @property
    def spoken(self) -> list[str]:
        """Codes of the languages spoken: what the organiser says, then of hosts, interpreters.

        A date that is not stored, such as an opening of a standing offer, has no such people.
        """
        said = [row.language for row in self.activity.languages.all()]
        derived = self.derived_languages.all() if self.pk else ()
        return list(dict.fromkeys([*said, *(row.language for row in derived)]))

    @property
    def seats_left(self) -> int:
        """How many seats are free."""
        return self.capacity - self.seats_taken

    @property
    def is_cancelled(self) -> bool:
        """Whether the date was called off."""
        return self.status == DateStatus.CANCELLED

    @property
    def is_closed(self) -> bool:
        """Whether the organisers take nobody new."""
        return self.closed_at is not None

    def has_started(self, now: datetime) -> bool:
        """Whether the date has begun at ``now``."""
        return self.starts_at <= now

    def has_ended(self, now: datetime) -> bool:
        """Whether the date is over at ``now``."""
        return self.ends_at <= now
