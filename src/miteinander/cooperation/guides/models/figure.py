"""Amounts and caps that others decide, with where they come from and since when they hold."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from miteinander.community.people.models import Person
from miteinander.cooperation.guides.enums import FigureKey
from miteinander.foundation.core.privacy import Privacy


class Figure(models.Model):
    """One figure from a day on, until a later row of the same key. Rows are never changed."""

    key = models.CharField(_("figure"), max_length=12, choices=FigureKey)
    value = models.DecimalField(_("value"), max_digits=9, decimal_places=2)
    valid_from = models.DateField(_("valid from"))
    source = models.CharField(_("source"), max_length=300)
    entered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField()

    privacy: ClassVar = Privacy(
        personal=("entered_by",),
        other=("id", "key", "value", "valid_from", "source", "entered_at"),
        retention="people.idle",
    )

    class Meta:
        ordering = ["key", "-valid_from", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["key", "valid_from"],
                name="figure_once_a_day",
                violation_error_message=_("There is a value from this day on already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.key} from {self.valid_from}"
