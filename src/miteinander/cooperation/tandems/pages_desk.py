"""The page of the matching: what was suggested and why, and who is found and who waits."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from miteinander.cooperation.tandems.queries.fairness import Line, fairness_of
from miteinander.cooperation.tandems.queries.parties import party_by_key
from miteinander.cooperation.tandems.queries.tandems import last_run, suggestions
from miteinander.cooperation.tandems.reasons import reasons_for
from miteinander.foundation.core.pagination import page_of
from miteinander.foundation.ui.components import Table

SUGGESTED_AT_ONCE = 50


def matching_page(request: HttpRequest) -> dict[str, Any]:
    """Return the newest matching with its suggestions; reasons are those the first member sees."""
    links = page_of(suggestions(actor=request.user), request.GET, SUGGESTED_AT_ONCE)
    members = [list(tandem.members.all()) for tandem in links.page]
    parties = party_by_key(member.seeker_id for rows in members for member in rows)
    shown = []
    for tandem, rows in zip(links.page, members, strict=True):
        first, *others = [parties[row.seeker_id] for row in rows]
        shown.append((tandem, rows, reasons_for(first, others)))
    fairness = fairness_of(actor=request.user)
    return {
        "run": last_run(), "links": links, "shown": shown, "fairness": fairness,
        "tables": [
            _table(_("By side"), fairness.by_side),
            _table(_("By language"), fairness.by_language),
            _table(_("By gender"), fairness.by_gender),
            _table(_("By age"), fairness.by_age),
        ],
    }  # fmt: skip


def _table(caption: str, lines: Sequence[Line]) -> Table:
    head = [
        caption, pgettext("number of people", "Wait"), _("Share found"),
        _("Weeks waited (median)"),
    ]  # fmt: skip
    return Table(caption=caption, head=head, rows=[_row(line) for line in lines])


def _row(line: Line) -> list[str]:
    if not line.waiting:
        return [str(line.label), *3 * ["–"]]
    if not line.share:
        return [str(line.label), str(line.waiting), "–", "–"]
    return [str(line.label), str(line.waiting), str(line.share), str(line.weeks)]
