"""The statement of a guide for a quarter: confirmed hours, travel, and the sum, in German."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from miteinander.cooperation.guides.models import Guide, Hours
from miteinander.cooperation.guides.papers import GERMAN
from miteinander.cooperation.guides.papers_subsidy import SHEET
from miteinander.cooperation.guides.queries.hours import (
    allowance_of,
    confirmed_between,
    travel_of,
)
from miteinander.encounters.activities.workbook import Cell, xlsx_of
from miteinander.foundation.ui.context import read_instance
from miteinander.foundation.ui.paper import render_pdf

__all__ = [
    "SHEET",
    "last_quarters",
    "name_of",
    "next_quarter",
    "quarter_of",
    "statement_pdf",
    "statement_xlsx",
]
MONTHS = 3
YEAR_MONTHS = 12
SHOWN_QUARTERS = 4


@dataclass(frozen=True)
class Line:
    """One confirmed entry with its amounts in euros."""

    day: date
    minutes: int
    kilometres: int
    allowance: Decimal
    travel: Decimal

    @property
    def euros(self) -> Decimal:
        """What is paid for it."""
        return self.allowance + self.travel


def quarter_of(day: date) -> date:
    """Return the first day of the quarter ``day`` lies in."""
    return day.replace(month=(day.month - 1) // MONTHS * MONTHS + 1, day=1)


def next_quarter(begin: date) -> date:
    """Return the first day of the quarter after that which begins on ``begin``."""
    month = begin.month + MONTHS
    if month > YEAR_MONTHS:
        return date(begin.year + 1, 1, 1)
    return begin.replace(month=month)


def name_of(begin: date) -> str:
    """Return the name of a quarter, such as ``2026-3``."""
    return f"{begin.year}-{(begin.month + 2) // MONTHS}"


def last_quarters(day: date) -> Sequence[str]:
    """Return the names of the present quarter and of those before it."""
    begin, found = quarter_of(day), []
    for _turn in range(SHOWN_QUARTERS):
        found.append(name_of(begin))
        begin = quarter_of(date.fromordinal(begin.toordinal() - 1))
    return found


def _line(row: Hours) -> Line:
    return Line(row.day, row.minutes, row.kilometres, allowance_of(row), travel_of(row))


def lines_of(guide: Guide, begin: date) -> list[Line]:
    """Return what was confirmed in the quarter that begins on ``begin``, by day."""
    rows = confirmed_between(guide_id=guide.pk, begin=begin, end=next_quarter(begin))
    return [_line(row) for row in rows]


def _sum(lines: Sequence[Line]) -> Line:
    return Line(
        date.min,
        sum(line.minutes for line in lines),
        sum(line.kilometres for line in lines),
        sum((line.allowance for line in lines), Decimal(0)),
        sum((line.travel for line in lines), Decimal(0)),
    )


def statement_xlsx(guide: Guide, begin: date) -> bytes:
    """Write the statement as a table."""
    lines = lines_of(guide, begin)
    total = _sum(lines)
    with translation.override(GERMAN):
        head: list[list[Cell]] = [
            [guide.person.name, name_of(begin), "", "", "", ""],
            [_("Day"), _("Minutes"), _("Kilometres"), _("Allowance in euros"),
             _("Travel costs in euros"), _("Together in euros")],
        ]  # fmt: skip
        rows = [[date_format(line.day), *_amounts(line)] for line in lines]
        return xlsx_of(_("Statement of hours"), [*head, *rows, [_("Together"), *_amounts(total)]])


def _amounts(line: Line) -> list[Cell]:
    euros = (line.allowance, line.travel, line.euros)
    return [line.minutes, line.kilometres, *(float(value) for value in euros)]


def statement_pdf(guide: Guide, begin: date, now: datetime) -> bytes:
    """Print the statement."""
    lines = lines_of(guide, begin)
    with translation.override(GERMAN):
        context = {
            "language": GERMAN, "direction": "ltr", "guide": guide, "quarter": name_of(begin),
            "lines": lines, "total": _sum(lines), "instance": read_instance(),
            "printed": date_format(localtime(now)),
        }  # fmt: skip
        return render_pdf("guides/paper/statement.html", context)
