"""News: who is due, what they have heard, and which new dates are for them."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from django.db.models import Exists, Min, OuterRef, Q, QuerySet

from miteinander.encounters.activities.enums import (
    INVOLVED,
    ON_LIST,
    Audience,
    DateStatus,
    Setting,
)
from miteinander.encounters.activities.models import (
    ActivityDate,
    Participation,
)
from miteinander.encounters.activities.permissions import public
from miteinander.outward.notifications.enums import Frequency
from miteinander.outward.notifications.models import Follow, MailWishes, NewDate
from miteinander.outward.notifications.queries.following import latest_due

# Nothing is told before it is so old: what another process is still writing is not passed over,
# and whoever published by mistake has a moment.
HOLD = timedelta(minutes=1)
TAKES_PART = {*INVOLVED, *ON_LIST}
MEANT = {Audience.WOMEN: Setting.WOMEN, Audience.MEN: Setting.MEN}


def tellable_until(now: datetime) -> int:
    """Return the key of the newest news that may be told at ``now``."""
    rows = NewDate.objects.filter(appeared_at__lte=now - HOLD).order_by("-pk")
    return rows.values_list("pk", flat=True).first() or 0


def people_due(frequency: Frequency, now: datetime, until: int) -> QuerySet[MailWishes]:
    """Everybody who follows something and is to be looked at now, in a stable order."""
    follows = Follow.objects.filter(person_id=OuterRef("person_id"))
    rows = MailWishes.objects.filter(
        Exists(follows), frequency=frequency, person__is_active=True, person__email__isnull=False
    )
    if frequency == Frequency.AT_ONCE:
        rows = rows.filter(heard_until__lt=until)
    else:
        due = latest_due(frequency, now)
        rows = rows.filter(Q(heard_at__lt=due) | Q(heard_at__isnull=True))
    return rows.order_by("pk")


def heard_least(people: QuerySet[MailWishes]) -> int | None:
    """Return how far the one has heard who heard least; None where nobody is due."""
    least: int | None = people.order_by().aggregate(least=Min("heard_until"))["least"]
    return least


def follows_of(people: Collection[int]) -> dict[int, list[Follow]]:
    """Map people to what they follow; one query."""
    found: dict[int, list[Follow]] = defaultdict(list)
    for row in Follow.objects.filter(person_id__in=people).order_by("pk"):
        found[row.person_id].append(row)
    return found


def dates_taken(people: Collection[int], now: datetime) -> dict[int, set[int]]:
    """Map people to the coming dates they have a seat at or wait for; one query."""
    found: dict[int, set[int]] = defaultdict(set)
    rows = Participation.objects.filter(
        person_id__in=people, status__in=TAKES_PART, date__starts_at__gt=now
    )
    for person, date in rows.values_list("person_id", "date_id"):
        found[person].add(date)
    return found


def settings_known(people: Collection[int]) -> dict[int, set[str]]:
    """Map people to the protected settings meant for them, as far as we know; one query.

    We know it only of those who said so themselves, when they took a seat in such a setting.
    """
    found: dict[int, set[str]] = defaultdict(set)
    rows = Participation.objects.filter(person_id__in=people, status__in=TAKES_PART)
    rows = rows.exclude(date__activity__setting="").order_by()
    for person, setting in rows.values_list("person_id", "date__activity__setting").distinct():
        found[person].add(setting)
    return found


def settings_followed(follows: Iterable[Follow]) -> set[str]:
    """Return the protected settings somebody asked for: meetings for women, or for men."""
    return {MEANT[Audience(row.audience)].value for row in follows if row.audience in MEANT}


def dates_still_open(person_id: int, dates: Collection[int], now: datetime) -> list[int]:
    """Return which dates a letter may still tell of, soonest first; a fixed number of queries."""
    rows = ActivityDate.objects.filter(
        public("activity__"), pk__in=dates, status=DateStatus.SCHEDULED, starts_at__gt=now
    )
    shown = list(rows.order_by("starts_at", "pk").values_list("pk", "activity__setting"))
    meant: set[str] = set()
    if any(setting for _pk, setting in shown):
        follows = follows_of([person_id])[person_id]
        meant = settings_known([person_id])[person_id] | settings_followed(follows)
    taken = dates_taken([person_id], now)[person_id]
    return [pk for pk, setting in shown if pk not in taken and (not setting or setting in meant)]
