"""When an open offer takes place: hours of every week, and days it is closed."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from miteinander.encounters.activities.enums import Weekday
from miteinander.encounters.activities.models.activity import Activity
from miteinander.foundation.core.privacy import Privacy


class OpeningHours(models.Model):
    """Hours of one day of the week at which people may just come, from and until certain days."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="opening_hours")
    weekday = models.PositiveSmallIntegerField(_("day of the week"), choices=Weekday)
    opens = models.TimeField(_("from"))
    closes = models.TimeField(_("to"))
    first_day = models.DateField(_("first day"), null=True, blank=True)
    last_day = models.DateField(_("last day"), null=True, blank=True)

    privacy: ClassVar = Privacy(
        other=("id", "activity", "weekday", "opens", "closes", "first_day", "last_day")
    )

    class Meta:
        ordering = ["weekday", "opens", "pk"]
        constraints = [
            models.CheckConstraint(
                name="opening_closes_after_it_opens",
                condition=Q(closes__gt=F("opens")),
                violation_error_message=_("The end must be after the start."),
            ),
        ]

    def __str__(self) -> str:
        return f"opening hours {self.pk}"

    def holds_on(self, day: date) -> bool:
        """Whether these are the hours of ``day``."""
        is_begun = self.first_day is None or self.first_day <= day
        is_over = self.last_day is not None and self.last_day < day
        return self.weekday == day.weekday() and is_begun and not is_over


class ClosedDay(models.Model):
    """A day on which an open offer does not take place."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="closed_days")
    day = models.DateField(_("day"))

    privacy: ClassVar = Privacy(other=("id", "activity", "day"))

    class Meta:
        ordering = ["day"]
        constraints = [models.UniqueConstraint(fields=["activity", "day"], name="closed_day_once")]

    def __str__(self) -> str:
        return f"closed day {self.pk}"
