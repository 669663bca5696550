"""Reads of rides: one's own, those of others of the same date, and counts for everybody."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from miteinander.community.people.models import Person
from miteinander.community.regions.models import Region
from miteinander.community.regions.queries import distance_km
from miteinander.encounters.activities.enums import MatchStatus, RideStatus
from miteinander.encounters.activities.models import ActivityDate, Ride, RideMatch
from miteinander.encounters.activities.queries.ride_fit import obstacle
from miteinander.encounters.activities.queries.small_cells import FEWEST

SHOWN = 100
FAR = 100_000.0


@dataclass(frozen=True)
class Candidate:
    """The ride of somebody else beside one's own: how far away, and why it does not fit if so."""

    ride: Ride
    km: int | None
    obstacle: str = ""


@dataclass(frozen=True)
class OwnRide:
    """A ride of one's own: what others asked, what oneself asked, what is agreed, who is left."""

    ride: Ride
    to_answer: list[RideMatch]
    asked: list[RideMatch]
    agreed: list[RideMatch]
    candidates: list[Candidate]

    @property
    def has_car(self) -> bool:
        """Whether somebody who looked for a ride has one."""
        return bool(self.agreed) and not self.ride.is_offered


@dataclass(frozen=True)
class Board:
    """All one sees of the rides to a date."""

    own: list[OwnRide]
    others: list[Candidate]


@dataclass(frozen=True)
class PlaceCount:
    """How many seats are offered and wanted from one municipality."""

    place: str
    offered: int
    wanted: int

    @property
    def is_few(self) -> bool:
        """Whether so few look for a ride that the public reads no number."""
        return self.wanted < FEWEST


def open_rides(date: ActivityDate) -> QuerySet[Ride]:
    """The rides of a date that still stand, with all a list shows of them."""
    agreed = RideMatch.objects.filter(wanted=OuterRef("pk"), status=MatchStatus.AGREED)
    rides = Ride.objects.filter(date=date, status=RideStatus.OPEN)
    return (
        rides.annotate(has_car=Exists(agreed))
        .select_related("municipality", "person")
        .defer("municipality__boundary")
        .prefetch_related("person__spoken_languages")
        .order_by("created_at", "pk")
    )


def matches_of_rides(rides: Collection[Ride]) -> QuerySet[RideMatch]:
    """The matches of ``rides`` that stand or ended with a no, with both rides."""
    return (
        RideMatch.objects.filter(Q(offer__in=rides) | Q(wanted__in=rides))
        .exclude(status=MatchStatus.ENDED)
        .select_related("offer__municipality", "wanted__municipality")
        .select_related("offer__person", "wanted__person")
        .defer("offer__municipality__boundary", "wanted__municipality__boundary")
        .prefetch_related("offer__person__spoken_languages", "wanted__person__spoken_languages")
        .order_by("asked_at", "pk")
    )


def board_of(*, date: ActivityDate, person_id: int) -> Board:
    """Return the rides of a date as one of its people sees them, the nearest first.

    Whoever has a car already and full cars are left out, and from those one can ask also whoever
    was asked or said no.
    """
    rides = list(open_rides(date))
    own = [ride for ride in rides if ride.person_id == person_id]
    matches = list(matches_of_rides(own)) if own else []
    others = [ride for ride in rides if ride.person_id != person_id]
    free = _still_looking(others)
    return Board(
        own=[_own(ride, matches, free) for ride in own],
        others=[] if own else _nearest([Candidate(ride, None) for ride in free]),
    )


def _still_looking(rides: list[Ride]) -> list[Ride]:
    return [
        ride
        for ride in rides
        if (ride.seats_left > 0 if ride.is_offered else not getattr(ride, "has_car", False))
    ]


def _own(ride: Ride, matches: list[RideMatch], others: list[Ride]) -> OwnRide:
    mine = [match for match in matches if ride.pk in {match.offer_id, match.wanted_id}]
    open_ones = [match for match in mine if match.status == MatchStatus.ASKED]
    known = {match.other_than(ride).pk for match in mine}
    candidates = [
        _candidate(ride, other)
        for other in others
        if other.is_offered != ride.is_offered and other.pk not in known
    ]
    return OwnRide(
        ride=ride,
        to_answer=[match for match in open_ones if match.asked.pk == ride.pk],
        asked=[match for match in open_ones if match.asker.pk == ride.pk],
        agreed=[match for match in mine if match.status == MatchStatus.AGREED],
        candidates=_nearest(candidates),
    )


def _candidate(ride: Ride, other: Ride) -> Candidate:
    offer, wanted = (ride, other) if ride.is_offered else (other, ride)
    return Candidate(
        ride=other,
        km=km_between(ride.municipality, other.municipality),
        obstacle=obstacle(offer, wanted),
    )


def km_between(one: Region, other: Region) -> int | None:
    """Return whole kilometres between two places, none where nobody knows."""
    if one.pk == other.pk:
        return 0
    distance = distance_km(one, other)
    return None if distance is None else max(round(distance), 1)


def _nearest(candidates: list[Candidate]) -> list[Candidate]:
    """Order what fits first, then by distance, then by name and age."""

    def place(row: Candidate) -> tuple[bool, float, str, int]:
        km = FAR if row.km is None else float(row.km)
        return bool(row.obstacle), km, row.ride.municipality.name, row.ride.pk

    return sorted(candidates, key=place)[:SHOWN]


def ride_counts(date: ActivityDate) -> list[PlaceCount]:
    """Count the free seats and the people who look for a ride, by municipality; no more."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for ride in _still_looking(list(open_rides(date).prefetch_related(None))):
        count = ride.seats_left if ride.is_offered else ride.seats
        counts[ride.municipality.name][0 if ride.is_offered else 1] += count
    return [PlaceCount(place, *counts[place]) for place in sorted(counts)]


def rides_to_answer(person_id: int | None) -> dict[int, int]:
    """Map dates to how many questions about a ride wait for an answer of this person."""
    if person_id is None:
        return {}
    asked = Q(asked_by_driver=True, wanted__person=person_id)
    asked |= Q(asked_by_driver=False, offer__person=person_id)
    rows = RideMatch.objects.filter(asked, status=MatchStatus.ASKED)
    counts: dict[int, int] = defaultdict(int)
    for date_id in rows.order_by("pk").values_list("offer__date_id", flat=True):
        counts[date_id] += 1
    return dict(counts)


def rides_of_person(person: Person) -> list[dict[str, Any]]:
    """Collect what a person can take along: their own rides, and how often they agreed."""
    rides = Ride.objects.filter(person=person).select_related("municipality")
    found = []
    for ride in rides.defer("municipality__boundary").order_by("pk"):
        agreed = RideMatch.objects.filter(Q(offer=ride) | Q(wanted=ride), status=MatchStatus.AGREED)
        shared = [match.shares_of(ride) for match in agreed.select_related("offer", "wanted")]
        found.append({
            "kind": ride.kind,
            "from": ride.municipality.name,
            "direction": ride.direction,
            "seats": ride.seats,
            "leaves_at": ride.leaves_at.isoformat() if ride.leaves_at else None,
            "meeting_point": ride.meeting_point,
            "wheelchair": ride.fits_wheelchair,
            "child_seat": ride.has_child_seat,
            "women_only": ride.women_only,
            "language": ride.language,
            "status": ride.status,
            "created_at": ride.created_at.isoformat(),
            "contact_shared": shared,
        })  # fmt: skip
    return found
