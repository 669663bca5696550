"""Letters to many people of one date: changes, reminders, and what the organiser writes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from miteinander.encounters.activities.enums import INVOLVED, ParticipationStatus
from miteinander.encounters.activities.models import ActivityDate, Participation
from miteinander.encounters.activities.services.seats import locked_date
from miteinander.foundation.audit import services as audit
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import Actor, SystemActor, require
from miteinander.foundation.core.text import paragraphs
from miteinander.outward.notifications.enums import LetterKind, Readers
from miteinander.outward.notifications.queries import (
    Ahead,
    change_key,
    dates_to_remind_of,
    last_told,
    messages_today,
    people_to_remind,
    readers_of,
    reminder_at,
    turn_of,
    words_key,
)
from miteinander.outward.notifications.services.letters import write_letters

BATCH = 200
LONGEST_WORDS = 1000
MOST_A_DAY = 3
OPEN_AFTER = timedelta(days=7)
_SYSTEM = SystemActor("notifications")


class TooManyMessages(ValidationError):
    """The people of this date got enough messages today."""


class NobodyReached(ValidationError):
    """Nobody in the wanted state can be reached by mail."""


@dataclass(frozen=True)
class OwnWords:
    """What somebody writes, and in which language; ``entry`` marks the filled-in form."""

    text: str
    language: str
    entry: str


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


@transaction.atomic
def write_to_people(*, actor: Actor, date_id: int, readers: Readers, words: OwnWords) -> int:
    """Send an organiser's own words to the people of a date; return how many get them.

    The words stand in the letters until these are sent and nowhere else. The same filled-in form
    a second time sends nothing. Nobody is bothered more than ``MOST_A_DAY`` times a day.

    Raises:
        TooManyMessages: enough for today.
        NobodyReached: nobody in this state has an address.
        ValidationError: no words, too many, or the date is over for more than a week.
        PermissionDenied: it is somebody else's meeting.
    """
    date = locked_date(date_id)
    require(actor, "notifications.write_to_people", date.activity)
    text = paragraphs(words.text)
    now = clock.now()
    written = messages_today(date_id, now)
    if words.entry in written:
        return written[words.entry]
    _check(date, text, now, len(written))
    count = 0
    for rows in _batches(readers_of(date, readers)):
        keyed = {words_key(date_id, words.entry, row.pk): row for row in rows}
        told = {"words": text, "written_in": words.language}
        count += write_letters(
            actor=_SYSTEM, kind=LetterKind.ORGANISER_WORDS, rows=keyed, told=told
        )
    if not count:
        raise NobodyReached(_("Nobody of them can be reached by e-mail."), code="nobody")
    audit.record(
        actor=actor, verb="notifications.write_to_people", obj=date,
        details={"readers": readers.value, "count": count},
    )  # fmt: skip
    return count


def _check(date: ActivityDate, text: str, now: datetime, already: int) -> None:
    if not text:
        raise ValidationError(_("Please write your message."), code="empty")
    if len(text) > LONGEST_WORDS:
        raise ValidationError(
            _("Please write at most %(count)s characters."),
            code="too_long",
            params={"count": LONGEST_WORDS},
        )
    if now > date.ends_at + OPEN_AFTER:
        raise ValidationError(_("This meeting was over a week ago."), code="over")
    if already >= MOST_A_DAY:
        raise TooManyMessages(
            _("You can write to the people of a meeting %(count)s times a day. Try tomorrow."),
            code="too_many",
            params={"count": MOST_A_DAY},
        )
