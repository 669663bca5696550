"""Places: districts and their municipalities."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from miteinander.community.regions.enums import RegionKind
from miteinander.foundation.core.privacy import Privacy


class Region(models.Model):
    """A district, or a municipality in it, by its official key.

    The key (AGS: five digits for a district, eight for a municipality) is the identity; names
    and postcodes are not unique across district borders.
    """

    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="municipalities"
    )
    ags = models.CharField(_("official key"), max_length=8, unique=True)
    kind = models.CharField(_("kind"), max_length=16, choices=RegionKind)
    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(max_length=80, unique=True)
    postcodes = models.JSONField(_("postcodes"), default=list)
    population = models.PositiveIntegerField(_("inhabitants"), default=0)
    latitude = models.FloatField(_("latitude"), null=True)
    longitude = models.FloatField(_("longitude"), null=True)
    boundary = models.JSONField(_("boundary (GeoJSON)"), null=True, blank=True)
    boundary_source = models.CharField(_("source of the boundary"), max_length=200, blank=True)

    privacy: ClassVar = Privacy(
        other=(
            "id", "parent", "ags", "kind", "name", "slug", "postcodes", "population",
            "latitude", "longitude", "boundary", "boundary_source",
        )
    )  # fmt: skip

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                name="region_key_is_digits",
                condition=Q(ags__regex=r"^\d{5}(\d{3})?$"),
                violation_error_message=_("An official key has five or eight digits."),
            ),
            models.CheckConstraint(
                name="region_not_own_parent",
                condition=Q(parent__isnull=True) | ~Q(parent=F("pk")),
                violation_error_message=_("A region cannot be part of itself."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Address of the public page."""
        return reverse("regions:detail", args=[self.slug])
