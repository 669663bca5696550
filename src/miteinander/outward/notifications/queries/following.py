"""Reads about following: what somebody follows, how often they hear, and when news are due."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.core import signing
from django.db.models import Max, QuerySet
from django.utils import timezone

from miteinander.community.people.models import Person
from miteinander.foundation.core import clock
from miteinander.outward.notifications.enums import Frequency
from miteinander.outward.notifications.interests import words_of
from miteinander.outward.notifications.models import Follow, FollowRequest, MailWishes, NewDate

HOUR = time(17)
THURSDAY = 3
_SIGNER = signing.Signer(salt="notifications.follow", sep=".")


def followed_by(person_id: int) -> QuerySet[Follow]:
    """What a person follows, the oldest first, with the names of places and organisations."""
    rows = Follow.objects.filter(person_id=person_id).select_related("municipality", "organisation")
    return rows.defer("municipality__boundary").order_by("created_at", "pk")


def frequency_of(person_id: int) -> Frequency:
    """Return how often somebody wants to hear of new meetings."""
    wishes = MailWishes.objects.filter(person_id=person_id).first()
    return Frequency(wishes.frequency) if wishes else Frequency.WEEKLY


def wants_news(person_id: int) -> bool:
    """Whether somebody still follows anything and wants to hear of it."""
    wishes = MailWishes.objects.filter(person_id=person_id).exclude(frequency=Frequency.NONE)
    return wishes.filter(person__follows__isnull=False).exists()


def newest_date() -> int:
    """Return the key of the newest date there are news of."""
    return NewDate.objects.aggregate(newest=Max("pk"))["newest"] or 0


def latest_due(frequency: Frequency, now: datetime) -> datetime:
    """Return when news of ``frequency`` were due last: 17:00 by the clock on the wall."""
    today = clock.local(now).date()
    back = (today.weekday() - THURSDAY) % 7 if frequency == Frequency.WEEKLY else 0
    due = _at_hour(today - timedelta(days=back))
    if due > now:
        rhythm = 7 if frequency == Frequency.WEEKLY else 1
        due = _at_hour(today - timedelta(days=back + rhythm))
    return due


def _at_hour(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, HOUR))


def request_key(request_id: int) -> str:
    """Return the secret of the page on which an address is confirmed."""
    return _SIGNER.sign(str(request_id))


def request_of_key(key: str) -> int | None:
    """Return which request a secret is about; None for what we did not sign."""
    try:
        return int(_SIGNER.unsign(key))
    except (signing.BadSignature, ValueError):
        return None


def export_following(person: Person) -> dict[str, Any]:
    """Tell what ``person`` follows, how often they hear of it, and what waits to be confirmed."""
    asked = FollowRequest.objects.filter(address=person.email or "", confirmed_at__isnull=True)
    return {
        "frequency": frequency_of(person.pk).value,
        "follows": [
            {"what": words_of(row), "since": row.created_at.isoformat()}
            for row in followed_by(person.pk)
        ],
        "waiting_for_confirmation": [
            {"what": words_of(row), "since": row.created_at.isoformat()}
            for row in asked.select_related("municipality", "organisation").order_by("pk")
        ],
    }


def heard_of(people: Any, since: datetime) -> set[int]:
    """Say which people chose something to follow since a moment; they are not idle."""
    rows = Follow.objects.filter(created_at__gte=since, person_id__in=people)
    return set(rows.values_list("person_id", flat=True))
