"""The tables of the spaces app: venues and what one must know to get in."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from miteinander.community.organisations.models import Organisation
from miteinander.community.regions.models import Region
from miteinander.encounters.spaces.enums import Access
from miteinander.foundation.core.privacy import Privacy


class Venue(models.Model):
    """A place where people meet, with facts about access.

    ``organisation`` is whoever entered it and may change it.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="venues")
    municipality = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="venues")
    name = models.CharField(_("name of the place"), max_length=120)
    street = models.CharField(_("street and number"), max_length=120, blank=True)
    postcode = models.CharField(_("postcode"), max_length=5, blank=True)
    bus_stop = models.CharField(_("nearest bus stop or station"), max_length=120, blank=True)
    step_free = models.CharField(
        _("wheelchair: step-free entrance"),
        max_length=8, choices=Access, default=Access.UNKNOWN,
    )  # fmt: skip
    accessible_toilet = models.CharField(
        _("wheelchair: accessible toilet"),
        max_length=8, choices=Access, default=Access.UNKNOWN,
    )  # fmt: skip
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)

    privacy: ClassVar = Privacy(
        other=(
            "id", "organisation", "municipality", "name", "street", "postcode", "bus_stop",
            "step_free", "accessible_toilet", "latitude", "longitude",
        )
    )  # fmt: skip

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def address(self) -> str:
        """Street, postcode and municipality in one line, as on an envelope."""
        town = f"{self.postcode} {self.municipality.name}".strip()
        return ", ".join(part for part in (self.street, town) if part)
