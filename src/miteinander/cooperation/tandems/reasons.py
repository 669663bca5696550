"""Why people were brought together, in words for one of them: what both said, and nothing else.

No side, no gender, no age and no wish about people is in any of these lines; the canary tests
look for them.
"""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from miteinander.cooperation.tandems.enums import Doing, Way
from miteinander.foundation.core.languages import NAMES
from miteinander.foundation.matching.pairs.parties import Party
from miteinander.foundation.matching.pairs.rules import distance
from miteinander.foundation.ui.formats import comma


def reasons_for(own: Party, others: Sequence[Party]) -> list[str]:
    """Say what speaks for a proposal, as the one who reads it sees it; at most six lines."""
    lines = [_both(own, others), _gets(own, others), _offers(own, others)]
    lines += [_practises(own, others), _teaches(own, others), _far(own, others)]
    if own.wants_bridge and all(other.wants_bridge for other in others):
        lines.append(_("You all like it when old and young meet."))
    return [line for line in lines if line]


def _listed(words: Iterable[object]) -> str:
    return comma().join(str(word) for word in words)


def _doings(keys: set[str]) -> str:
    return _listed(doing.label for doing in Doing if doing.value in keys)


def _both(own: Party, others: Sequence[Party]) -> str:
    shared = set(own.wants).intersection(*(other.wants for other in others))
    if not shared:
        return ""
    told = _("You both want: %(what)s") if len(others) == 1 else _("All of you want: %(what)s")
    return told % {"what": _doings(shared)}


def _gets(own: Party, others: Sequence[Party]) -> str:
    given = {doing for other in others for doing in other.gives - other.wants}
    found = set(own.wants) & given
    return _("You want, and are offered: %(what)s") % {"what": _doings(found)} if found else ""


def _offers(own: Party, others: Sequence[Party]) -> str:
    wanted = {doing for other in others for doing in other.wants - own.wants}
    found = set(own.gives) & wanted
    return _("You can give: %(what)s") % {"what": _doings(found)} if found else ""


def _languages(codes: Iterable[str]) -> str:
    return _listed(NAMES.get(code, code) for code in sorted(codes))


def _practises(own: Party, others: Sequence[Party]) -> str:
    found = set(own.practises) & {code for other in others for code in other.speaks}
    return _("You can practise: %(languages)s") % {"languages": _languages(found)} if found else ""


def _teaches(own: Party, others: Sequence[Party]) -> str:
    found = set(own.speaks) & {code for other in others for code in other.practises}
    if not found:
        return ""
    return _("You can help with: %(languages)s") % {"languages": _languages(found)}


def _far(own: Party, others: Sequence[Party]) -> str:
    ways = set(own.ways).intersection(*(other.ways for other in others))
    apart = [km for other in others if (km := distance(own, other)) is not None]
    if Way.IN_PERSON not in ways or not apart:
        return ""
    kilometres = round(max(apart))
    if not kilometres:
        return _("You live in the same municipality.")
    told = ngettext(
        "You live about %(km)d kilometre apart.",
        "You live about %(km)d kilometres apart.",
        kilometres,
    )
    return told % {"km": kilometres}
