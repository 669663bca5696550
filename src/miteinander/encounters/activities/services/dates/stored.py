"""The dates and the place there are now, as planners may change them."""

from datetime import datetime

from miteinander.encounters.activities.enums import DateStatus
from miteinander.encounters.activities.models import Activity, ActivityDate


def is_editable(row: ActivityDate, now: datetime) -> bool:
    """Tell whether the date is still to come and takes place."""
    return row.status == DateStatus.SCHEDULED and not row.has_started(now)


def editable_dates(activity: Activity, now: datetime) -> list[ActivityDate]:
    """Pick the coming dates that take place; others can no longer be changed."""
    return [row for row in activity.dates.all() if is_editable(row, now)]


def when_and_where_of(activity: Activity, now: datetime) -> dict[str, object]:
    """Return the present dates and place, for a form and its fingerprint."""
    return {
        "dates": [
            (row.pk, row.starts_at.timestamp(), row.ends_at.timestamp())
            for row in editable_dates(activity, now)
        ],
        "place": (activity.venue_id, activity.is_online, activity.online_url),
    }
