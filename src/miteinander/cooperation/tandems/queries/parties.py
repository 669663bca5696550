"""Seekers as the matching looks at them: facts only, no name and no contact."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db.models import F, Q, QuerySet

from miteinander.community.people.enums import Background
from miteinander.cooperation.tandems.enums import SeekerStatus
from miteinander.cooperation.tandems.models import Apart, Seeker, TandemMember
from miteinander.cooperation.tandems.permissions import seen_seekers
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import Actor
from miteinander.foundation.matching.pairs.groups import fits
from miteinander.foundation.matching.pairs.parties import Party
from miteinander.foundation.matching.pairs.rules import Rule, bottleneck, unmet

MOST_COMPARED = 5000  # more than any district has; so one page is never slow
SIDES = {Background.LOCAL.value: "local", Background.NEWCOMER.value: "newcomer"}


def waiting_seekers() -> QuerySet[Seeker]:
    """Everybody who waits for a tandem: in the pool, and in none."""
    live = TandemMember.objects.filter(is_live=True).order_by().values("seeker_id")
    return Seeker.objects.filter(status=SeekerStatus.READY).exclude(pk__in=live).order_by("pk")


def pool_of(actor: Actor) -> QuerySet[Seeker]:
    """Who waits in the municipalities ``actor`` coordinates."""
    return waiting_seekers().filter(seen_seekers(actor))


def parties_of(seekers: QuerySet[Seeker]) -> list[Party]:
    """Return one party for each seeker, in two queries."""
    rows = list(
        seekers.annotate(
            background=F("person__background"),
            latitude=F("municipality__latitude"),
            longitude=F("municipality__longitude"),
        )
    )
    apart = _apart_of([row.pk for row in rows])
    return [_party(row, apart[row.pk]) for row in rows]


def _apart_of(keys: Collection[int]) -> defaultdict[int, set[int]]:
    found: defaultdict[int, set[int]] = defaultdict(set)
    wanted = set(keys)
    pairs = Apart.objects.order_by().values_list("one_id", "other_id")
    if len(wanted) == 1:
        pairs = pairs.filter(Q(one__in=wanted) | Q(other__in=wanted))
    for one, other in pairs:
        found[one].add(other)
        found[other].add(one)
    return found


def _party(row: Seeker, apart: set[int]) -> Party:
    now = clock.now()
    latitude, longitude = getattr(row, "latitude", None), getattr(row, "longitude", None)
    since = row.waiting_since or row.begun_at
    return Party(
        key=row.pk,
        side=SIDES.get(str(getattr(row, "background", "")), ""),
        same_side_is_fine=row.same_side_is_fine,
        wants=frozenset(row.wants), gives=frozenset(row.gives),
        speaks=frozenset(row.speaks), practises=frozenset(row.practises),
        hours=row.times, ways=frozenset(row.ways),
        place=None if latitude is None or longitude is None else (latitude, longitude),
        reach_km=float(row.reach_km),
        gender=row.gender, gender_wish=row.gender_wish,
        age=age_of(row), age_from=row.age_from, age_to=row.age_to,
        is_family=row.is_family, families_are_fine=row.families_are_fine,
        wants_bridge=row.wants_bridge, wants_group=row.wants_group,
        days_waiting=max(0, (now - since).days),
        apart=frozenset(apart),
    )  # fmt: skip


def age_of(row: Seeker) -> int | None:
    """The age somebody reaches this year; only the year of birth is known."""
    return None if row.birth_year is None else clock.today().year - row.birth_year


def fit_together(keys: Collection[int]) -> bool:
    """Whether every two of these people keep every rule, by their answers of now."""
    parties = parties_of(Seeker.objects.filter(pk__in=keys).order_by("pk"))
    return len(parties) > 1 and fits(parties)


def party_by_key(keys: Iterable[int]) -> dict[int, Party]:
    """Return parties by key, for telling why two were suggested."""
    found = parties_of(Seeker.objects.filter(pk__in=list(keys)).order_by("pk"))
    return {party.key: party for party in found}


def hurdles(seeker: Seeker) -> tuple[int, list[tuple[Rule, int]]]:
    """Tell how many in the whole pool fit somebody, and how many would without each wish.

    The second is sorted, the greatest help first, and only holds what helps.
    """
    pool = parties_of(waiting_seekers().exclude(pk=seeker.pk)[:MOST_COMPARED])
    own = parties_of(Seeker.objects.filter(pk=seeker.pk))[0]
    fitting = sum(1 for other in pool if unmet(own, other) is None)
    return fitting, [(rule, count) for rule, count in bottleneck(own, pool) if count > fitting]
