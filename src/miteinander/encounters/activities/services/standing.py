"""Saying at which hours of the week people may just come to a standing offer."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, time
from itertools import pairwise

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from miteinander.encounters.activities.models import Activity, ClosedDay, OpeningHours
from miteinander.encounters.activities.queries.tasks import TaskKey
from miteinander.encounters.activities.services.dates.places import is_other_place, move
from miteinander.encounters.activities.services.dates.wishes import Place
from miteinander.encounters.activities.services.locking import (
    ChangedMeanwhile,
    announce_change,
    fingerprint,
    locked_activity,
)
from miteinander.encounters.activities.services.planning import mark_answered
from miteinander.foundation.audit import services as audit
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import Actor

MOST_HOURS, MOST_CLOSED = 21, 100


@dataclass(frozen=True, order=True)
class Hours:
    """Hours of one day of every week."""

    weekday: int
    opens: time
    closes: time


@dataclass(frozen=True)
class Opening:
    """All that tells when a standing offer takes place."""

    hours: Sequence[Hours]
    first_day: date | None = None
    last_day: date | None = None
    closed_days: Collection[date] = ()
    rests_in_holidays: bool = False


def opening_of(activity: Activity) -> dict[str, object]:
    """Return the present hours, closed days and place, for a form and its fingerprint."""
    return {
        "hours": [
            (row.weekday, row.opens, row.closes, row.first_day, row.last_day)
            for row in activity.opening_hours.all()
        ],
        "closed": [row.day for row in activity.closed_days.all()],
        "rests": activity.rests_in_holidays,
        "place": (activity.venue_id, activity.is_online, activity.online_url),
    }


@transaction.atomic
def set_opening(
    *,
    actor: Actor,
    activity_id: int,
    opening: Opening,
    place: Place | None = None,
    seen: str | None = None,
) -> Activity:
    """Say when and where a standing offer takes place, all or nothing.

    Raises:
        ChangedMeanwhile: hours and place are no longer those of ``seen``.
        ValidationError: it has dates instead (``not_standing``), no hours (``no_hours``), hours
            that end before they begin (``end``) or overlap (``overlap``), a last day that has
            passed (``past``) or lies before the first (``order``), or too much of it.
    """
    activity = locked_activity(actor, activity_id)
    if not activity.is_standing:
        raise ValidationError(_("This meeting has dates, not opening times."), code="not_standing")
    if seen is not None and seen != fingerprint(opening_of(activity)):
        raise ChangedMeanwhile
    _check(opening)
    if place is not None and is_other_place(activity, place):
        move(actor, activity, place)
    _write(activity, opening)
    mark_answered(activity, {TaskKey.OPENING})
    audit.record(actor=actor, verb="activities.set_opening", obj=activity)
    announce_change(activity)
    return activity


def _check(opening: Opening) -> None:
    if not opening.hours:
        raise ValidationError(_("Enter at least one day with its hours."), code="no_hours")
    if len(opening.hours) > MOST_HOURS or len(opening.closed_days) > MOST_CLOSED:
        raise ValidationError(_("These are too many days."), code="too_many")
    if any(one.closes <= one.opens for one in opening.hours):
        raise ValidationError(_("The end must be after the start."), code="end")
    _check_overlaps(opening.hours)
    _check_span(opening.first_day, opening.last_day)


def _check_overlaps(hours: Sequence[Hours]) -> None:
    for earlier, later in pairwise(sorted(hours)):
        if earlier.weekday == later.weekday and later.opens < earlier.closes:
            raise ValidationError(
                _("These hours overlap: %(day)s. Write them as one."),
                code="overlap",
                params={"day": str(WEEKDAYS[later.weekday])},
            )


def _check_span(first_day: date | None, last_day: date | None) -> None:
    if last_day is None:
        return
    if last_day < clock.today():
        raise ValidationError(_("This day has passed."), code="past")
    if first_day is not None and last_day < first_day:
        raise ValidationError(_("The last day is before the first."), code="order")


def _write(activity: Activity, opening: Opening) -> None:
    activity.opening_hours.all().delete()
    OpeningHours.objects.bulk_create(
        [
            OpeningHours(
                activity=activity, weekday=one.weekday, opens=one.opens, closes=one.closes,
                first_day=opening.first_day, last_day=opening.last_day,
            )
            for one in sorted(opening.hours)
        ]
    )  # fmt: skip
    activity.closed_days.all().delete()
    ClosedDay.objects.bulk_create(
        [ClosedDay(activity=activity, day=day) for day in sorted(set(opening.closed_days))]
    )
    activity.rests_in_holidays = opening.rests_in_holidays
    activity.save(update_fields=["rests_in_holidays"])
