"""Choices stored in this app's tables."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LetterKind(models.TextChoices):
    """What a mail tells."""

    SEAT_CONFIRMED = "seat_confirmed", _("Confirmation of a seat")
    SEAT_GIVEN_BACK = "seat_given_back", _("Seat given back")
    DATE_CHANGED = "date_changed", _("Change of time or place")
    DATE_CANCELLED = "date_cancelled", _("Cancellation")
    INVITED = "invited", _("Invitation to an organisation")
    APPROVAL_WANTED = "approval_wanted", _("A meeting waits for approval")
    APPROVED = "approved", _("A meeting was approved")
    ASKED_BACK = "asked_back", _("A question before approval")
    ADDRESS_CHANGED = "address_changed", _("Change of an e-mail address")
    FEEDBACK = "feedback", _("Feedback on accessibility")
