"""Who is found and who waits: by side, language, gender and age, without telling of anybody.

Coordinators see who was suggested, who was not, and since when somebody waits. So a group is
counted only from five people on; how many of it were found is told in quarters and from ten people
on, so that each answer leaves at least three possible numbers; and its wait is the median in whole
weeks: the longest of a group would be one person's.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from miteinander.cooperation.tandems.enums import Gender, TandemStatus
from miteinander.cooperation.tandems.models import TandemMember
from miteinander.cooperation.tandems.queries.parties import parties_of, pool_of
from miteinander.encounters.activities.queries.small_cells import (
    hidden_lines,
    is_enough,
)
from miteinander.foundation.core.languages import NAMES
from miteinander.foundation.core.permissions import Actor
from miteinander.foundation.matching.pairs.parties import Party

MANY = 10
QUARTERS = (
    _("fewer than a quarter"),
    _("a quarter to a half"),
    _("half to three quarters"),
    _("more than three quarters"),
)
AGES = ((0, 27), (27, 45), (45, 65), (65, 200))
DAYS_OF_A_WEEK = 7
SIDES = {
    "local": _("Long-time inhabitants"),
    "newcomer": _("Newcomers"),
    "": pgettext_lazy("side", "Not said"),
}
GENDERS = {**{word.value: word.label for word in Gender}, "": pgettext_lazy("gender", "Not said")}


@dataclass(frozen=True)
class Line:
    """One group: how many wait, which share of them was found, the median wait in weeks.

    ``waiting`` is 0 and ``share`` empty where they would tell of single people.
    """

    label: str | Promise
    waiting: int = 0
    share: str | Promise = ""
    weeks: int = 0


@dataclass(frozen=True)
class Fairness:
    """The figures of the pool somebody coordinates, with the suggestions of the last matching."""

    waiting: int
    found: int
    longest_days: int
    by_side: list[Line]
    by_language: list[Line]
    by_gender: list[Line]
    by_age: list[Line]


def fairness_of(*, actor: Actor) -> Fairness:
    """Count the pool of ``actor`` in a constant number of queries."""
    parties = parties_of(pool_of(actor))
    keys = [party.key for party in parties]
    chosen = TandemMember.objects.filter(tandem__status=TandemStatus.SUGGESTED, seeker__in=keys)
    found = set(chosen.order_by().values_list("seeker_id", flat=True))
    spoken = sorted({code for party in parties for code in party.speaks})
    return Fairness(
        waiting=len(parties),
        found=len(found),
        longest_days=max((party.days_waiting for party in parties), default=0),
        by_side=_split(parties, found, lambda party: party.side, SIDES),
        by_gender=_split(parties, found, lambda party: party.gender, GENDERS),
        by_age=_split(parties, found, _age_group, _age_labels()),
        by_language=[
            _line(NAMES.get(code, code), [one for one in parties if code in one.speaks], found)
            for code in spoken
        ],
    )


def _age_group(party: Party) -> str:
    if party.age is None:
        return ""
    return next((str(low) for low, high in AGES if low <= party.age < high), "")


def _age_labels() -> dict[str, str | Promise]:
    return {
        "0": _("Under 27"), "27": _("27 to 44"), "45": _("45 to 64"), "65": _("65 or older"),
        "": pgettext_lazy("age", "Not said"),
    }  # fmt: skip


def _split(
    parties: Sequence[Party], found: set[int], group_of: Callable[[Party], str],
    labels: Mapping[str, str | Promise],
) -> list[Line]:  # fmt: skip
    """Divide the pool into groups of which everybody is in one; the sum must not tell either."""
    groups: defaultdict[str, list[Party]] = defaultdict(list)
    for party in parties:
        groups[group_of(party)].append(party)
    kept = [key for key in labels if groups[key]]
    hidden = hidden_lines([(len(groups[key]),) for key in kept], is_enough)
    return [
        Line(labels[key]) if place in hidden else _line(labels[key], groups[key], found)
        for place, key in enumerate(kept)
    ]


def _line(label: str | Promise, parties: Sequence[Party], found: set[int]) -> Line:
    """Tell of a group what its size allows."""
    if not is_enough((len(parties),)):
        return Line(label)
    if len(parties) < MANY:
        return Line(label, len(parties))
    inside = sum(1 for party in parties if party.key in found)
    quarter = min(len(QUARTERS) - 1, len(QUARTERS) * inside // len(parties))
    wait = median([party.days_waiting for party in parties])
    return Line(label, len(parties), QUARTERS[quarter], round(wait / DAYS_OF_A_WEEK))
