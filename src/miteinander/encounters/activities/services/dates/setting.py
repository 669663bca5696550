"""Setting dates and place of an occasion at once, all or nothing."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from miteinander.encounters.activities.messages import DateChanged, FormerDate
from miteinander.encounters.activities.models import Activity, ActivityDate
from miteinander.encounters.activities.services.dates.differences import DateDifferences
from miteinander.encounters.activities.services.dates.places import is_other_place, move
from miteinander.encounters.activities.services.dates.stored import is_editable, when_and_where_of
from miteinander.encounters.activities.services.dates.wishes import Place, PlannedDate
from miteinander.encounters.activities.services.locking import (
    ChangedMeanwhile,
    announce_change,
    fingerprint,
    locked_activity,
)
from miteinander.foundation.audit import services as audit
from miteinander.foundation.core import bus, clock
from miteinander.foundation.core.permissions import Actor


@transaction.atomic
def set_dates(
    *,
    actor: Actor,
    activity_id: int,
    rows: Sequence[PlannedDate] = (),
    place: Place | None = None,
    seen: str | None = None,
) -> Activity:
    """Add, move and remove coming dates and say where they take place, all or nothing.

    Dates not named stay. A new date equal to an existing one is that one. Of an
    occasion that was ever published every moved date publishes ``DateChanged``, also while it is
    hidden, and a date is cancelled instead of removed.

    Raises:
        ChangedMeanwhile: dates and place are no longer those of ``seen``.
        ValidationError: a date that has passed or ends before it starts, too many dates, a
            venue of somebody else, or no link for an online occasion.
    """
    activity = locked_activity(actor, activity_id)
    if activity.is_standing:
        raise ValidationError(
            _("This offer has opening times, no single dates."), code="is_standing"
        )
    now = clock.now()
    existing = _locked_dates(activity, now)
    formers = _formers(activity, existing)
    changes = DateDifferences(activity, existing, rows)
    new_place = place if place is not None and is_other_place(activity, place) else None
    if not changes and new_place is None:
        return activity
    if changes.is_outdated or _is_other_than_seen(activity, seen, now):
        raise ChangedMeanwhile
    changes.check(now)
    if new_place is not None:
        move(actor, activity, new_place)
    changes.carry_out(now)
    if activity.published_at is not None:
        _announce_moves(changes.moved if new_place is None else changes.remaining, formers, now)
    audit.record(actor=actor, verb="activities.set_dates", obj=activity)
    announce_change(activity)
    return activity


def _locked_dates(activity: Activity, now: datetime) -> list[ActivityDate]:
    rows = activity.dates.select_for_update().order_by("pk")
    return [row for row in rows if is_editable(row, now)]


def _is_other_than_seen(activity: Activity, seen: str | None, now: datetime) -> bool:
    return seen is not None and seen != fingerprint(when_and_where_of(activity, now))


def _formers(activity: Activity, dates: Iterable[ActivityDate]) -> dict[int, FormerDate]:
    """Note when and where dates are, before anything changes, by their keys."""
    place = (activity.venue_id, activity.is_online)
    return {row.pk: FormerDate(row.starts_at, row.ends_at, *place) for row in dates}


def _announce_moves(
    dates: Iterable[ActivityDate], formers: dict[int, FormerDate], now: datetime
) -> None:
    for row in dates:
        row.sequence += 1
        row.changed_at = now
        row.save(update_fields=["sequence", "changed_at"])
        bus.publish(DateChanged(row.pk, row.sequence, former=formers[row.pk]))
