"""Which days "today", "at the weekend" and the like are."""

from datetime import date, timedelta

from miteinander.encounters.activities.enums import When

ONE_DAY = timedelta(days=1)
SATURDAY = 5


def days_of(when: str, today: date) -> tuple[date, date]:
    """Return the first and the last day of ``when``, seen from ``today``; weeks begin on Monday.

    A span that has begun starts today. On a Saturday or Sunday the weekend is the present one.
    """
    monday = today - timedelta(days=today.weekday())
    sunday = monday + timedelta(days=6)
    spans = {
        When.TODAY: (today, today),
        When.TOMORROW: (today + ONE_DAY, today + ONE_DAY),
        When.WEEKEND: (max(today, monday + timedelta(days=SATURDAY)), sunday),
        When.WEEK: (today, sunday),
        When.NEXT_WEEK: (sunday + ONE_DAY, sunday + timedelta(days=7)),
        When.MONTH: (today, _last_of_month(today)),
    }
    return spans[When(when)]


def _last_of_month(day: date) -> date:
    in_next_month = day.replace(day=28) + timedelta(days=4)
    return in_next_month.replace(day=1) - ONE_DAY
