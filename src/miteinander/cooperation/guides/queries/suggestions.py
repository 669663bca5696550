"""Which guides could take a request, those who should be asked first in front."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum, TextField
from django.db.models.functions import Cast

from miteinander.community.regions.models import Region
from miteinander.community.regions.queries import distance_km
from miteinander.cooperation.guides.enums import (
    AskAnswer,
    AssignmentStatus,
    HoursStatus,
    MeetingWay,
    UnfilledReason,
)
from miteinander.cooperation.guides.models import (
    Apart,
    Ask,
    Assignment,
    Guide,
    GuideRequest,
    Hours,
    RequestContact,
)
from miteinander.cooperation.guides.models.sealed import Contacts
from miteinander.cooperation.guides.permissions import seen_guides
from miteinander.cooperation.guides.queries.network import (
    active_guides,
    certified,
    valid_certificates,
)
from miteinander.cooperation.guides.reasons import reason_of
from miteinander.foundation.core import clock, timetable
from miteinander.foundation.core.permissions import Actor
from miteinander.foundation.core.sealing import CannotOpenError
from miteinander.foundation.matching.ranking import Standing, ranked

MOST = 50
LATELY = timedelta(days=90)


@dataclass(frozen=True)
class Candidate:
    """A guide who could take a request, and what counts for the place in the order."""

    guide: Guide
    standing: Standing

    @property
    def reason(self) -> str:
        """Why this guide is suggested, in the language of the reader."""
        return reason_of(self.standing)


@dataclass(frozen=True)
class Able:
    """Guides who could take a request, and if there are none, the first rule nobody meets."""

    candidates: list[Candidate]
    missing: UnfilledReason | None

    @property
    def guides(self) -> list[Guide]:
        """The guides alone, best first."""
        return [candidate.guide for candidate in self.candidates]


def able_guides(*, actor: Actor, request: GuideRequest, now: datetime) -> Able:
    """Find who meets all that a request needs, of the guides ``actor`` may see; best first.

    A valid certificate or one seen on paper, the declaration of confidentiality, no pause, the
    language, the place (where people meet in person), the time of the week, no other assignment
    then, not among what they do not want, where children are there a police certificate that is
    valid on the day, no no to this time, and no wish of either side to stay apart.
    """
    trusted = _trusted(actor, request, _day(request, now))
    steps = _steps(request, now)
    found = trusted
    for _reason, condition in steps:
        found = found.filter(condition)
    homes = dict(_wanting(found, request).order_by("pk").values_list("pk", "municipality"))
    if not homes and not trusted.exists():
        return Able([], UnfilledReason.DOCUMENTS)
    if not homes:
        return Able([], _first_unmet(trusted, steps))
    return Able(_in_order(request, homes, now), None)


def is_able(
    *,
    actor: Actor,
    request: GuideRequest,
    guide_id: int,
    now: datetime,
    minds_usual_times: bool = True,
) -> bool:
    """Tell whether one guide meets the rules of :func:`able_guides` as they hold now.

    Who chose the time themself may choose one outside their usual times.
    """
    found = _trusted(actor, request, _day(request, now)).filter(pk=guide_id)
    for _reason, condition in _steps(request, now, minds_usual_times=minds_usual_times):
        found = found.filter(condition)
    return _wanting(found, request).exists()


def _wanting(found: QuerySet[Guide], request: GuideRequest) -> QuerySet[Guide]:
    """Who meets in this way and does not exclude the topic; read in the text of the two lists."""
    texts = found.annotate(
        ways_text=Cast("ways", TextField()), unwanted_text=Cast("unwanted", TextField())
    )
    return texts.filter(ways_text__contains=f'"{request.way}"').exclude(
        unwanted_text__contains=f'"{request.topic}"'
    )


def _steps(
    request: GuideRequest, now: datetime, *, minds_usual_times: bool = True
) -> tuple[tuple[UnfilledReason, Q], ...]:
    return (
        (UnfilledReason.LANGUAGE, Q(languages__code=request.language)),
        (UnfilledReason.AREA, _near(request)),
        (UnfilledReason.TIME, _free(request, minds_usual_times=minds_usual_times)),
        (UnfilledReason.DOCUMENTS, _inspected(request, now)),
        (UnfilledReason.DECLINED, _willing(request)),
    )


def _first_unmet(
    found: QuerySet[Guide], steps: Iterable[tuple[UnfilledReason, Q]]
) -> UnfilledReason:
    for reason, condition in steps:
        found = found.filter(condition)
        if not found.exists():
            return reason
    return UnfilledReason.TIME


def _in_order(request: GuideRequest, homes: dict[int, int], now: datetime) -> list[Candidate]:
    given = minutes_lately(now)
    knows = set(
        Assignment.objects.filter(
            status=AssignmentStatus.HAPPENED, request__topic=request.topic
        ).values_list("guide", flat=True)
    )
    away = _distances(request, set(homes.values()))
    order = ranked(
        Standing(key, given[key], away.get(home), key in knows) for key, home in homes.items()
    )
    found = shown_guides().in_bulk([row.key for row in order[:MOST]])
    return [Candidate(found[row.key], row) for row in order[:MOST]]


def shown_guides() -> QuerySet[Guide]:
    """Guides with what a line about them shows."""
    rows = Guide.objects.select_related("person", "municipality").defer("municipality__boundary")
    return rows.prefetch_related("languages")


def minutes_lately(now: datetime) -> dict[int, int]:
    """Minutes each guide gave in the last 90 days, also those not confirmed yet."""
    counted = Hours.objects.filter(day__gte=clock.local(now - LATELY).date()).exclude(
        status=HoursStatus.REFUSED
    )
    sums = counted.order_by().values("guide").annotate(minutes_given=Sum("minutes"))
    return defaultdict(int, sums.values_list("guide", "minutes_given"))


def _distances(request: GuideRequest, homes: set[int]) -> dict[int, float | None]:
    if request.way != MeetingWay.IN_PERSON:
        return dict.fromkeys(homes, 0.0)
    places = Region.objects.filter(pk__in=homes | {request.municipality_id})
    known = places.only("latitude", "longitude").in_bulk()
    here = known[request.municipality_id]
    return {home: distance_km(here, known[home]) for home in homes}


def _day(request: GuideRequest, now: datetime) -> date:
    return clock.local(request.starts_at or now).date()


def _trusted(actor: Actor, request: GuideRequest, day: date) -> QuerySet[Guide]:
    held = valid_certificates(day).filter(trainee__person=OuterRef("person"))
    wanted = timetable.bit_at(request.starts_at) if request.starts_at else timetable.EVERY_TIME
    return (
        active_guides(day)
        .filter(seen_guides(actor), certified(held), confidentiality_on__isnull=False)
        .annotate(slots=F("times").bitand(wanted))
    )


def _near(request: GuideRequest) -> Q:
    return Q(areas=request.municipality_id) if request.way == MeetingWay.IN_PERSON else Q()


def _free(request: GuideRequest, *, minds_usual_times: bool) -> Q:
    if not request.starts_at:
        return Q()
    clash = Assignment.objects.filter(
        guide=OuterRef("pk"),
        status=AssignmentStatus.AGREED,
        starts_at__lt=request.starts_at + timedelta(minutes=request.minutes),
        ends_at__gt=request.starts_at,
    ).exclude(request=request)
    usual = Q(times=0) | Q(slots__gt=0) if minds_usual_times else Q()
    return Q(usual, ~Exists(clash))


def _inspected(request: GuideRequest, now: datetime) -> Q:
    return Q(police_valid_until__gte=_day(request, now)) if request.has_minors else Q()


def _willing(request: GuideRequest) -> Q:
    said_no = Ask.objects.filter(
        guide=OuterRef("pk"),
        request=request,
        time_turn=request.time_turn,
        answer=AskAnswer.NO,
    )
    apart = Apart.objects.filter(
        guide=OuterRef("pk"),
        requester_mark=mark_of(RequestContact.objects.filter(request=request).first()),
    )
    return Q(~Exists(said_no), ~Exists(apart))


def mark_of(kept: RequestContact | None) -> str:
    """Return the keyed digest of who asks; empty where the contact was deleted."""
    try:
        return Contacts.opened(kept.sealed).mark if kept else ""
    except CannotOpenError:
        return ""
