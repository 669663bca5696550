"""Choices stored in this app's tables."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganisationKind(models.TextChoices):
    """What kind of organisation takes part."""

    CLUB = "club", _("Club")
    SCHOOL = "school", _("School")
    MUSEUM = "museum", _("Museum")
    HERITAGE = "heritage", _("Local heritage club")
    MIGRANTS = "migrants", _("Migrants' association")
    MUNICIPALITY = "municipality", _("Municipality")
    INITIATIVE = "initiative", _("Initiative")
    OTHER = "other", _("Other organisation")


class OrganisationStatus(models.TextChoices):
    """Where an organisation stands."""

    INVITED = "invited", _("Invited")
    ACTIVE = "active", _("Takes part")
    HIDDEN = "hidden", _("Hidden")


class MembershipRole(models.TextChoices):
    """What a member may do in the organisation."""

    MEMBER = "member", _("Plans meetings")
    MANAGER = "manager", _("Plans meetings and manages members")
