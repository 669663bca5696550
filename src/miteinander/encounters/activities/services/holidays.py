"""Taking school holidays, so that a series of dates can leave them out."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import transaction

from miteinander.encounters.activities.models import SchoolHoliday
from miteinander.foundation.audit import services as audit
from miteinander.foundation.core.permissions import Actor, require
from miteinander.foundation.core.text import one_line

LONGEST = timedelta(days=60)  # the summer holidays have 45; more is no holiday, and would hide much
LONGEST_TITLE = 120


@dataclass(frozen=True, order=True)
class FreeDays:
    """A stretch of free days, both included."""

    first_day: date
    last_day: date
    title: str

    @property
    def is_plausible(self) -> bool:
        """Whether it can be a stretch of school holidays at all."""
        return timedelta() <= self.last_day - self.first_day <= LONGEST


@dataclass
class HolidaysTaken:
    """What became of each stretch of free days."""

    added: list[FreeDays] = field(default_factory=list)
    changed: list[FreeDays] = field(default_factory=list)
    unchanged: list[FreeDays] = field(default_factory=list)
    refused: list[FreeDays] = field(default_factory=list)


@transaction.atomic
def take_school_holidays(*, actor: Actor, stretches: Iterable[FreeDays]) -> HolidaysTaken:
    """Write down when there is no school; what was brought in before is not doubled.

    Holidays never overlap, so a stretch that touches known ones takes their place. Nothing is
    deleted that the new stretches do not touch. What cannot be holidays is refused.
    """
    require(actor, "activities.bring_in_holidays")
    taken = HolidaysTaken()
    known = list(SchoolHoliday.objects.select_for_update().order_by("first_day", "pk"))
    for stretch in _tidied(stretches, taken):
        known = _take(stretch, known, taken)
    if taken.added or taken.changed:
        audit.record(
            actor=actor, verb="activities.bring_in_holidays",
            details={"added": len(taken.added), "changed": len(taken.changed)},
        )  # fmt: skip
    return taken


def _tidied(stretches: Iterable[FreeDays], taken: HolidaysTaken) -> list[FreeDays]:
    """Put plausible stretches in order and those that overlap together."""
    tidied: list[FreeDays] = []
    for stretch in sorted(stretches):
        title = one_line(stretch.title)[:LONGEST_TITLE]
        row = FreeDays(stretch.first_day, stretch.last_day, title)
        if tidied and row.first_day <= tidied[-1].last_day:
            before = tidied[-1]
            row = FreeDays(before.first_day, max(before.last_day, row.last_day), before.title)
            if row.is_plausible:
                tidied[-1] = row
                continue
        if row.is_plausible:
            tidied.append(row)
        else:
            taken.refused.append(row)
    return tidied


def _take(
    stretch: FreeDays, known: list[SchoolHoliday], taken: HolidaysTaken
) -> list[SchoolHoliday]:
    """Write one stretch and return what is known now."""
    touched = [
        row
        for row in known
        if row.first_day <= stretch.last_day and row.last_day >= stretch.first_day
    ]
    if not touched:
        row = SchoolHoliday.objects.create(**vars(stretch))
        taken.added.append(stretch)
        return [*known, row]
    kept, *doubled = touched
    if not doubled and vars(stretch).items() <= vars(kept).items():
        taken.unchanged.append(stretch)
        return known
    for row in doubled:
        row.delete()
    for name, value in vars(stretch).items():
        setattr(kept, name, value)
    kept.save(update_fields=list(vars(stretch)))
    taken.changed.append(stretch)
    return [row for row in known if row not in doubled]
