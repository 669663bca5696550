"""Which days are school holidays, and for which days nobody has told us."""

from dataclasses import dataclass
from datetime import date, timedelta

from miteinander.encounters.activities.models import SchoolHoliday

LONGEST_SCHOOL_TIME = timedelta(weeks=16)  # between two holidays; more means that some are missing


@dataclass(frozen=True)
class HolidayCalendar:
    """The school holidays we know, in order."""

    holidays: tuple[SchoolHoliday, ...] = ()

    def on(self, day: date) -> str:
        """Return the name of the holidays ``day`` lies in, or nothing."""
        return next(
            (row.title for row in self.holidays if row.first_day <= day <= row.last_day), ""
        )

    def knows(self, day: date) -> bool:
        """Tell whether we can say of ``day`` if there is school.

        We can within holidays and between two that follow each other as in a school year.
        """
        before = [row.last_day for row in self.holidays if row.first_day <= day]
        after = [row.first_day for row in self.holidays if row.last_day >= day]
        if not (before and after):
            return False
        return min(after) - max(before) <= LONGEST_SCHOOL_TIME


def school_holidays() -> HolidayCalendar:
    """Return all school holidays that were brought in."""
    return HolidayCalendar(tuple(SchoolHoliday.objects.order_by("first_day", "pk")))
