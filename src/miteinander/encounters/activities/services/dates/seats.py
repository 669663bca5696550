"""How many seats each coming date has."""

from collections.abc import Collection, Iterable, Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import ngettext

from miteinander.encounters.activities.enums import DateStatus
from miteinander.encounters.activities.models import Activity, ActivityDate
from miteinander.encounters.activities.queries.tasks import TaskKey
from miteinander.encounters.activities.services import seats as seat_services
from miteinander.encounters.activities.services.locking import (
    ChangedMeanwhile,
    announce_change,
    fingerprint,
    locked_activity,
)
from miteinander.encounters.activities.services.planning import mark_answered
from miteinander.encounters.activities.services.seats.holding import SHARED
from miteinander.foundation.audit import services as audit
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import Actor


class TooFewSeats(ValidationError):
    """More people are signed up for ``date_id`` than the wished-for number of seats."""

    def __init__(self, date_id: int, taken: int) -> None:
        self.date_id = date_id
        text = ngettext(
            "%(count)s person is signed up already. Enter at least this number of seats.",
            "%(count)s people are signed up already. Enter at least this number of seats.",
            taken,
        )
        super().__init__(text % {"count": taken}, code="too_few_seats")


@transaction.atomic
def set_seats(
    *,
    actor: Actor,
    activity_id: int,
    seats: Mapping[int, int],
    closing: Collection[int] = (),
    seen: str | None = None,
) -> Activity:
    """Say how many seats coming dates have, by key of the date; new ones go to who waits.

    Dates of ``closing`` take nobody new from now on, as with ``seats.close_sign_up``.

    Raises:
        ChangedMeanwhile: the numbers are no longer those of ``seen``.
        TooFewSeats: more people are signed up for one of them.
        ValidationError: less than one seat, or far too many.
    """
    activity = locked_activity(actor, activity_id)
    rows = [
        row
        for row in activity.dates.select_for_update().order_by("pk")
        if row.pk in seats and row.status == DateStatus.SCHEDULED
    ]
    changed = [row for row in rows if row.capacity != seats[row.pk]]
    if changed and seen is not None and seen != fingerprint(seats_of(rows)):
        raise ChangedMeanwhile
    for row in changed:
        _write_capacity(row, seats[row.pk])
    for date_id in sorted(closing):
        seat_services.close_sign_up(actor=actor, date_id=date_id)
    mark_answered(activity, {TaskKey.SEATS})
    if changed:
        audit.record(
            actor=actor, verb="activities.set_seats", obj=activity,
            details={"dates": [row.pk for row in changed]},
        )  # fmt: skip
        announce_change(activity)
    return activity


def _write_capacity(row: ActivityDate, capacity: int) -> None:
    if capacity < row.seats_taken:
        raise TooFewSeats(row.pk, row.seats_taken)
    row.capacity = capacity
    row.changed_at = clock.now()
    seat_services.keep_shares(row)
    row.validate_constraints()
    row.save(update_fields=["capacity", "changed_at", *SHARED])
    seat_services.move_up(row)


def seats_of(rows: Iterable[ActivityDate]) -> dict[str, object]:
    """Return the present numbers of seats, for a form and its fingerprint."""
    return {str(row.pk): row.capacity for row in sorted(rows, key=lambda row: row.pk)}
