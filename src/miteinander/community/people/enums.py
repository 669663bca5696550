"""Choices stored in this app's tables."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Background(models.TextChoices):
    """Which of the two sides a person says to belong to; only ever counted, never shown."""

    LOCAL = "local", _("I have long lived here")
    NEWCOMER = "newcomer", _("I am new here")
    UNDISCLOSED = "undisclosed", _("Rather not say")


class AgeGroup(models.TextChoices):
    """How old a person says to be; only ever counted, never shown."""

    UNDISCLOSED = "undisclosed", _("Rather not say")
    UNDER_18 = "under_18", _("Under 18")
    FROM_18 = "from_18", _("18 to 26")
    FROM_27 = "from_27", _("27 to 44")
    FROM_45 = "from_45", _("45 to 64")
    FROM_65 = "from_65", _("65 or older")


class SwitchOffReason(models.TextChoices):
    """Why an account was switched off; the record keeps the code."""

    ASKED = "asked", _("The person asked for it")
    TAKEN = "taken", _("Somebody else may be using the account")
    DOUBLE = "double", _("The person has another account")
    MADE_UP = "made_up", _("Nobody real stands behind it")
    HARM = "harm", _("It was used to harm or insult others")


class LanguageLevel(models.TextChoices):
    """How well somebody speaks a language: CEFR, with mother tongue above and first words below."""

    FIRST_WORDS = "a0", _("First words")
    A1 = "a1", "A1"
    A2 = "a2", "A2"
    B1 = "b1", "B1"
    B2 = "b2", "B2"
    C1 = "c1", "C1"
    C2 = "c2", "C2"
    NATIVE = "native", _("Mother tongue")
