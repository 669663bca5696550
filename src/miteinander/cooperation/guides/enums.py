"""Choices stored in this app's tables."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class InterestStatus(models.TextChoices):
    """Where somebody stands who wants to become a guide. Nothing else is written down."""

    OPEN = "open", _("Not invited yet")
    INVITED = "invited", _("Invited to a talk")
    SUITABLE = "suitable", _("Suitable")
    LATER = "later", _("Later")
    NOT_NOW = "not", _("Not suitable")
    WITHDRAWN = "withdrawn", _("Withdrawn by the person")


class TalkWay(models.TextChoices):
    """How a talk takes place."""

    IN_PERSON = "person", _("In person")
    PHONE = "phone", _("By telephone")
    VIDEO = "video", _("By video")


class UnitFormat(models.TextChoices):
    """How a part of a course takes place."""

    IN_PERSON = "person", _("In person")
    ONLINE = "online", _("Online")
    MIXED = "mixed", _("In person and online")


class TemplateModule(models.TextChoices):
    """The eight modules of the Hessian guide for the basic training of integration guides."""

    GETTING_TO_KNOW = "1_know", _("Getting to know each other")
    MIGRATION = "2_migration", _("Migration and integration")
    ROLE = "3_role", _("Role and tasks of a guide")
    VALUES = "4_values", _("Values and attitudes")
    FRAME = "5_frame", _("Rules, insurance and data protection")
    CULTURES = "6_cultures", _("Talking across cultures")
    NETWORKS = "7_networks", _("Who helps here: local networks")
    LIMITS = "8_limits", _("Own limits and taking care of yourself")


class RevokeReason(models.TextChoices):
    """Why a certificate is not valid any more."""

    PRESENCE = "presence", _("The recorded presence is not enough any more")
    MISTAKE = "mistake", _("Issued by mistake")


class FigureKey(models.TextChoices):
    """Which figure a row of the versioned table tells."""

    SHARE = "share", _("Presence needed for a certificate, in per cent")
    UNITS_LEAST = "units_least", _("Units of a basic training that is funded: at least")
    UNITS_MOST = "units_most", _("Units of a basic training that is funded: at most")
