"""Reads of this app: what waits, what failed, and what a person can take along."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from miteinander.community.people.models import Person
from miteinander.encounters.activities.messages import FormerDate
from miteinander.encounters.activities.models import Participation
from miteinander.outward.notifications.enums import LetterKind, ReminderWay
from miteinander.outward.notifications.models import Letter, MailWishes

# A letter nobody tried for so long was lost by a worker that died, or there is no worker.
OVERDUE_AFTER = timedelta(minutes=10)
# What is not sent to an address that takes no mail; all else is tried, it may arrive after all.
DISPENSABLE = {
    LetterKind.REMINDER, LetterKind.FEEDBACK_WANTED, LetterKind.POLL_INVITED, LetterKind.NEWS,
}  # fmt: skip


@dataclass(frozen=True)
class LetterCounts:
    """How the mail stands, for the operator."""

    waiting: int
    overdue: int
    failed: int


def waiting_letters() -> QuerySet[Letter]:
    """Letters that are neither sent, nor given up, nor needless."""
    return Letter.objects.filter(
        sent_at__isnull=True, skipped_at__isnull=True, failed_at__isnull=True
    ).order_by("due_at", "pk")


def is_in_vain(letter: Letter) -> bool:
    """Whether nobody misses a letter, and its address takes no mail: then it is not sent."""
    if letter.kind not in DISPENSABLE:
        return False
    failed = Person.objects.filter(pk=letter.context.get("person"), mail_failed_at__isnull=False)
    return failed.exists()


def overdue_letters(now: datetime) -> QuerySet[Letter]:
    """Waiting letters that somebody should have tried by now."""
    return waiting_letters().filter(due_at__lte=now - OVERDUE_AFTER)


def change_key(kind: str, date_id: int, sequence: int, participation_id: int) -> str:
    """Name a letter that tells one seat holder of one change of a date."""
    return f"{kind}:{date_id}:{sequence}:{participation_id}"


def is_outrun(letter: Letter) -> bool:
    """Whether a newer change of the same date is told to the same seat holder.

    The number of the date itself also rises with changes that nobody needs a mail about.
    """
    return any(_sequence(other) > _sequence(letter) for other in _about_the_same(letter))


def _about_the_same(letter: Letter) -> QuerySet[Letter]:
    """Letters of the same kind to the same seat holder about the same date."""
    kind, date_id, _number, participation_id = letter.key.split(":")
    return Letter.objects.filter(
        key__startswith=f"{kind}:{date_id}:", key__endswith=f":{participation_id}"
    )


def _sequence(letter: Letter) -> int:
    return int(letter.key.split(":")[2])


def turn_of(participation: Participation) -> str:
    """Name the present turn of a participation: since the seat was asked for last."""
    return participation.signed_up_at.isoformat()


def was_offered(participation: Participation) -> bool:
    """Whether this seat was offered first; then somebody waited for it, also after a draw."""
    begin = f"{LetterKind.SEAT_OFFERED}:{participation.pk}:{turn_of(participation)}"
    return Letter.objects.filter(key__startswith=begin).exists()


def stored_former(former: FormerDate) -> dict[str, Any]:
    """Make of a former date what jobs and letters can hold."""
    return {
        "starts_at": former.starts_at.isoformat(),
        "ends_at": former.ends_at.isoformat(),
        "venue": former.venue_id,
        "is_online": former.is_online,
    }


def told_last(letter: Letter, since: datetime) -> FormerDate | None:
    """Return the date as its reader was told last, ``since`` the seat was taken.

    Of several changes in a row only the newest is told, so what the older letters would have
    said counts, back to the last one that went out.
    """
    older = _about_the_same(letter).filter(created_at__gte=since, sent_at__isnull=True)
    sent = _about_the_same(letter).filter(sent_at__isnull=False)
    last_sent = max((_sequence(other) for other in sent), default=-1)
    untold = [row for row in (*older, letter) if last_sent < _sequence(row) <= _sequence(letter)]
    before = min(untold, key=_sequence).context.get("before") if untold else None
    if before is None:
        return None
    return FormerDate(
        starts_at=datetime.fromisoformat(before["starts_at"]),
        ends_at=datetime.fromisoformat(before["ends_at"]),
        venue_id=before["venue"],
        is_online=before["is_online"],
    )


def letter_counts(now: datetime) -> LetterCounts:
    """Count what waits, what waits too long, and what was given up."""
    waiting = Q(sent_at__isnull=True, skipped_at__isnull=True, failed_at__isnull=True)
    return LetterCounts(
        **Letter.objects.aggregate(
            waiting=Count("pk", filter=waiting),
            overdue=Count("pk", filter=waiting & Q(due_at__lte=now - OVERDUE_AFTER)),
            failed=Count("pk", filter=Q(failed_at__isnull=False)),
        )
    )


def export_person(person: Person) -> dict[str, Any]:
    """Which mails were or will be sent to ``person``, and which they do not want."""
    letters = Letter.objects.filter(context__person=person.pk).order_by("created_at", "pk")
    wishes = MailWishes.objects.filter(person=person).first()
    off_at = wishes.reminders_off_at if wishes else None
    asks_off_at = wishes.polls_off_at if wishes else None
    return {
        "mails": [
            {
                "kind": letter.kind,
                "language": letter.language,
                "written_at": letter.created_at.isoformat(),
                "sent_at": letter.sent_at.isoformat() if letter.sent_at else "",
            }
            for letter in letters
        ],
        "reminders_off_since": off_at.isoformat() if off_at else "",
        "reminders_come_by": wishes.reminder_way if wishes else ReminderWay.BOTH.value,
        "questions_off_since": asks_off_at.isoformat() if asks_off_at else "",
    }
