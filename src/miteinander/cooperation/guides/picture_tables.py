"""The picture of the guides as tables, for the page and as a file."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from miteinander.cooperation.guides.enums import AssignmentKind, LeaveReason, UnfilledReason
from miteinander.cooperation.guides.queries.picture import Picture, Work, WorkKey
from miteinander.encounters.activities.workbook import Cell, xlsx_of
from miteinander.foundation.core.languages import NAMES
from miteinander.foundation.core.text import fold
from miteinander.foundation.ui.components import Table

HOUR = 60


@dataclass(frozen=True)
class Missing:
    """How many requests in all, and the language most often in them; none where two are equal."""

    count: int
    language: str = ""
    most: int = 0


def missing_of(picture: Picture) -> Missing:
    """Say how many requests nobody could take, and for which language most of all."""
    sums = _by_language(picture)
    most = max(sums.values(), default=0)
    leading = [code for code, count in sums.items() if count == most]
    if len(leading) != 1:
        return Missing(sum(sums.values()))
    return Missing(sum(sums.values()), language_name(leading[0]), most)


def language_name(code: str) -> str:
    """Name a language, in the language of the reader."""
    return str(NAMES.get(code, code))


def _by_language(picture: Picture) -> dict[str, int]:
    sums: dict[str, int] = defaultdict(int)
    for language, reason in sorted(picture.missed, key=lambda key: fold(language_name(key[0]))):
        sums[language] += picture.missed[language, reason]
    return dict(sums)


def missed_table(picture: Picture) -> Table:
    """Cross language and reason: what the next course is planned from; most missing on top."""
    sums = _by_language(picture)
    reasons = list(UnfilledReason)
    rows: list[list[Any]] = [
        [language_name(code), *(picture.missed.get((code, one), 0) for one in reasons), sums[code]]
        for code in sorted(sums, key=lambda one: -sums[one])
    ]
    columns = [sum(row[at] for row in rows) for at in range(1, len(reasons) + 2)]
    return Table(
        _("Requests nobody could take: language and reason"),
        [_("Language"), *(str(one.label) for one in reasons), _("All together")],
        [*rows, [_("All together"), *columns]],
    )


def people_table(picture: Picture) -> Table:
    """Show how many people stood where."""
    people = picture.people
    return Table(
        _("People"),
        [_("What"), _("People")],
        [
            [_("Wanted to become a guide"), people.interested],
            [_("Took part in a course"), people.in_training],
            [_("Got a certificate"), people.certified],
            [_("Active guides on the last day"), people.active],
            [_("Guides on a pause on the last day"), people.paused],
            [_("Left the network"), sum(people.left_network.values())],
            [_("Left a course"), sum(people.left_course.values())],
        ],
    )


def left_table(picture: Picture) -> Table:
    """Show why people left."""
    network, course = picture.people.left_network, picture.people.left_course
    return Table(
        _("Why people left"),
        [_("Why"), _("The network"), _("A course")],
        [[str(one.label), network.get(one, 0), course.get(one, 0)] for one in LeaveReason],
    )


def kind_table(picture: Picture) -> Table:
    """Show requests, assignments and hours by kind of help, in the order of the list."""
    sums = _grouped(picture.work, lambda key: key[0])
    known = [kind for kind in (*AssignmentKind.values, "") if kind in sums]
    names = {**dict(AssignmentKind.choices), "": _("Without a request")}
    return _work_table(_("By kind of help"), _("Kind"), [(names[one], sums[one]) for one in known])


def place_table(picture: Picture) -> Table:
    """Show requests, assignments and hours by municipality, by name."""
    sums = _grouped(picture.work, lambda key: key[1])
    rows = [(picture.places.get(one, ""), sums[one]) for one in sums]
    rows.sort(key=lambda row: fold(row[0]))
    return _work_table(_("By municipality"), _("Municipality"), rows)


def language_table(picture: Picture) -> Table:
    """Show requests, assignments and hours by language, by name."""
    sums = _grouped(picture.work, lambda key: key[2])
    rows = [(language_name(one), sums[one]) for one in sums if one]
    rows.sort(key=lambda row: fold(row[0]))
    if "" in sums:
        rows.append((_("Without a request"), sums[""]))
    return _work_table(_("By language"), _("Language"), rows)


def _grouped(work: Mapping[WorkKey, Work], part: Callable[[WorkKey], Any]) -> dict[Any, Work]:
    sums: dict[Any, Work] = defaultdict(Work)
    for key, one in work.items():
        sums[part(key)].add(one)
    return dict(sums)


def _work_table(caption: str, first: str, rows: list[tuple[Any, Work]]) -> Table:
    total = Work()
    for _label, work in rows:
        total.add(work)
    return Table(
        caption,
        [first, _("Requests"), _("Assignments that took place"), _("Hours")],
        [
            [str(label), one.requests, one.assignments, round(one.minutes / HOUR, 1)]
            for label, one in [*rows, (_("All together"), total)]
        ],
    )


def tables_of(picture: Picture) -> list[Table]:
    """All tables but the first, which has its own sentence."""
    makers = (people_table, left_table, kind_table, place_table, language_table)
    return [make(picture) for make in makers]


def picture_xlsx(picture: Picture, about: str) -> bytes:
    """Write all tables beneath each other; ``about`` names time and place."""
    rows: list[list[Cell]] = [[about]]
    for table in [missed_table(picture), *tables_of(picture)]:
        rows += [[], [str(table.caption)], [str(head) for head in table.head]]
        rows += [list(row) for row in table.rows]
    return xlsx_of(_("Picture"), rows)
