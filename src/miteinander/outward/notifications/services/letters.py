"""Letters are written in the transaction of what they tell, and forgotten in time."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from miteinander.encounters.activities.models import Participation
from miteinander.foundation.core import bus, clock
from miteinander.foundation.core.inserting import insert_unless_known
from miteinander.foundation.core.permissions import Actor, require
from miteinander.foundation.core.privacy import kept_for
from miteinander.outward.notifications.enums import LetterKind, ReminderWay
from miteinander.outward.notifications.messages import LettersDue
from miteinander.outward.notifications.models import (
    Device,
    Follow,
    FollowRequest,
    Letter,
    MailWishes,
)
from miteinander.outward.notifications.queries import known_keys, overdue_letters, reminder_ways
from miteinander.outward.notifications.services.notes import write_notes

OVERDUE_AT_ONCE = 200
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
            write_notes(actor=actor, letters=(letter,))


@transaction.atomic
def confirm_again(*, actor: Actor, seat: Participation, kind: str, told: dict[str, Any]) -> bool:
    """Write the confirmation of a seat or a wait once more; tell whether it was written.

    At most one in ``REPEAT_PAUSE`` for each seat: anybody can type the address of somebody else.
    Whoever signs up holds the row of the date, so two at once are one after the other.
    """
    require(actor, "notifications.send")
    now, begin = clock.now(), f"{seat.pk}:again:"
    repeats = Letter.objects.filter(key__startswith=f"{kind}:{begin}")
    if repeats.filter(created_at__gt=now - REPEAT_PAUSE).exists():
        return False
    write_letter(
        actor=actor,
        key=f"{begin}{now.isoformat()}",
        kind=kind,
        address=seat.person.email or "",
        language=seat.language,
        context={"participation": seat.pk, "person": seat.person_id, **told},
    )
    return True


@transaction.atomic
def write_letters(
    *, actor: Actor, kind: str, rows: Mapping[str, Participation], told: dict[str, Any]
) -> int:
    """Write one letter each to a batch of people, under keys that name it; return how many.

    Keys there are letters for are left out, so this may run again. ``told`` goes into every
    context. Each is written in the language of the sign-up. Notes to their devices go along;
    reminders come on the ways people chose.
    """
    require(actor, "notifications.send")
    now = clock.now()
    known = known_keys(rows)
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
        for key, row in rows.items()
        if key not in known
    ]
    people = [row.person_id for row in rows.values()]
    ways = reminder_ways(people) if kind == LetterKind.REMINDER and letters else {}
    mails = [one for one in letters if ways.get(one.context["person"]) != ReminderWay.PUSH]
    Letter.objects.bulk_create(mails, ignore_conflicts=True)
    fresh = Letter.objects.filter(key__in=[letter.key for letter in mails])
    bus.publish(LettersDue(tuple(fresh.order_by("pk").values_list("pk", flat=True)), now))
    noted = [one for one in letters if ways.get(one.context["person"]) != ReminderWay.MAIL]
    write_notes(actor=actor, letters=noted)
    return len(mails)


@transaction.atomic
def hurry_overdue_letters(*, actor: Actor, now: datetime) -> int:
    """Have letters tried that a worker let lie, because it was killed; return how many."""
    require(actor, "notifications.send")
    overdue = tuple(overdue_letters(now).values_list("pk", flat=True)[:OVERDUE_AT_ONCE])
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
    """Delete every letter to a person or with their address in it, and what they chose.

    Return how many rows.
    """
    require(actor, "notifications.send")
    gone = Device.objects.filter(person_id=person_id).delete()[0]
    gone += MailWishes.objects.filter(person_id=person_id).delete()[0]
    gone += Follow.objects.filter(person_id=person_id).delete()[0]
    gone += Letter.objects.filter(context__person=person_id).delete()[0]
    if address:
        gone += FollowRequest.objects.filter(address__iexact=address).delete()[0]
        told = Q(address__iexact=address) | Q(context__reply_to__iexact=address)
        gone += Letter.objects.filter(told).delete()[0]
    return gone


@transaction.atomic
def drop_waiting_letters(*, actor: Actor) -> int:
    """Delete every letter that was not sent yet, as after the building of a demo."""
    require(actor, "notifications.send")
    return Letter.objects.filter(sent_at__isnull=True).delete()[0]
