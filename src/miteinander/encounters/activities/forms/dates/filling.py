"""What stands in the rows of dates: dates that exist, and more of them week by week."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from miteinander.encounters.activities.forms.dates.rows import YEARS
from miteinander.encounters.activities.models import ActivityDate


def initial_rows(dates: list[ActivityDate]) -> dict[str, Any]:
    """Return what the rows show of dates that exist."""
    values: dict[str, Any] = {}
    for number, row in enumerate(dates, start=1):
        starts, ends = timezone.localtime(row.starts_at), timezone.localtime(row.ends_at)
        values |= {
            f"date_id_{number}": row.pk,
            f"day_{number}": starts.date(),
            f"start_{number}": starts.time(),
            f"end_{number}": ends.time(),
        }
    return values


def filled_weekly(typed: dict[str, Any], row_count: int) -> dict[str, Any]:
    """Fill the empty rows below the last full one, each a week after the one above."""
    values = dict(typed)
    last: tuple[date, str, str] | None = None
    for number in range(1, row_count + 1):
        day = str(values.get(f"day_{number}") or "")
        if day:
            last = _readable_row(values, number) or last
        elif last:
            last = (last[0] + timedelta(days=7), last[1], last[2])
            values |= {
                f"day_{number}": last[0].isoformat(),
                f"start_{number}": last[1],
                f"end_{number}": last[2],
            }
    return values


def _readable_row(values: dict[str, Any], number: int) -> tuple[date, str, str] | None:
    try:
        day = date.fromisoformat(str(values[f"day_{number}"]))
    except ValueError:
        return None
    if day.year not in YEARS:
        return None
    return day, str(values.get(f"start_{number}", "")), str(values.get(f"end_{number}", ""))
