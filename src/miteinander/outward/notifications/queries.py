"""Reads of this app: what waits, what failed, and what a person can take along."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from miteinander.community.people.models import Person
from miteinander.outward.notifications.models import Letter

# A letter nobody tried for so long was lost by a worker that died, or there is no worker.
OVERDUE_AFTER = timedelta(minutes=10)


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
    kind, date_id, sequence, participation_id = letter.key.split(":")
    keys = Letter.objects.filter(
        key__startswith=f"{kind}:{date_id}:", key__endswith=f":{participation_id}"
    ).values_list("key", flat=True)
    return any(int(key.split(":")[2]) > int(sequence) for key in keys)


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
    """Which mails were or will be sent to ``person``."""
    letters = Letter.objects.filter(context__person=person.pk).order_by("created_at", "pk")
    return {
        "mails": [
            {
                "kind": letter.kind,
                "language": letter.language,
                "written_at": letter.created_at.isoformat(),
                "sent_at": letter.sent_at.isoformat() if letter.sent_at else "",
            }
            for letter in letters
        ]
    }
