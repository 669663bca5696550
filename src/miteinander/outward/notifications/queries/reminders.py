"""Reminders: when they fall due by the clock on the wall, for which dates, and who wants none."""

from collections.abc import Collection
from datetime import datetime, timedelta
from enum import IntEnum

from django.core import signing
from django.db.models import Q, QuerySet
from django.utils import timezone

from miteinander.encounters.activities.enums import (
    DateStatus,
    ParticipationStatus,
    SignUpWay,
)
from miteinander.encounters.activities.models import ActivityDate, Participation
from miteinander.encounters.activities.permissions import published
from miteinander.foundation.core import clock
from miteinander.outward.notifications.enums import LetterKind
from miteinander.outward.notifications.models import Letter, MailWishes


class Ahead(IntEnum):
    """How many hours before a date people are reminded."""

    FIRST = 48
    LAST = 4


# How late a reminder may still go out after the worker or the mail server stood still: the first
# until 36 hours before the date, the last until 2 hours before. Later it would only confuse.
LATEST = {Ahead.FIRST: timedelta(hours=12), Ahead.LAST: timedelta(hours=2)}
CLOCK_CHANGE = timedelta(hours=1)
_SIGNER = signing.Signer(salt="notifications.reminders", sep=".")


def reminder_at(starts_at: datetime, ahead: Ahead) -> datetime:
    """Return the moment of a reminder: so many hours before by the clock on the wall.

    For a meeting at 18:00 that is 14:00, and 18:00 two days before, also when the clocks change
    in between. An hour that a night leaves out is counted on from before the change.
    """
    wall = clock.local(starts_at).replace(tzinfo=None) - timedelta(hours=ahead)
    return timezone.make_aware(wall)


def is_timely(starts_at: datetime, ahead: Ahead, now: datetime) -> bool:
    """Whether a reminder is due, and not so late that it makes no sense any more."""
    due = reminder_at(starts_at, ahead)
    return due <= now < due + LATEST[ahead]


def dates_to_remind_of(ahead: Ahead, now: datetime) -> list[ActivityDate]:
    """List the dates whose reminder is due."""
    span = timedelta(hours=ahead)
    near = ActivityDate.objects.filter(
        published("activity__"),
        status=DateStatus.SCHEDULED,
        starts_at__gt=now + span - LATEST[ahead] - CLOCK_CHANGE,
        starts_at__lte=now + span + CLOCK_CHANGE,
    )
    rows = near.only("pk", "starts_at").order_by("pk")
    return [row for row in rows if is_timely(row.starts_at, ahead, now)]


def people_to_remind(date: ActivityDate, due: datetime) -> QuerySet[Participation]:
    """Everybody with a seat since before ``due`` who can be reached and wants reminders."""
    unwilling = MailWishes.objects.filter(reminders_off_at__isnull=False).values("person_id")
    return (
        Participation.objects.filter(
            date=date, status=ParticipationStatus.SIGNED_UP, signed_up_at__lte=due
        )
        .exclude(way=SignUpWay.WALK_IN)
        .exclude(Q(person__email__isnull=True) | Q(person__email=""))
        .exclude(person_id__in=unwilling)
        .select_related("person")
        .order_by("pk")
    )


def last_told(now: datetime) -> dict[int, datetime]:
    """Map participations to when time and place were told last, as far as it matters.

    Whoever got a confirmation or a change after a reminder fell due needs none at once.
    """
    since = now - max(LATEST.values())
    letters = Letter.objects.filter(
        kind__in=(LetterKind.SEAT_CONFIRMED, LetterKind.DATE_CHANGED),
        created_at__gt=since,
        skipped_at__isnull=True,
    )
    told: dict[int, datetime] = {}
    for key, kind, created_at in letters.order_by("created_at").values_list(
        "key", "kind", "created_at"
    ):
        parts = key.split(":")
        told[int(parts[1] if kind == LetterKind.SEAT_CONFIRMED else parts[-1])] = created_at
    return told


def has_turned_reminders_off(person_id: int) -> bool:
    """Whether somebody wants no reminders."""
    return MailWishes.objects.filter(person_id=person_id, reminders_off_at__isnull=False).exists()


def reminder_key(person_id: int) -> str:
    """Return the secret of the page on which a person turns reminders off and on."""
    return _SIGNER.sign(str(person_id))


def person_of_key(key: str) -> int | None:
    """Return whose reminders a secret is about; None for what we did not sign."""
    try:
        return int(_SIGNER.unsign(key))
    except (signing.BadSignature, ValueError):
        return None


def known_keys(keys: Collection[str]) -> set[str]:
    """Return which of ``keys`` there are letters for."""
    return set(Letter.objects.filter(key__in=keys).values_list("key", flat=True))
