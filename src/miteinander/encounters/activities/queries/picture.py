"""The picture for coordinators: who signed up and came, by side, added up and made safe to show.

``gathering`` reads the figures of each date, this module adds them up to lines and hides what is
too small. Dates and planned seats are no figures about people and are always shown.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from miteinander.encounters.activities.queries.gathering import (
    Criteria,
    DateFigures,
    gather,
    titles,
)
from miteinander.encounters.activities.queries.sides import AGES, SIDES
from miteinander.encounters.activities.queries.small_cells import (
    Cells,
    are_ages_enough,
    are_sides_enough,
    hidden_lines,
    is_enough,
    is_enough_or_nobody,
    total_of,
)
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import Actor
from miteinander.foundation.core.text import fold

FULL = 100


class By(models.TextChoices):
    """What a line of the picture stands for."""

    ACTIVITY = "activity", gettext_lazy("Meeting")
    ORGANISATION = "organisation", gettext_lazy("Organisation")
    MUNICIPALITY = "municipality", gettext_lazy("Place")
    MONTH = "month", gettext_lazy("Month")


@dataclass(frozen=True)
class Shown:
    """One line as it may be seen; None is a number that is hidden.

    ``signed_up`` and ``present`` are (local, newcomer, not said), all three or none; ``ages_*`` are
    the age groups of the same people as in ``AGES``, all or none.
    ``share_of_both`` is how many of a hundred dates had people of both sides.
    """

    label: str
    language: str
    dates: int
    seats: int
    signed_up_all: int | None
    signed_up: Cells | None
    present_all: int | None
    present: Cells | None
    ages_signed_up: Cells | None
    ages_present: Cells | None
    share_of_both: int | None
    first_time: int | None
    met_new: int | None


@dataclass(frozen=True)
class Picture:
    """Lines and their total."""

    lines: tuple[Shown, ...]
    total: Shown


@dataclass(frozen=True)
class Label:
    """What a line is called, in which language, and where it stands among the others."""

    words: str
    language: str
    place: tuple[str, int]


def picture_of(actor: Actor, criteria: Criteria, by: str, now: datetime) -> Picture:
    """Draw the picture of what ``actor`` may see, in a fixed number of queries."""
    figures = gather(actor, criteria, now)
    groups: dict[Hashable, list[DateFigures]] = defaultdict(list)
    key = KEYS[By(by)]
    for figure in figures:
        groups[key(figure)].append(figure)
    known = titles(actor, criteria, now) if by == By.ACTIVITY else {}
    names = {one: _label_of(By(by), rows[0], known) for one, rows in groups.items()}
    lines = sorted(
        ((names[one], _added(rows)) for one, rows in groups.items()), key=lambda pair: pair[0].place
    )
    return _made_safe([label for label, _line in lines], [line for _label, line in lines])


def _month(figure: DateFigures) -> tuple[int, int]:
    local = clock.local(figure.starts_at)
    return local.year, local.month


KEYS: dict[By, Callable[[DateFigures], Hashable]] = {
    By.ACTIVITY: lambda figure: figure.activity_id,
    By.ORGANISATION: lambda figure: figure.organisation_id,
    By.MUNICIPALITY: lambda figure: figure.municipality_id,
    By.MONTH: _month,
}


def _label_of(by: By, figure: DateFigures, known: Mapping[int, tuple[str, str]]) -> Label:
    if by == By.MONTH:
        return _month_label(figure.starts_at)
    if by == By.ACTIVITY:
        return _label(*known.get(figure.activity_id, ("", "")), figure.activity_id)
    if by == By.ORGANISATION:
        return _label(figure.organisation, "", figure.organisation_id)
    return _label(figure.municipality, "", figure.municipality_id)


def _label(words: str, language: str, pk: int) -> Label:
    return Label(words or _("Without a name"), language, (fold(words), pk))


def _month_label(moment: datetime) -> Label:
    local = clock.local(moment)
    return Label(date_format(local, "F Y"), "", ("", local.year * 12 + local.month))


@dataclass(frozen=True)
class _Line:
    dates: int
    seats: int
    both: int
    signed_up: Cells
    present: Cells
    ages_signed_up: Cells
    ages_present: Cells
    first_time: int
    met_new: int


def _added(figures: Sequence[DateFigures]) -> _Line:
    return _Line(
        dates=len(figures),
        seats=sum(figure.seats for figure in figures),
        both=sum(figure.has_both for figure in figures),
        signed_up=total_of([figure.signed_up for figure in figures], len(SIDES)),
        present=total_of([figure.present for figure in figures], len(SIDES)),
        ages_signed_up=total_of([figure.ages_signed_up for figure in figures], len(AGES)),
        ages_present=total_of([figure.ages_present for figure in figures], len(AGES)),
        first_time=sum(figure.first_time for figure in figures),
        met_new=sum(figure.met_new for figure in figures),
    )


def _sum(lines: Iterable[_Line]) -> _Line:
    rows = list(lines)
    return _Line(
        dates=sum(row.dates for row in rows),
        seats=sum(row.seats for row in rows),
        both=sum(row.both for row in rows),
        signed_up=total_of([row.signed_up for row in rows], len(SIDES)),
        present=total_of([row.present for row in rows], len(SIDES)),
        ages_signed_up=total_of([row.ages_signed_up for row in rows], len(AGES)),
        ages_present=total_of([row.ages_present for row in rows], len(AGES)),
        first_time=sum(row.first_time for row in rows),
        met_new=sum(row.met_new for row in rows),
    )


@dataclass(frozen=True)
class _Hidden:
    """Which lines are hidden in each column."""

    signed_up_all: frozenset[int]
    signed_up: frozenset[int]
    present_all: frozenset[int]
    present: frozenset[int]
    ages_signed_up: frozenset[int]
    ages_present: frozenset[int]
    share: frozenset[int]
    first_time: frozenset[int]
    met_new: frozenset[int]


def _hidden(lines: list[_Line]) -> _Hidden:
    """Hide per column; where the sum of a line is hidden, its sides and its ages are too."""
    signed_up_all = hidden_lines([(sum(one.signed_up),) for one in lines], is_enough_or_nobody)
    present_all = hidden_lines([(sum(one.present),) for one in lines], is_enough_or_nobody)
    return _Hidden(
        signed_up_all=signed_up_all,
        signed_up=hidden_lines([one.signed_up for one in lines], are_sides_enough, signed_up_all),
        present_all=present_all,
        present=hidden_lines([one.present for one in lines], are_sides_enough, present_all),
        ages_signed_up=hidden_lines(
            [one.ages_signed_up for one in lines], are_ages_enough, signed_up_all
        ),
        ages_present=hidden_lines(
            [one.ages_present for one in lines], are_ages_enough, present_all
        ),
        share=hidden_lines([(one.dates,) for one in lines], is_enough),
        first_time=hidden_lines([(one.first_time,) for one in lines], is_enough),
        met_new=hidden_lines([(one.met_new,) for one in lines], is_enough),
    )


def _made_safe(labels: list[Label], lines: list[_Line]) -> Picture:
    hidden, total = _hidden(lines), _sum(lines)
    shown = [
        _shown(label, line, hidden, place)
        for place, (label, line) in enumerate(zip(labels, lines, strict=True))
    ]
    alone = _hidden([total])  # a total is shown whenever it is large enough, whatever the lines are
    return Picture(tuple(shown), _shown(Label(_("All together"), "", ("", 0)), total, alone, 0))


def _shown(label: Label, line: _Line, hidden: _Hidden, place: int) -> Shown:
    return Shown(
        label=label.words,
        language=label.language,
        dates=line.dates,
        seats=line.seats,
        signed_up_all=None if place in hidden.signed_up_all else sum(line.signed_up),
        signed_up=None if place in hidden.signed_up else line.signed_up,
        present_all=None if place in hidden.present_all else sum(line.present),
        present=None if place in hidden.present else line.present,
        ages_signed_up=None if place in hidden.ages_signed_up else line.ages_signed_up,
        ages_present=None if place in hidden.ages_present else line.ages_present,
        share_of_both=None if place in hidden.share else round(FULL * line.both / line.dates),
        first_time=None if place in hidden.first_time else line.first_time,
        met_new=None if place in hidden.met_new else line.met_new,
    )
