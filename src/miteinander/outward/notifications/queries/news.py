"""News: which new dates are for whom. Everybody's are found with bits, without asking again.

The new dates that are still to come are numbered, soonest first; a set of dates is a whole
number with one bit for each. What somebody follows is then a few "and" and "or", however many
people there are.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property

from django.db.models import Exists, Min, OuterRef, Q, QuerySet

from miteinander.community.regions.enums import RegionKind
from miteinander.community.regions.models import Region
from miteinander.community.regions.queries import distance_km
from miteinander.encounters.activities.enums import (
    INVOLVED,
    ON_LIST,
    Audience,
    DateStatus,
    Setting,
)
from miteinander.encounters.activities.models import (
    ActivityDate,
    ActivityLanguage,
    Participation,
)
from miteinander.encounters.activities.permissions import public
from miteinander.encounters.spaces.enums import Access
from miteinander.outward.notifications.enums import Frequency
from miteinander.outward.notifications.models import Follow, MailWishes, NewDate
from miteinander.outward.notifications.queries.following import latest_due

# Nothing is told before it is so old: what another process is still writing is not passed over,
# and whoever published by mistake has a moment.
HOLD = timedelta(minutes=1)
TAKES_PART = {*INVOLVED, *ON_LIST}
MEANT = {Audience.WOMEN: Setting.WOMEN, Audience.MEN: Setting.MEN}
_FACTS = (
    "pk", "date_id", "date__activity_id", "date__activity__topic",
    "date__activity__municipality_id", "date__activity__venue__municipality_id",
    "date__activity__organisation_id", "date__activity__audience", "date__activity__setting",
    "date__activity__is_online", "date__activity__has_childcare",
    "date__activity__cost_cents", "date__activity__venue__step_free",
)  # fmt: skip


def bits_of(mask: int) -> Iterable[int]:
    """Yield the numbers of the bits that are set, the lowest first."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


@dataclass
class Board:
    """The coming dates that are new to anybody, sorted by what people can follow.

    ``dates`` are their keys, soonest first, ``until`` the newest news. ``having`` maps a field of
    an interest and its value to the dates of which it is true.
    """

    until: int
    dates: list[int] = field(default_factory=list)
    having: dict[tuple[str, object], int] = field(default_factory=lambda: defaultdict(int))
    protected: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    _found: dict[tuple[object, ...], int] = field(default_factory=dict)
    _numbers: dict[int, int] = field(default_factory=dict)
    _appeared: list[tuple[int, int]] = field(default_factory=list)

    def add(self, row: tuple[object, ...], languages: Collection[str]) -> None:
        """Take a date in; ``row`` are its ``_FACTS``."""
        (news, date, _activity, topic, town, house, organisation, audience, setting, online,
         childcare, cost, step_free) = row  # fmt: skip
        bit = 1 << len(self.dates)
        assert isinstance(news, int) and isinstance(date, int)  # noqa: S101, PT018 (keys)
        self._numbers[date] = len(self.dates)
        self._appeared.append((news, bit))
        self.dates.append(date)
        said: list[tuple[str, object]] = [
            ("topic", topic), ("organisation", organisation), ("audience", audience),
            ("has_childcare", childcare), ("is_free", cost == 0), ("is_online", online),
            ("is_step_free", step_free == Access.YES),
            *(("language", language) for language in languages),
            *(("place", place) for place in {town, house}),
        ]  # fmt: skip
        for fact in said:
            self.having[fact] |= bit
        if setting:
            self.protected[str(setting)] |= bit

    @cached_property
    def everything(self) -> int:
        """All dates."""
        return (1 << len(self.dates)) - 1

    @cached_property
    def places(self) -> dict[int, Region]:
        """Every place with its centre."""
        rows = Region.objects.exclude(kind=RegionKind.DISTRICT).only("latitude", "longitude")
        return {row.pk: row for row in rows}

    @cached_property
    def _since(self) -> tuple[list[int], list[int]]:
        """Return the keys of the news in order, and for each all dates from there on."""
        rows = sorted(self._appeared, reverse=True)
        masks, mask = [0], 0
        for _news, bit in rows:
            mask |= bit
            masks.append(mask)
        return [news for news, _bit in reversed(rows)], masks[::-1]

    def since(self, heard_until: int) -> int:
        """Return the dates that are newer than what somebody heard of last."""
        keys, masks = self._since
        return masks[bisect_right(keys, heard_until)]

    def wanted(self, follow: Follow) -> int:
        """Return the dates of which everything is true that a follow says."""
        said = (
            follow.municipality_id, follow.km, follow.organisation_id, follow.topic,
            follow.language, follow.audience, follow.is_free, follow.has_childcare,
            follow.is_step_free,
        )  # fmt: skip
        if said not in self._found:
            self._found[said] = self._match(follow)
        return self._found[said]

    def _match(self, follow: Follow) -> int:
        mask = self.everything
        if follow.municipality_id:
            mask &= self._near(follow.municipality_id, follow.km)
        for name, value in (
            ("organisation", follow.organisation_id), ("topic", follow.topic),
            ("language", follow.language), ("audience", follow.audience),
            ("is_free", follow.is_free), ("has_childcare", follow.has_childcare),
            ("is_step_free", follow.is_step_free),
        ):  # fmt: skip
            if value:
                mask &= self.having.get((name, value), 0)
        return mask

    def _near(self, place: int, km: int) -> int:
        """Near a place is also what takes place online, as in the list of meetings."""
        mask = self.having.get(("is_online", True), 0) | self.having.get(("place", place), 0)
        centre = self.places.get(place)
        if not km or centre is None:
            return mask
        for other in self.places.values():
            away = distance_km(centre, other)
            if away is not None and away <= km:
                mask |= self.having.get(("place", other.pk), 0)
        return mask

    def number_of(self, date: int) -> int | None:
        """Return the number of a date, None where it is no news."""
        return self._numbers.get(date)


def board_of(*, now: datetime, after: int, until: int) -> Board:
    """Load the coming public dates that became public after ``after``; two queries."""
    fresh = NewDate.objects.filter(
        public("date__activity__"), pk__gt=after, pk__lte=until,
        date__status=DateStatus.SCHEDULED, date__starts_at__gt=now,
    )  # fmt: skip
    spoken: dict[object, list[str]] = defaultdict(list)
    speaking = ActivityLanguage.objects.filter(
        activity__in=fresh.order_by().values("date__activity_id")
    )
    for activity, language in speaking.values_list("activity_id", "language"):
        spoken[activity].append(language)
    board = Board(until=until)
    for row in fresh.order_by("date__starts_at", "date_id").values_list(*_FACTS):
        board.add(row, spoken[row[2]])
    return board


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
