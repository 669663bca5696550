"""Figures of a course for the state that funds it, and the list of who was there, on paper.

Both are in German: an office of the state reads them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import translation
from django.utils.formats import date_format, number_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from miteinander.cooperation.guides.enums import FigureKey
from miteinander.cooperation.guides.models import Course
from miteinander.cooperation.guides.papers import GERMAN
from miteinander.cooperation.guides.queries.subsidy import Grant, PresenceSheet
from miteinander.encounters.activities.workbook import Cell, xlsx_of
from miteinander.foundation.content.queries import read
from miteinander.foundation.ui.context import read_instance
from miteinander.foundation.ui.paper import render_pdf

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class GrantLine:
    """One figure with its name; ``shown`` is how people read it, ``value`` how programs do."""

    label: str
    value: int | float | None
    shown: str
    source: str = ""


def _count(label: str, value: int) -> GrantLine:
    return GrantLine(label, value, number_format(value, 0, force_grouping=True))


def _euros(label: str, value: Decimal | None, source: str = "") -> GrantLine:
    if value is None:
        return GrantLine(label, None, _("not entered yet"), source)
    return GrantLine(
        label, float(value), f"{number_format(value, 2, force_grouping=True)} €", source
    )


def grant_lines(grant: Grant) -> list[GrantLine]:
    """Name each figure of a grant in the active language, in the order of the calculation."""
    rate = grant.figures.get(FigureKey.RATE_UNIT)
    return [
        _count(_("People taken into the course"), grant.taken_in),
        _count(_("Left the course"), grant.left),
        _count(_("People who were there for at least one unit"), grant.counted),
        _count(_("People whose presence is enough for the certificate"), grant.enough),
        _count(_("Units of the course"), grant.units),
        _count(_("Units that took place"), grant.units_held),
        _count(_("Units that count for the grant"), grant.units_funded),
        _euros(
            str(FigureKey.RATE_UNIT.label),
            rate.value if rate else None,
            rate.source if rate else "",
        ),
        _euros(_("State grant: at most"), grant.amount),
    ]


def _about(course: Course) -> dict[str, Any]:
    return {
        "language": GERMAN,
        "direction": "ltr",
        "title": read(course.activity, GERMAN).part("title"),
        "organisation": course.curriculum.organisation.name,
        "instance": read_instance(),
    }


def grant_paper(course: Course, grant: Grant, now: datetime) -> dict[str, Any]:
    """Return the context of the sheet of figures."""
    return _about(course) | {
        "grant": grant,
        "lines": grant_lines(grant),
        "figures": list(grant.figures.values()),
        "printed": date_format(localtime(now)),
    }


def _in_german(make: Callable[[], bytes]) -> bytes:
    with translation.override(GERMAN):
        return make()


def grant_pdf(course: Course, grant: Grant, now: datetime) -> bytes:
    """Print the figures of a course."""
    return _in_german(
        lambda: render_pdf("guides/paper/grant.html", grant_paper(course, grant, now))
    )


def grant_xlsx(course: Course, grant: Grant) -> bytes:
    """Write the figures of a course as a table."""

    def make() -> bytes:
        about = _about(course)
        head: list[list[Cell]] = [[about["title"], about["organisation"], ""]]
        rows: list[list[Cell]] = [
            [line.label, line.value, line.source] for line in grant_lines(grant)
        ]
        return xlsx_of(_("State grant"), head + rows)

    return _in_german(make)


def presence_pdf(course: Course, sheet: PresenceSheet, now: datetime) -> bytes:
    """Print who was there when."""

    def make() -> bytes:
        context = _about(course) | {"sheet": sheet, "printed": date_format(localtime(now))}
        return render_pdf("guides/paper/presence.html", context)

    return _in_german(make)
