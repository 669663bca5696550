"""School holidays: which days a series of dates leaves out when people ask for it."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from miteinander.foundation.core.privacy import Privacy


class SchoolHoliday(models.Model):
    """One stretch of school holidays, both days included, brought in from an official calendar."""

    title = models.CharField(_("name"), max_length=120)
    first_day = models.DateField(_("first free day"), unique=True)
    last_day = models.DateField(_("last free day"))

    privacy: ClassVar = Privacy(other=("id", "title", "first_day", "last_day"))

    class Meta:
        ordering = ["first_day"]
        constraints = [
            models.CheckConstraint(
                name="holiday_ends_after_it_begins",
                condition=Q(last_day__gte=F("first_day")),
                violation_error_message=_("The last day must not be before the first."),
            )
        ]

    def __str__(self) -> str:
        return self.title
