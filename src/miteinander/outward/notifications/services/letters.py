"""Letters are written in the transaction of what they tell, and forgotten in time."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from miteinander.encounters.activities.enums import ParticipationStatus
from miteinander.encounters.activities.models import Participation
from miteinander.foundation.core import bus, clock
from miteinander.foundation.core.inserting import insert_unless_known
from miteinander.foundation.core.permissions import Actor, require
from miteinander.foundation.core.privacy import kept_for
from miteinander.outward.notifications.enums import LetterKind
from miteinander.outward.notifications.messages import LettersDue
from miteinander.outward.notifications.models import Letter
from miteinander.outward.notifications.queries import change_key, overdue_letters

BATCH = 200
REPEAT_PAUSE = timedelta(hours=1)


def write_letter(
    *, actor: Actor, key: str, kind: str, address: str, language: str, context: dict[str, Any]
) -> None:
    """Write one letter under ``kind:key`` and have it sent once the transaction commits.

    ``context`` holds keys and codes for the words, and ``person`` where the reader has a row.
    Nothing happens without an address, or when the same letter was written before.
    """
    require(actor, "notifications.send")
    if not address:
        return
    now = clock.now()
    letter = Letter(
        key=f"{kind}:{key}", kind=kind, address=address, language=language, context=context,
        created_at=now, due_at=now,
    )  # fmt: skip
    with transaction.atomic(savepoint=False):
        if insert_unless_known(letter):
            bus.publish(LettersDue(letter_ids=(letter.pk,), due_at=now))


@transaction.atomic
def confirm_again(*, actor: Actor, seat: Participation) -> bool:
    """Write the confirmation of a seat once more; tell whether it was written.

    At most one in ``REPEAT_PAUSE`` for each seat: anybody can type the address of somebody else.
    Whoever signs up holds the row of the date, so two at once are one after the other.
    """
    require(actor, "notifications.send")
    now, begin = clock.now(), f"{seat.pk}:again:"
    repeats = Letter.objects.filter(key__startswith=f"{LetterKind.SEAT_CONFIRMED}:{begin}")
    if repeats.filter(created_at__gt=now - REPEAT_PAUSE).exists():
        return False
    write_letter(
        actor=actor,
        key=f"{begin}{now.isoformat()}",
        kind=LetterKind.SEAT_CONFIRMED,
        address=seat.person.email or "",
        language=seat.language,
        context={"participation": seat.pk, "person": seat.person_id},
    )
    return True


def tell_everybody(
    *, actor: Actor, kind: str, date_id: int, sequence: int, before: dict[str, Any] | None = None
) -> int:
    """Write a letter to everybody who holds a seat on a date, in batches; return how many.

    Each in the language of the sign-up. May run again: nobody gets a second one. ``before`` is
    how the date was before it changed (see ``stored_former``).
    """
    require(actor, "notifications.send")
    written, last = 0, 0
    while rows := _seat_holders(date_id, last):
        last = rows[-1].pk
        written += _write_batch(kind, sequence, rows, {"before": before} if before else {})
    return written


def _seat_holders(date_id: int, last: int) -> list[Participation]:
    holders = Participation.objects.filter(
        date_id=date_id,
        status=ParticipationStatus.SIGNED_UP,
        person__email__isnull=False,
        pk__gt=last,
    )
    return list(holders.select_related("person").order_by("pk")[:BATCH])


@transaction.atomic
def _write_batch(kind: str, sequence: int, rows: list[Participation], told: dict[str, Any]) -> int:
    now = clock.now()
    keys = {change_key(kind, row.date_id, sequence, row.pk): row for row in rows}
    known = set(Letter.objects.filter(key__in=keys).values_list("key", flat=True))
    letters = [
        Letter(
            key=key,
            kind=kind,
            address=row.person.email or "",
            language=row.language,
            context={"participation": row.pk, "person": row.person_id, **told},
            created_at=now,
            due_at=now,
        )
        for key, row in keys.items()
        if key not in known
    ]
    Letter.objects.bulk_create(letters, ignore_conflicts=True)
    fresh = Letter.objects.filter(key__in=[letter.key for letter in letters])
    bus.publish(LettersDue(tuple(fresh.order_by("pk").values_list("pk", flat=True)), now))
    return len(letters)


@transaction.atomic
def hurry_overdue_letters(*, actor: Actor, now: datetime) -> int:
    """Have letters tried that a worker let lie, because it was killed; return how many."""
    require(actor, "notifications.send")
    overdue = tuple(overdue_letters(now).values_list("pk", flat=True)[:BATCH])
    if overdue:
        bus.publish(LettersDue(letter_ids=overdue, due_at=now))
    return len(overdue)


@transaction.atomic
def forget_old_letters(*, actor: Actor, now: datetime) -> int:
    """Delete letters older than ``notifications.letters`` says; return how many."""
    require(actor, "notifications.send")
    limit = now - kept_for("notifications.letters")
    return Letter.objects.filter(created_at__lt=limit).delete()[0]


@transaction.atomic
def forget_person(*, actor: Actor, person_id: int, address: str) -> int:
    """Delete every letter to a person or with their address in it; return how many."""
    require(actor, "notifications.send")
    gone = Letter.objects.filter(context__person=person_id).delete()[0]
    if address:
        told = Q(address__iexact=address) | Q(context__reply_to__iexact=address)
        gone += Letter.objects.filter(told).delete()[0]
    return gone


@transaction.atomic
def drop_waiting_letters(*, actor: Actor) -> int:
    """Delete every letter that was not sent yet, as after the building of a demo."""
    require(actor, "notifications.send")
    return Letter.objects.filter(sent_at__isnull=True).delete()[0]
