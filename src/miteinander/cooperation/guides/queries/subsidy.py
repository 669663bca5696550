"""What a course tells the state that funds it: figures of the grant, and who was there when."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.timezone import localdate

from miteinander.cooperation.guides.enums import FigureKey
from miteinander.cooperation.guides.models import Attendance, Course, Figure, Session
from miteinander.cooperation.guides.queries.figures import figures_on
from miteinander.cooperation.guides.queries.standing import (
    ModuleStanding,
    ModuleState,
    TraineeStanding,
    sessions_of,
    standings,
)

KEYS = (FigureKey.RATE_UNIT, FigureKey.UNITS_LEAST, FigureKey.UNITS_MOST)


@dataclass(frozen=True)
class Grant:
    """The figures of one course. ``figures`` are those that held on its first day.

    A person counts who was there for at least one unit; a date counts that was not cancelled.
    """

    taken_in: int
    counted: int
    enough: int
    left: int
    units: int
    units_held: int
    figures: dict[str, Figure]

    def value(self, key: FigureKey) -> Decimal | None:
        """Return the value of a figure, None where nobody entered one."""
        row = self.figures.get(key)
        return row.value if row else None

    @property
    def is_over(self) -> bool:
        """Whether every date of the course is over."""
        return self.units_held == self.units

    @property
    def is_too_short(self) -> bool:
        """Whether the course has fewer units than are funded at all."""
        least = self.value(FigureKey.UNITS_LEAST)
        return least is not None and self.units < least

    @property
    def units_funded(self) -> int:
        """Units that count: none of a course that is too short, and never more than the cap."""
        if self.is_too_short:
            return 0
        most = self.value(FigureKey.UNITS_MOST)
        return self.units if most is None else min(self.units, int(most))

    @property
    def amount(self) -> Decimal | None:
        """The most the state gives, in euros: people by units by rate; None without a rate."""
        rate = self.value(FigureKey.RATE_UNIT)
        return None if rate is None else self.counted * self.units_funded * rate


def grant_of(*, course: Course, now: datetime) -> Grant:
    """Count what the state funds of a course; a fixed number of queries."""
    sessions = sessions_of(course)
    rows = standings(course=course, now=now, sessions=sessions)
    held = [row for row in sessions if not row.date.is_cancelled]
    first = min((row.date.starts_at for row in held), default=now)
    known = figures_on(localdate(first))
    return Grant(
        taken_in=len(rows),
        counted=sum(bool(row.units) for row in rows),
        enough=sum(row.is_enough for row in rows),
        left=sum(row.trainee.left_at is not None for row in rows),
        units=sum(row.module.units for row in held),
        units_held=sum(row.module.units for row in held if row.date.has_ended(now)),
        figures={key: known[key] for key in KEYS if key in known},
    )


@dataclass(frozen=True)
class PresenceLine:
    """One person: for each date of the course whether they were there, and their units."""

    name: str
    marks: Sequence[str]
    units: int


@dataclass(frozen=True)
class PresenceSheet:
    """Who was there when. ``guests`` made a module up and belong to another course."""

    sessions: Sequence[Session]
    people: Sequence[PresenceLine]
    guests: Sequence[PresenceLine]


HERE, ELSEWHERE, NOT_THERE = "x", "(x)", ""
NO_NAME = "–"


def presence_of(*, course: Course, now: datetime) -> PresenceSheet:
    """Say of everybody at which dates of a course they were; a fixed number of queries."""
    sessions = [row for row in sessions_of(course) if not row.date.is_cancelled]
    rows = standings(course=course, now=now)
    people = [_line(row, sessions) for row in rows]
    return PresenceSheet(sessions, people, _guests(course, sessions))


def _line(row: TraineeStanding, sessions: Sequence[Session]) -> PresenceLine:
    done = {one.module.pk: one for one in row.modules if one.state == ModuleState.DONE}
    marks = [_mark(done.get(session.module_id)) for session in sessions]
    return PresenceLine(row.trainee.person.name or NO_NAME, marks, row.units)


def _mark(done: ModuleStanding | None) -> str:
    if done is None:
        return NOT_THERE
    return ELSEWHERE if done.elsewhere else HERE


def _guests(course: Course, sessions: Sequence[Session]) -> list[PresenceLine]:
    own = course.trainees.order_by().values("person_id")
    rows = Attendance.objects.filter(session__course=course).exclude(person_id__in=own)
    there: dict[int, set[int]] = defaultdict(set)
    names: dict[int, str] = {}
    for row in rows.select_related("person").order_by("pk"):
        there[row.person_id].add(row.session_id)
        names[row.person_id] = row.person.name or NO_NAME
    return [
        PresenceLine(
            names[person_id],
            [HERE if session.pk in keys else NOT_THERE for session in sessions],
            sum(session.module.units for session in sessions if session.pk in keys),
        )
        for person_id, keys in there.items()
    ]
