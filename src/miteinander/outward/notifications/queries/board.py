"""The new dates as bits: which of them are what somebody follows, without asking again.

The new dates that are still to come are numbered, soonest first; a set of dates is a whole
number with one bit for each. What somebody follows is then a few "and" and "or", however many
people there are.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from miteinander.community.regions.enums import RegionKind
from miteinander.community.regions.models import Region
from miteinander.community.regions.queries import distance_km
from miteinander.encounters.activities.enums import (
    CoHostStatus,
    DateStatus,
)
from miteinander.encounters.activities.models import (
    ActivityLanguage,
    CoHost,
)
from miteinander.encounters.activities.permissions import public
from miteinander.encounters.spaces.enums import Access
from miteinander.outward.notifications.models import Follow, NewDate

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

    def add(
        self, row: tuple[object, ...], languages: Iterable[str], co_hosts: Iterable[int]
    ) -> None:
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
            *(("organisation", other) for other in co_hosts),
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
    """Load the coming public dates that became public after ``after``; three queries."""
    fresh = NewDate.objects.filter(
        public("date__activity__"), pk__gt=after, pk__lte=until,
        date__status=DateStatus.SCHEDULED, date__starts_at__gt=now,
    )  # fmt: skip
    keys = fresh.order_by().values("date__activity_id")
    spoken: dict[object, list[str]] = defaultdict(list)
    speaking = ActivityLanguage.objects.filter(activity__in=keys)
    for activity, language in speaking.values_list("activity_id", "language"):
        spoken[activity].append(language)
    together: dict[object, list[int]] = defaultdict(list)
    agreed = CoHost.objects.filter(activity__in=keys, status=CoHostStatus.AGREED).order_by()
    for activity, other in agreed.values_list("activity_id", "organisation_id"):
        together[activity].append(other)
    board = Board(until=until)
    for row in fresh.order_by("date__starts_at", "date_id").values_list(*_FACTS):
        board.add(row, spoken[row[2]], together[row[2]])
    return board
