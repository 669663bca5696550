"""Letters to many people of one date: changes, draws and reminders."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from miteinander.encounters.activities.enums import INVOLVED, ParticipationStatus
from miteinander.encounters.activities.models import ActivityDate, Participation
from miteinander.foundation.core.permissions import Actor, require
from miteinander.outward.notifications.enums import LetterKind
from miteinander.outward.notifications.queries import (
    Ahead,
    change_key,
    dates_to_remind_of,
    last_told,
    people_to_remind,
    reminder_at,
    turn_of,
)
from miteinander.outward.notifications.services.letters import write_letters

BATCH = 200


def _batches(people: QuerySet[Participation]) -> Iterator[list[Participation]]:
    """Yield people a batch at a time, each batch read anew."""
    rows = list(people.order_by("pk")[:BATCH])
    while rows:
        yield rows
        if len(rows) < BATCH:
            return
        rows = list(people.filter(pk__gt=rows[-1].pk).order_by("pk")[:BATCH])


def tell_everybody(
    *, actor: Actor, kind: str, date_id: int, sequence: int, before: dict[str, Any] | None = None
) -> int:
    """Write a letter to everybody who has a seat at a date or waits for one; return how many.

    In batches, each in the language of the sign-up. May run again: nobody gets a second one.
    ``before`` is how the date was before it changed (see ``stored_former``).
    """
    require(actor, "notifications.send")
    involved = Participation.objects.filter(
        date_id=date_id, status__in=INVOLVED, person__email__isnull=False
    )
    written = 0
    for rows in _batches(involved.select_related("person")):
        keyed = {change_key(kind, date_id, sequence, row.pk): row for row in rows}
        told = {"before": before} if before else {}
        written += write_letters(actor=actor, kind=kind, rows=keyed, told=told)
    return written


def tell_of_draw(*, actor: Actor, date_id: int) -> int:
    """Tell everybody who took part in a draw how it ended; return how many.

    May run again, also after somebody moved up: the same turn of a seat is told once.
    """
    require(actor, "notifications.send")
    drawn = Participation.objects.filter(
        date_id=date_id, draw_rank__isnull=False, person__email__isnull=False
    ).select_related("person")
    lucky = drawn.filter(status=ParticipationStatus.SIGNED_UP)
    unlucky = drawn.filter(status=ParticipationStatus.WAITING)
    written = 0
    for rows in _batches(lucky):
        kind = LetterKind.SEAT_CONFIRMED
        keyed = {f"{kind}:{row.pk}:{turn_of(row)}": row for row in rows}
        written += write_letters(actor=actor, kind=kind, rows=keyed, told={})
    for rows in _batches(unlucky):
        kind, told = LetterKind.SEAT_ASKED_FOR, {"status": ParticipationStatus.WAITING.value}
        keyed = {f"{kind}:{row.pk}:{turn_of(row)}:{row.status}": row for row in rows}
        written += write_letters(actor=actor, kind=kind, rows=keyed, told=told)
    return written


def remind_people(*, actor: Actor, now: datetime) -> int:
    """Write the reminders that are due; return how many.

    One letter for each seat, time of the date and reminder, whoever writes it and however often.
    Nobody is reminded who was told the time after the reminder fell due: by signing up, taking
    an offer, or a change.
    """
    require(actor, "notifications.send")
    told = last_told(now)
    return sum(
        _remind_of(actor, date, ahead, told)
        for ahead in Ahead
        for date in dates_to_remind_of(ahead, now)
    )


def _remind_of(actor: Actor, date: ActivityDate, ahead: Ahead, told: dict[int, datetime]) -> int:
    due, start = reminder_at(date.starts_at, ahead), date.starts_at.isoformat()
    written = 0
    for rows in _batches(people_to_remind(date, due)):
        keyed = {
            f"{LetterKind.REMINDER}:{int(ahead)}:{row.pk}:{start}": row
            for row in rows
            if told.get(row.pk, due) <= due
        }
        written += write_letters(
            actor=actor,
            kind=LetterKind.REMINDER,
            rows=keyed,
            told={"hours": int(ahead), "starts_at": start},
        )
    return written
