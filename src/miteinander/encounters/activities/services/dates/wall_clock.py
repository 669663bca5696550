"""What the clocks of the district show, as a moment."""

from datetime import UTC, date, datetime, time

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _


def wall_time(day: date, clock_time: time) -> datetime:
    """Return the moment when the clocks of the district show ``clock_time`` on ``day``.

    Where clocks are set back the first of the two moments is meant.

    Raises:
        ValidationError: clocks are set forward and never show this time (code ``no_such_time``).
    """
    zone = timezone.get_default_timezone()
    moment = datetime.combine(day, clock_time.replace(fold=0), tzinfo=zone)
    if moment.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != moment.replace(tzinfo=None):
        raise ValidationError(
            _("This time does not exist: the clocks go forward that night. Choose another time."),
            code="no_such_time",
        )
    return moment.astimezone(UTC)
