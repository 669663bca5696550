"""How the picture is drawn: bars by side and by age group, and the same numbers as tables."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from miteinander.community.people.enums import AgeGroup
from miteinander.encounters.activities.queries.picture import Picture, Shown
from miteinander.encounters.activities.queries.sides import AGES
from miteinander.encounters.activities.queries.small_cells import Cells
from miteinander.foundation.core.permissions import can
from miteinander.foundation.ui.components import Table

WIDTH = 100
KINDS = ("local", "newcomer", "unsaid")
AGE_KINDS = ("age-1", "age-2", "age-3", "age-4", "age-5", "unsaid")


@dataclass(frozen=True)
class Piece:
    """One piece of a bar: of whom, from where, how long."""

    kind: str
    start: float
    width: float


@dataclass(frozen=True)
class Bar:
    """One bar with what it stands for; without pieces there is nothing that may be drawn."""

    label: str
    language: str
    pieces: tuple[Piece, ...]
    words: str


@dataclass(frozen=True)
class Chart:
    """Bars under a heading."""

    title: str
    bars: tuple[Bar, ...]


def charts_of(lines: Sequence[Shown]) -> list[Chart]:
    """Draw who signed up and who came."""
    return [
        _chart(
            _("People signed up"), [(one, one.signed_up_all, one.signed_up) for one in lines], KINDS
        ),
        _chart(_("People present"), [(one, one.present_all, one.present) for one in lines], KINDS),
    ]


def age_charts_of(lines: Sequence[Shown]) -> list[Chart]:
    """Draw how old who signed up and who came are."""
    return [
        _chart(
            _("People signed up, by age"),
            [(one, one.signed_up_all, one.ages_signed_up) for one in lines],
            AGE_KINDS,
        ),
        _chart(
            _("People present, by age"),
            [(one, one.present_all, one.ages_present) for one in lines],
            AGE_KINDS,
        ),
    ]


def _chart(
    title: str, rows: list[tuple[Shown, int | None, Cells | None]], kinds: Sequence[str]
) -> Chart:
    longest = max((count for _line, count, _sides in rows if count), default=1)
    return Chart(
        title,
        tuple(
            Bar(
                line.label,
                line.language,
                tuple(_pieces(count, sides, longest, kinds)),
                number(count),
            )
            for line, count, sides in rows
        ),
    )


def _pieces(
    count: int | None, sides: Cells | None, longest: int, kinds: Sequence[str]
) -> Iterable[Piece]:
    parts = zip(kinds, sides, strict=True) if sides else [("all", count or 0)]
    start = 0.0
    for kind, size in parts:
        width = WIDTH * size / longest
        if width:
            yield Piece(kind, round(start, 2), round(width, 2))
        start += width


def number(value: int | None) -> str:
    """Write a number, or that it is not shown."""
    return _("not shown") if value is None else str(value)


def heads() -> list[str]:
    """Name the columns of the table, on the page and in files."""
    return [
        _("What"),
        _("Dates held"),
        _("Planned seats"),
        _("People signed up"),
        _("Signed up: long lived here"),
        _("Signed up: new here"),
        _("Signed up: not said"),
        _("People present"),
        _("Present: long lived here"),
        _("Present: new here"),
        _("Present: not said"),
        _("Dates with both sides, per cent"),
        _("There for the first time"),
        _("Met somebody new"),
    ]


def cells(line: Shown) -> list[int | None]:
    """Give the numbers of a line in the order of ``heads``."""
    nothing = (None, None, None)
    return [
        line.dates,
        line.seats,
        line.signed_up_all,
        *(line.signed_up or nothing),
        line.present_all,
        *(line.present or nothing),
        line.share_of_both,
        line.first_time,
        line.met_new,
    ]


def age_names() -> list[str]:
    """Name the age groups in the order of their numbers."""
    return [str(one.label) if one.value != AgeGroup.UNDISCLOSED else _("not said") for one in AGES]


def age_heads() -> list[str]:
    """Name the columns of the table by age, on the page and in files."""
    names = age_names()
    return [
        *(_("Signed up, age: %(group)s") % {"group": name} for name in names),
        *(_("Present, age: %(group)s") % {"group": name} for name in names),
    ]


def age_cells(line: Shown) -> list[int | None]:
    """Give the numbers of a line by age in the order of ``age_heads``."""
    nothing = (None,) * len(AGES)
    return [*(line.ages_signed_up or nothing), *(line.ages_present or nothing)]


def age_table_of(picture: Picture, lines: Sequence[Shown]) -> Table:
    """Show how old people are, line by line, and the total of the whole picture beneath."""
    return Table(
        caption=_("All numbers by age"),
        head=[_("What"), *age_heads()],
        rows=[_row(line, age_cells(line)) for line in [*lines, picture.total]],
    )


def table_of(picture: Picture, lines: Sequence[Shown]) -> Table:
    """Show ``lines``, and the total of the whole picture beneath."""
    return Table(
        caption=_("All numbers"),
        head=heads(),
        rows=[_row(line, cells(line)) for line in [*lines, picture.total]],
    )


def _row(line: Shown, numbers: Iterable[int | None]) -> list[Any]:
    name = format_html(
        "<bdi{}>{}</bdi>",
        format_html(' lang="{}"', line.language) if line.language else "",
        line.label,
    )
    return [name, *(number(value) for value in numbers)]


def link(request: HttpRequest | None, _obj: Any) -> SafeString:
    """Lead whoever may open it from their planning to the picture."""
    if request is None or not can(request.user, "activities.open_picture"):
        return SafeString("")
    return overview_link(request, None)


def overview_link(request: HttpRequest | None, _obj: Any) -> SafeString:
    """Lead from the overview to the picture; whoever sees the one may open the other."""
    return render_to_string("activities/_picture_link.html", {}, request)
