"""What people of a course have done, and what is missing: read from who was there."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from miteinander.cooperation.guides.models import (
    Attendance,
    Certificate,
    Course,
    Module,
    Session,
    Trainee,
)


class ModuleState(StrEnum):
    """How one module stands for one person."""

    DONE = "done"
    MISSED = "missed"
    AHEAD = "ahead"


@dataclass(frozen=True)
class ModuleStanding:
    """One module of one person; ``elsewhere`` tells that it was made up in another course."""

    module: Module
    state: ModuleState
    session: Session | None = None
    elsewhere: bool = False


@dataclass(frozen=True)
class TraineeStanding:
    """What one person has done in a course, and what a certificate still needs."""

    trainee: Trainee
    modules: Sequence[ModuleStanding]
    needed: int
    certificate: Certificate | None

    @property
    def total(self) -> int:
        """Units of the whole course."""
        return sum(row.module.units for row in self.modules)

    @property
    def units(self) -> int:
        """Units the person was there for."""
        return sum(row.module.units for row in self.modules if row.state == ModuleState.DONE)

    @property
    def units_missing(self) -> int:
        """Units a certificate still needs."""
        return max(0, self.needed - self.units)

    @property
    def mandatory_missing(self) -> list[Module]:
        """Mandatory modules the person was not there for."""
        rows = [row for row in self.modules if row.state != ModuleState.DONE]
        return [row.module for row in rows if row.module.is_mandatory]

    @property
    def is_enough(self) -> bool:
        """Whether the recorded presence is enough for a certificate."""
        return bool(self.total) and not self.units_missing and not self.mandatory_missing

    @property
    def missed(self) -> list[ModuleStanding]:
        """Modules that took place without the person."""
        return [row for row in self.modules if row.state == ModuleState.MISSED]


def standings(
    *,
    course: Course,
    now: datetime,
    trainees: Collection[Trainee] | None = None,
    sessions: Collection[Session] | None = None,
) -> list[TraineeStanding]:
    """Say of everybody in a course what they have done; four queries whatever their number.

    Only modules count that this course has a date for: one added to the curriculum later is
    for later courses. ``trainees`` narrows to some of them; ``sessions`` are those of the
    course, where known.
    """
    rows = (
        list(course.trainees.select_related("person").order_by("joined_at", "pk"))
        if trainees is None
        else list(trainees)
    )
    taught = {row.module_id: row for row in (sessions_of(course) if sessions is None else sessions)}
    modules = sorted((row.module for row in taught.values()), key=lambda row: row.position)
    people = [row.person_id for row in rows]
    attended = _attended(course.curriculum_id, people)
    valid = Certificate.objects.filter(trainee__in=rows, revoked_at=None)
    certificates = {row.trainee_id: row for row in valid}
    needed = course.units_needed(sum(module.units for module in modules))
    return [
        TraineeStanding(
            trainee=row,
            modules=[
                _standing(module, taught.get(module.pk), attended[row.person_id], now)
                for module in modules
            ],
            needed=needed,
            certificate=certificates.get(row.pk),
        )
        for row in rows
    ]


def standing_of(*, trainee: Trainee, now: datetime) -> TraineeStanding:
    """Say what one person has done in a course."""
    return standings(course=trainee.course, now=now, trainees=[trainee])[0]


def sessions_of(course: Course) -> list[Session]:
    """List the dates of a course with their modules, in their order in time."""
    rows = Session.objects.filter(course=course).select_related("date", "module", "trainer")
    return list(rows.order_by("date__starts_at", "pk"))


def _attended(curriculum_id: int, people: Collection[int]) -> dict[int, dict[int, int]]:
    """Map each person to the modules they were there for, and each of these to its course."""
    rows = Attendance.objects.filter(
        person_id__in=people, session__module__curriculum_id=curriculum_id
    ).values_list("person_id", "session__module_id", "session__course_id")
    found: dict[int, dict[int, int]] = defaultdict(dict)
    for person_id, module_id, course_id in rows:
        found[person_id][module_id] = course_id
    return found


def _standing(
    module: Module, session: Session | None, attended: dict[int, int], now: datetime
) -> ModuleStanding:
    if module.pk in attended:
        is_here = session is not None and session.course_id == attended[module.pk]
        return ModuleStanding(module, ModuleState.DONE, session, elsewhere=not is_here)
    is_over = session is not None and (session.date.is_cancelled or session.date.has_ended(now))
    return ModuleStanding(module, ModuleState.MISSED if is_over else ModuleState.AHEAD, session)
