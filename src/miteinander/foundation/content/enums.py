"""Choices stored in this app's tables."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class VersionState(models.TextChoices):
    """How a version of a written item came about and whether it still fits the original."""

    ORIGINAL = "original", _("Original")
    HUMAN = "human", _("Checked by a person")
    MACHINE = "machine", _("Machine draft, not checked")
    OUTDATED = "outdated", _("Out of date: the original has changed")
