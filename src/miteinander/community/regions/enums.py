"""Choices stored in this app's tables."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RegionKind(models.TextChoices):
    """What a region is in the order of municipal law."""

    DISTRICT = "district", _("District")
    MUNICIPALITY = "municipality", _("Municipality")
    UNINCORPORATED = "unincorporated", _("Unincorporated area")
