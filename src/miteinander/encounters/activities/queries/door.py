"""Reading the list at the door: who is expected at a date, and who helps there."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from miteinander.encounters.activities.enums import ON_LIST, OfferStatus, Presence
from miteinander.encounters.activities.models import (
    Activity,
    ActivityDate,
    Participation,
    RoleOffer,
)
from miteinander.encounters.activities.queries.planning import planned_by
from miteinander.encounters.activities.queries.roles import helpers_at
from miteinander.foundation.core.permissions import Actor
from miteinander.foundation.core.text import fold


def participations_seen_by(actor: Actor) -> QuerySet[Participation]:
    """Give the narrowed fetch for one row of the list at the door."""
    activities = Activity.objects.filter(planned_by(actor))
    return Participation.objects.filter(date__activity__in=activities.values("pk"))


def helpers_seen_by(actor: Actor) -> QuerySet[RoleOffer]:
    """Give the narrowed fetch for one helper at the door: who has the organiser's yes."""
    activities = Activity.objects.filter(planned_by(actor))
    confirmed = RoleOffer.objects.filter(status=OfferStatus.CONFIRMED)
    return confirmed.filter(date__activity__in=activities.values("pk"))


@dataclass(frozen=True)
class DoorList:
    """Who is expected at one date, in reading order, and how many are there.

    ``present`` and ``expected`` count people, with all who come along; a row is one party.
    ``helping`` have a role; ``helpers`` are those of them without a line on the list yet, who are
    expected, too, each once.
    """

    rows: list[Participation]
    helping: list[RoleOffer]
    helpers: list[RoleOffer]
    present: int
    expected: int

    def __iter__(self) -> Iterator[Participation]:
        return iter(self.rows)


def door_list(actor: Actor, date: ActivityDate, search: str = "") -> DoorList:
    """List who comes to ``date``, sorted as people look names up, narrowed by ``search``."""
    rows = sorted(
        participations_seen_by(actor)
        .filter(date=date)
        .filter(status__in=ON_LIST)
        .select_related("person"),
        key=_by_name,
    )
    listed = {row.person_id for row in rows}
    seen = helpers_seen_by(actor).order_by().values("pk")
    helping = helpers_at(date, among=seen)
    helpers = [one for one in helping if one.person_id not in listed]
    wanted = fold(search).split()
    return DoorList(
        rows=[row for row in rows if _has(row, wanted)],
        helping=helping,
        helpers=[one for one in sorted(helpers, key=_by_name) if _has(one, wanted)],
        present=sum(row.party for row in rows if row.presence == Presence.PRESENT),
        expected=sum(row.party for row in rows) + len(helpers),
    )


def _by_name(row: Participation | RoleOffer) -> tuple[str, int]:
    return fold(row.person.name), row.pk


def _has(row: Participation | RoleOffer, wanted: list[str]) -> bool:
    return all(word in fold(row.person.name) for word in wanted)
