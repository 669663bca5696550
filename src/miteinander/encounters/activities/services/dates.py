"""When and where an occasion takes place, and how many seats each date has."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from miteinander.encounters.activities.enums import DateStatus
from miteinander.encounters.activities.messages import DateCancelled, DateChanged
from miteinander.encounters.activities.models import Activity, ActivityDate, Participation
from miteinander.encounters.activities.queries.tasks import TaskKey
from miteinander.encounters.activities.services.locking import (
    ChangedMeanwhile,
    announce_change,
    fingerprint,
    locked_activity,
)
from miteinander.encounters.activities.services.planning import mark_answered
from miteinander.encounters.activities.services.search import index_activity
from miteinander.encounters.spaces import services as spaces
from miteinander.encounters.spaces.models import Venue
from miteinander.foundation.audit import services as audit
from miteinander.foundation.core import bus, clock
from miteinander.foundation.core.permissions import Actor

USUAL_SEATS = 12
MOST_DATES = 60


@dataclass(frozen=True)
class PlannedDate:
    """One wished-for date: new, or with ``date_id`` the new times of an existing one.

    ``key`` keeps imported dates apart (see ``ActivityDate``).
    """

    starts_at: datetime
    ends_at: datetime
    date_id: int | None = None
    is_removed: bool = False
    key: str = ""


@dataclass(frozen=True)
class Place:
    """Where an occasion takes place: a venue, a new venue, online, or both."""

    venue_id: int | None = None
    new_venue: spaces.VenueFacts | None = None
    is_online: bool = False
    online_url: str = ""


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


def editable_dates(activity: Activity, now: datetime) -> list[ActivityDate]:
    """Pick the coming dates that take place; others can no longer be changed."""
    return [
        row
        for row in activity.dates.all()
        if row.status == DateStatus.SCHEDULED and not row.has_started(now)
    ]


def when_and_where_of(activity: Activity, now: datetime) -> dict[str, object]:
    """Return the present dates and place, for a form and its fingerprint."""
    return {
        "dates": [
            (row.pk, row.starts_at.timestamp(), row.ends_at.timestamp())
            for row in editable_dates(activity, now)
        ],
        "place": (activity.venue_id, activity.is_online, activity.online_url),
    }


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
    now = clock.now()
    existing = {
        row.pk: row
        for row in activity.dates.select_for_update().order_by("pk")
        if row.status == DateStatus.SCHEDULED and not row.has_started(now)
    }
    changes = _Changes(activity, existing, rows)
    is_moved = place is not None and _is_other_place(activity, place)
    if not changes and not is_moved:
        return activity
    if changes.is_outdated or (
        seen is not None and seen != fingerprint(when_and_where_of(activity, now))
    ):
        raise ChangedMeanwhile
    changes.check(now)
    if place is not None and is_moved:
        _move(actor, activity, place)
    changes.carry_out(now)
    _announce_moves(activity, existing.values() if is_moved else changes.moved, now)
    audit.record(actor=actor, verb="activities.set_dates", obj=activity)
    announce_change(activity)
    return activity


class _Changes:
    """The difference between the coming dates there are and those that were asked for."""

    def __init__(
        self,
        activity: Activity,
        existing: dict[int, ActivityDate],
        rows: Sequence[PlannedDate],
    ) -> None:
        self.activity = activity
        self.existing = existing
        spans = {(row.starts_at, row.ends_at) for row in existing.values()}
        self.is_outdated = False
        self.moved: list[ActivityDate] = []
        self.removed: list[ActivityDate] = []
        self.added: dict[tuple[datetime, datetime], PlannedDate] = {}
        for row in rows:
            known = existing.get(row.date_id or 0)
            if row.date_id is not None and known is None:
                self.is_outdated = self.is_outdated or not row.is_removed
            elif known and row.is_removed:
                self.removed.append(known)
            elif known and (known.starts_at, known.ends_at) != (row.starts_at, row.ends_at):
                known.starts_at, known.ends_at = row.starts_at, row.ends_at
                self.moved.append(known)
            elif not (known or row.is_removed or (row.starts_at, row.ends_at) in spans):
                self.added[row.starts_at, row.ends_at] = row

    def __bool__(self) -> bool:
        return bool(self.moved or self.removed or self.added or self.is_outdated)

    def check(self, now: datetime) -> None:
        """Refuse what cannot be."""
        spans = [(row.starts_at, row.ends_at) for row in self.moved]
        for starts_at, ends_at in [*spans, *self.added]:
            if starts_at <= now:
                raise ValidationError(
                    _("This date is in the past. Enter a coming date."), code="past"
                )
            if ends_at <= starts_at:
                raise ValidationError(_("The end must be after the start."), code="end")
        if len(self.existing) + len(self.added) > MOST_DATES:
            raise ValidationError(
                _("A meeting has at most %(count)s coming dates."),
                code="too_many",
                params={"count": MOST_DATES},
            )
        if self.removed and self._must_be_cancelled():
            raise ValidationError(
                _("People may know this date already. Cancel it instead of removing it."),
                code="cancel_instead",
            )

    def _must_be_cancelled(self) -> bool:
        return (
            self.activity.published_at is not None
            or Participation.objects.filter(date__in=self.removed).exists()
        )

    def carry_out(self, now: datetime) -> None:
        """Write what differs."""
        for row in self.removed:
            del self.existing[row.pk]
            row.delete()
        for row in self.moved:
            row.changed_at = now
            row.save(update_fields=["starts_at", "ends_at", "changed_at"])
        latest = self.activity.dates.order_by("-pk").first()
        seats = latest.capacity if latest else USUAL_SEATS
        ActivityDate.objects.bulk_create(
            [
                ActivityDate(
                    activity=self.activity,
                    starts_at=row.starts_at,
                    ends_at=row.ends_at,
                    capacity=seats,
                    key=row.key,
                    changed_at=now,
                )
                for row in self.added.values()
            ]
        )


def _is_other_place(activity: Activity, place: Place) -> bool:
    return place.new_venue is not None or (
        (place.venue_id, place.is_online, place.online_url)
        != (activity.venue_id, activity.is_online, activity.online_url)
    )


def _move(actor: Actor, activity: Activity, place: Place) -> None:
    venue_id = place.venue_id
    if place.new_venue is not None:
        venue_id = spaces.add_venue(
            actor=actor, organisation_id=activity.organisation_id, facts=place.new_venue
        ).pk
    venue = Venue.objects.filter(pk=venue_id).first() if venue_id else None
    if venue_id and (venue is None or venue.organisation_id != activity.organisation_id):
        raise ValidationError(_("Choose one of your places."), code="unknown_venue")
    if place.is_online and not place.online_url:
        raise ValidationError(_("Enter the link to join online."), code="no_link")
    if activity.published_at and not (venue or place.is_online):
        raise ValidationError(_("Say where it takes place."), code="no_place")
    activity.venue = venue
    activity.municipality_id = (
        venue.municipality_id if venue else activity.organisation.municipality_id
    )
    activity.is_online = place.is_online
    activity.online_url = place.online_url if place.is_online else ""
    activity.clean_fields()
    activity.save(update_fields=["venue", "municipality", "is_online", "online_url"])
    index_activity(activity_id=activity.pk)


def _announce_moves(activity: Activity, dates: Iterable[ActivityDate], now: datetime) -> None:
    if activity.published_at is None:
        return
    for row in dates:
        row.sequence += 1
        row.changed_at = now
        row.save(update_fields=["sequence", "changed_at"])
        bus.publish(DateChanged(date_id=row.pk, sequence=row.sequence))


@transaction.atomic
def cancel_date(*, actor: Actor, date_id: int) -> ActivityDate:
    """Call a date off; everybody signed up learns of it. Calling it off twice is once.

    Raises:
        ValidationError: it has begun already (code ``started``).
    """
    activity = locked_activity(
        actor, ActivityDate.objects.values_list("activity_id", flat=True).get(pk=date_id)
    )
    row = ActivityDate.objects.select_for_update().get(pk=date_id)
    if row.is_cancelled:
        return row
    now = clock.now()
    if row.has_started(now):
        raise ValidationError(
            _("This date has begun. It can no longer be cancelled."), code="started"
        )
    row.status = DateStatus.CANCELLED
    row.cancelled_at = row.changed_at = now
    row.sequence += 1
    row.save(update_fields=["status", "cancelled_at", "changed_at", "sequence"])
    audit.record(actor=actor, verb="activities.cancel_date", obj=row)
    if activity.published_at is not None:
        bus.publish(DateCancelled(date_id=row.pk, sequence=row.sequence))
    return row


@transaction.atomic
def set_seats(
    *, actor: Actor, activity_id: int, seats: Mapping[int, int], seen: str | None = None
) -> Activity:
    """Say how many seats coming dates have, by key of the date.

    Raises:
        ChangedMeanwhile: the numbers are no longer those of ``seen``.
        TooFewSeats: more people are signed up for one of them.
        ValidationError: less than one seat, or far too many.
    """
    activity = locked_activity(actor, activity_id)
    rows = {
        row.pk: row
        for row in activity.dates.select_for_update().order_by("pk")
        if row.pk in seats and row.status == DateStatus.SCHEDULED
    }
    changed = [row for row in rows.values() if row.capacity != seats[row.pk]]
    if changed and seen is not None and seen != fingerprint(seats_of(rows.values())):
        raise ChangedMeanwhile
    for row in changed:
        if seats[row.pk] < row.seats_taken:
            raise TooFewSeats(row.pk, row.seats_taken)
        row.capacity = seats[row.pk]
        row.changed_at = clock.now()
        row.validate_constraints()
        row.save(update_fields=["capacity", "changed_at"])
    mark_answered(activity, {TaskKey.SEATS})
    if changed:
        audit.record(
            actor=actor, verb="activities.set_seats", obj=activity,
            details={"dates": [row.pk for row in changed]},
        )  # fmt: skip
        announce_change(activity)
    return activity


def seats_of(rows: Iterable[ActivityDate]) -> dict[str, object]:
    """Return the present numbers of seats, for a form and its fingerprint."""
    return {str(row.pk): row.capacity for row in sorted(rows, key=lambda row: row.pk)}
