"""Why a guide is suggested, in words: what counted, and nothing else."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from miteinander.foundation.matching.ranking import Standing


def reason_of(standing: Standing) -> str:
    """Say in one line why somebody stands where they stand."""
    parts = [_time(standing.minutes_lately), _way(standing.distance_km)]
    if standing.knows_topic:
        parts.append(_("Has done this topic before."))
    return " ".join(part for part in parts if part)


def _time(minutes: int) -> str:
    if not minutes:
        return _("Has not guided in the last 90 days.")
    told = ngettext(
        "Has guided %(minutes)d minute in the last 90 days.",
        "Has guided %(minutes)d minutes in the last 90 days.",
        minutes,
    )
    return told % {"minutes": minutes}


def _way(distance: float | None) -> str:
    if distance is None:
        return ""
    kilometres = round(distance)
    if not kilometres:
        return _("Lives in the same place.")
    told = ngettext(
        "Lives about %(kilometres)d kilometre away.",
        "Lives about %(kilometres)d kilometres away.",
        kilometres,
    )
    return told % {"kilometres": kilometres}
