"""What differs between the coming dates there are and those that were asked for."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from miteinander.encounters.activities.models import Activity, ActivityDate, Participation
from miteinander.encounters.activities.services.dates.wishes import (
    MOST_DATES,
    USUAL_SEATS,
    PlannedDate,
)
from miteinander.encounters.activities.services.seats.pools import kept


class DateDifferences:
    """The dates to add, to move and to remove; false when there is nothing to do.

    ``existing`` are the locked coming dates of ``activity``. It is outdated when ``rows`` name
    a date that is none of them.
    """

    def __init__(
        self, activity: Activity, existing: Iterable[ActivityDate], rows: Sequence[PlannedDate]
    ) -> None:
        self.activity = activity
        self.existing = {row.pk: row for row in existing}
        self.is_outdated = False
        self.moved: list[ActivityDate] = []
        self.removed: list[ActivityDate] = []
        self.added: dict[tuple[datetime, datetime], PlannedDate] = {}
        spans = {(row.starts_at, row.ends_at) for row in self.existing.values()}
        for row in rows:
            if row.date_id is None:
                self._compare_new(row, spans)
            else:
                self._compare_known(row)

    def _compare_new(self, row: PlannedDate, spans: set[tuple[datetime, datetime]]) -> None:
        span = (row.starts_at, row.ends_at)
        if not row.is_removed and span not in spans:
            self.added[span] = row

    def _compare_known(self, row: PlannedDate) -> None:
        known = self.existing.get(row.date_id or 0)
        if known is None:
            self.is_outdated = self.is_outdated or not row.is_removed
        elif row.is_removed:
            self.removed.append(known)
        elif (known.starts_at, known.ends_at) != (row.starts_at, row.ends_at):
            known.starts_at, known.ends_at = row.starts_at, row.ends_at
            self.moved.append(known)

    def __bool__(self) -> bool:
        return bool(self.moved or self.removed or self.added or self.is_outdated)

    @property
    def remaining(self) -> list[ActivityDate]:
        """The dates there were and, once carried out, still are."""
        return list(self.existing.values())

    def check(self, now: datetime) -> None:
        """Refuse what cannot be."""
        self._check_spans(now)
        if self.activity.is_template and self.added:
            raise ValidationError(
                _("A template has no dates. Begin a meeting from it first."), code="template"
            )
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

    def _check_spans(self, now: datetime) -> None:
        spans = [(row.starts_at, row.ends_at) for row in self.moved]
        for starts_at, ends_at in [*spans, *self.added]:
            if starts_at <= now:
                raise ValidationError(
                    _("This date is in the past. Enter a coming date."), code="past"
                )
            if ends_at <= starts_at:
                raise ValidationError(_("The end must be after the start."), code="end")

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
        self._add(now)

    def _add(self, now: datetime) -> None:
        """Add the new dates with as many seats as the latest has, or the copied one had."""
        latest = self.activity.dates.order_by("-pk").first()
        seats = latest.capacity if latest else self.activity.usual_seats or USUAL_SEATS
        for_local, for_newcomer = kept(
            seats, self.activity.local_share, self.activity.newcomer_share
        )
        ActivityDate.objects.bulk_create(
            [
                ActivityDate(
                    activity=self.activity,
                    starts_at=row.starts_at,
                    ends_at=row.ends_at,
                    capacity=seats,
                    kept_local=for_local,
                    kept_newcomer=for_newcomer,
                    key=row.key,
                    changed_at=now,
                )
                for row in self.added.values()
            ]
        )
