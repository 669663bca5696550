"""Taking over a list that people signed on paper."""

from dataclasses import dataclass

from django.db import transaction

from miteinander.encounters.activities.enums import ON_LIST, Presence
from miteinander.encounters.activities.models import ActivityDate, Participation
from miteinander.encounters.activities.services.helpers_at_door import find_line
from miteinander.encounters.activities.services.presence import open_desk, write_mark
from miteinander.foundation.audit import services as audit
from miteinander.foundation.core.permissions import Actor


@dataclass(frozen=True)
class SignedList:
    """A list signed on paper, as somebody read it: keys of lines.

    ``shown`` stood on the page, ``ticked_before`` of them with a tick, ``ticked`` when it was
    saved. With ``others_absent`` whoever has no tick and no mark did not come. ``helpers_shown``
    and ``helpers`` are the same of people with a role who had no line yet, by keys of offers.
    """

    shown: frozenset[int]
    ticked_before: frozenset[int]
    ticked: frozenset[int]
    others_absent: bool = False
    helpers_shown: frozenset[int] = frozenset()
    helpers: frozenset[int] = frozenset()

    def mark_for(self, participation: Participation) -> str:
        """Return the mark of one line; what this page did not change keeps its mark."""
        key, present = participation.pk, participation.presence
        if key not in self.shown:
            return present
        if key in self.ticked - self.ticked_before:
            return Presence.PRESENT
        if key in self.ticked_before - self.ticked and present == Presence.PRESENT:
            present = Presence.UNKNOWN
        is_missed = key not in self.ticked and present == Presence.UNKNOWN
        return Presence.ABSENT if self.others_absent and is_missed else present

    def marked_helpers(self) -> frozenset[int]:
        """Return the helpers this page says something of."""
        return self.helpers_shown if self.others_absent else self.helpers & self.helpers_shown

    def mark_for_helper(self, offer_id: int, present: str) -> str:
        """Return the mark of a helper who is marked ``present`` now."""
        if offer_id in self.helpers:
            return Presence.PRESENT
        return Presence.ABSENT if present == Presence.UNKNOWN else present


@transaction.atomic
def mark_list(*, actor: Actor, date_id: int, signed: SignedList) -> int:
    """Note who came by a list signed on paper; return how many lines changed.

    Only what was ticked or unticked on this page changes, so two people may each type one half,
    and saving twice is saving once. People added meanwhile keep their mark.

    Raises:
        DeskClosed: too early or too late.
    """
    date = open_desk(actor, date_id)
    rows = Participation.objects.select_for_update().filter(date=date, status__in=ON_LIST)
    wanted = [(row, signed.mark_for(row)) for row in rows.order_by("pk")]
    changed = sum(_write(actor, row, mark) for row, mark in wanted)
    changed += _mark_helpers(actor, date, signed)
    if changed:
        audit.record(
            actor=actor, verb="activities.mark_list", obj=date, details={"changed": changed}
        )
    return changed


def _mark_helpers(actor: Actor, date: ActivityDate, signed: SignedList) -> int:
    lines = [(key, find_line(date, key)) for key in sorted(signed.marked_helpers())]
    wanted = [(row, signed.mark_for_helper(key, row.presence)) for key, row in lines if row]
    return sum(_write(actor, row, mark) for row, mark in wanted)


def _write(actor: Actor, row: Participation, mark: str) -> bool:
    if mark == row.presence:
        return False
    write_mark(row, mark, by=actor.pk)
    return True
