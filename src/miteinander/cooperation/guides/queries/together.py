"""Which guide for which request, for all open requests at once, in a constant number of queries.

The rules are those of ``suggestions.able_guides``, worked out here over sets of rows.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import F, QuerySet

from miteinander.community.regions.models import Region
from miteinander.community.regions.queries import distance_km
from miteinander.cooperation.guides.enums import (
    AskAnswer,
    AssignmentStatus,
    GuideStatus,
    MeetingWay,
    RequestStatus,
)
from miteinander.cooperation.guides.models import (
    Apart,
    Ask,
    Assignment,
    Certificate,
    Guide,
    GuideArea,
    GuideLanguage,
    GuideRequest,
    RequestContact,
)
from miteinander.cooperation.guides.permissions import seen_guides, seen_requests
from miteinander.cooperation.guides.queries.suggestions import (
    Candidate,
    mark_of,
    minutes_lately,
    shown_guides,
)
from miteinander.foundation.core import clock, timetable
from miteinander.foundation.core.permissions import Actor
from miteinander.foundation.matching.ranking import Standing
from miteinander.foundation.matching.together import assigned_together

NOBODY = 1_000_000
FOR_EVER = date.max
Span = tuple[datetime, datetime]


@dataclass
class _Row:
    """What the rules look at in one guide."""

    key: int
    home: int
    times: int
    ways: set[str]
    unwanted: set[str]
    police_until: date | None
    pause: tuple[date, date] | None
    certified_until: date
    languages: set[str] = field(default_factory=set)
    areas: set[int] = field(default_factory=set)
    agreed: list[Span] = field(default_factory=list)
    topics: set[str] = field(default_factory=set)
    apart: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Pair:
    """A request, and who is proposed for it: ``None`` where nobody is left who could."""

    request: GuideRequest
    candidate: Candidate | None


def waiting_requests(*, actor: Actor, now: datetime) -> QuerySet[GuideRequest]:
    """Open requests for which nobody is being asked, and whose time has not passed."""
    asked = Ask.objects.filter(answer=AskAnswer.OPEN).order_by().values("request")
    found = GuideRequest.objects.filter(seen_requests(actor), status=RequestStatus.OPEN)
    return (
        found.exclude(pk__in=asked)
        .exclude(starts_at__lte=now)
        .select_related("municipality", "contact")
        .defer("municipality__boundary")
        .order_by("asked_at", "pk")
    )


def proposed_together(*, actor: Actor, now: datetime) -> list[Pair]:
    """Propose a guide for each waiting request, so that all together cost least.

    Nobody is proposed twice. What a guide costs is told in ``foundation.matching.ranking``.
    """
    waiting = list(waiting_requests(actor=actor, now=now))
    standings = able_standings(actor=actor, waiting=waiting, now=now)
    costs = {
        key: {guide: standing.cost for guide, standing in row.items()}
        for key, row in standings.items()
    }
    chosen = assigned_together(costs, nobody=NOBODY)
    guides = shown_guides().in_bulk(list(chosen.values()))
    return [
        Pair(
            request,
            Candidate(guides[chosen[request.pk]], standings[request.pk][chosen[request.pk]])
            if request.pk in chosen
            else None,
        )
        for request in waiting
    ]


def able_standings(
    *, actor: Actor, waiting: Iterable[GuideRequest], now: datetime
) -> dict[int, dict[int, Standing]]:
    """Return for each request who could take it, by key of the guide, with what counts."""
    wanted = list(waiting)
    rows = _rows(actor)
    said_no = set(Ask.objects.filter(answer=AskAnswer.NO).values_list(
        "request_id", "guide_id", "time_turn"
    ))  # fmt: skip
    contacts = RequestContact.objects.filter(request__in=[request.pk for request in wanted])
    marks = {kept.request_id: mark_of(kept) for kept in contacts}
    given, away = minutes_lately(now), _Distances()
    by_language: dict[str, list[_Row]] = defaultdict(list)
    for row in rows:
        for language in row.languages:
            by_language[language].append(row)
    found = {}
    for request in wanted:
        need = _need(request, marks.get(request.pk, ""), now)
        found[request.pk] = {
            row.key: Standing(
                row.key, given[row.key], away.of(request, row.home), request.topic in row.topics
            )
            for row in by_language[request.language]
            if _is_able(row, need) and (request.pk, row.key, request.time_turn) not in said_no
        }
    return found


@dataclass(frozen=True)
class _Need:
    """What the rules look at in one request, worked out once for all guides."""

    day: date
    place: int | None
    way: str
    topic: str
    needs_police: bool
    mark: str
    slot: int
    begin: datetime | None
    end: datetime | None


def _need(request: GuideRequest, mark: str, now: datetime) -> _Need:
    begin = request.starts_at
    return _Need(
        day=clock.local(begin or now).date(),
        place=request.municipality_id if request.way == MeetingWay.IN_PERSON else None,
        way=request.way, topic=request.topic, needs_police=request.has_minors, mark=mark,
        slot=timetable.bit_at(begin) if begin else timetable.EVERY_TIME,
        begin=begin, end=begin + timedelta(minutes=request.minutes) if begin else None,
    )  # fmt: skip


def _is_able(row: _Row, need: _Need) -> bool:
    return (
        (need.place is None or need.place in row.areas)
        and (not row.times or bool(row.times & need.slot))
        and need.way in row.ways
        and need.topic not in row.unwanted
        and row.certified_until >= need.day
        and (row.pause is None or not row.pause[0] <= need.day <= row.pause[1])
        and (not need.needs_police or (row.police_until or date.min) >= need.day)
        and need.mark not in row.apart
        and _is_free(row, need)
    )


def _is_free(row: _Row, need: _Need) -> bool:
    if need.begin is None or need.end is None:
        return True
    return not any(begin < need.end and end > need.begin for begin, end in row.agreed)


def _rows(actor: Actor) -> list[_Row]:
    """Load the guides ``actor`` may see who have not left and declared confidentiality."""
    found = Guide.objects.filter(
        seen_guides(actor), status=GuideStatus.ACTIVE, confidentiality_on__isnull=False
    ).order_by("pk")
    held = _certified_until()
    rows: dict[int, _Row] = {}
    for guide in found.only(
        "pk", "person", "municipality", "times", "ways", "unwanted", "police_valid_until",
        "paused_from", "paused_until", "certificate_seen_on",
    ):  # fmt: skip
        until = FOR_EVER if guide.certificate_seen_on else held.get(guide.person_id)
        if until is not None:
            rows[guide.pk] = _row(guide, until)
    _add_lists(rows)
    return list(rows.values())


def _row(guide: Guide, until: date) -> _Row:
    begin = guide.paused_from
    return _Row(
        key=guide.pk, home=guide.municipality_id, times=guide.times, ways=set(guide.ways),
        unwanted=set(guide.unwanted), police_until=guide.police_valid_until,
        pause=(begin, guide.paused_until or FOR_EVER) if begin else None, certified_until=until,
    )  # fmt: skip


def _certified_until() -> dict[int, date]:
    """Return for each person until when the longest valid certificate holds."""
    held: dict[int, date] = {}
    rows = Certificate.objects.filter(revoked_at__isnull=True).order_by()
    for person, until in rows.values_list("trainee__person_id", "valid_until"):
        held[person] = max(held.get(person, date.min), until or FOR_EVER)
    return held


def _add_lists(rows: dict[int, _Row]) -> None:
    def known(pairs: Iterable[tuple[int, object]]) -> Iterable[tuple[_Row, object]]:
        return ((rows[key], value) for key, value in pairs if key in rows)

    for row, code in known(GuideLanguage.objects.order_by().values_list("guide_id", "code")):
        row.languages.add(str(code))
    for row, area in known(GuideArea.objects.order_by().values_list("guide_id", "region_id")):
        row.areas.add(area)  # type: ignore[arg-type]
    for row, mark in known(Apart.objects.order_by().values_list("guide_id", "requester_mark")):
        row.apart.add(str(mark))
    done = Assignment.objects.filter(status=AssignmentStatus.HAPPENED).order_by()
    for row, topic in known(done.values_list("guide_id", "request__topic").distinct()):
        row.topics.add(str(topic))
    agreed = Assignment.objects.filter(status=AssignmentStatus.AGREED, ends_at__gt=F("starts_at"))
    for key, begin, end in agreed.order_by().values_list("guide_id", "starts_at", "ends_at"):
        if key in rows:
            rows[key].agreed.append((begin, end))


class _Distances:
    """Distances between municipalities, each worked out once."""

    def __init__(self) -> None:
        """Load where the municipalities are."""
        self._places = Region.objects.only("latitude", "longitude").in_bulk()
        self._known: dict[tuple[int, int], float | None] = {}

    def of(self, request: GuideRequest, home: int) -> float | None:
        """Return the kilometres between request and home; 0 where nobody travels."""
        if request.way != MeetingWay.IN_PERSON:
            return 0.0
        pair = (request.municipality_id, home)
        if pair not in self._known:
            self._known[pair] = distance_km(self._places[pair[0]], self._places[pair[1]])
        return self._known[pair]
