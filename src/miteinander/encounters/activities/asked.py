"""Who asked for a seat at a date, and how things stand: for the eyes of those who plan it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from miteinander.encounters.activities.enums import (
    INVOLVED,
    DateStatus,
    Giving,
    ParticipationStatus,
    SignUpWay,
)
from miteinander.encounters.activities.models import Activity, ActivityDate, Participation
from miteinander.encounters.activities.queries.door import participations_seen_by
from miteinander.encounters.activities.services.seats.draw import draw_at
from miteinander.encounters.activities.services.seats.queue import IN_TURN
from miteinander.foundation.core.permissions import Actor


@dataclass(frozen=True)
class Asked:
    """Everybody who has a seat at a date or asked for one, by where they stand.

    Names of people with a seat are told at the door only; here stand those about whom somebody
    has to decide, and ``behalf``, whom the organisers signed up themselves. Nothing tells a side.
    """

    requested: list[Participation]
    waiting: list[Participation]
    offered: list[Participation]
    applied: list[Participation]
    seated: list[Participation]
    draws_at: datetime | None

    @property
    def behalf(self) -> list[Participation]:
        """Those with a seat whom the organisers signed up."""
        return [row for row in self.seated if row.way == SignUpWay.BEHALF]

    @property
    def people_coming(self) -> int:
        """How many people have a seat, with all who come along."""
        return people_in(self.seated)

    @property
    def people_offered(self) -> int:
        """For how many people a seat is kept until they answer."""
        return people_in(self.offered)

    @property
    def people_waiting(self) -> int:
        """How many people are on the waiting list."""
        return people_in(self.waiting)

    @property
    def people_requested(self) -> int:
        """How many people wait for a yes."""
        return people_in(self.requested)

    @property
    def people_applied(self) -> int:
        """How many people take part in the draw."""
        return people_in(self.applied)


def dates_to_answer(activity: Activity, now: datetime) -> list[tuple[ActivityDate, int]]:
    """List the coming dates on which people wait for a yes, with how many ask."""
    asking = Q(participations__status=ParticipationStatus.REQUESTED)
    dates = ActivityDate.objects.filter(
        activity=activity, status=DateStatus.SCHEDULED, starts_at__gt=now
    ).annotate(asking=Count("participations", filter=asking))
    return [(row, row.asking) for row in dates.filter(asking__gt=0).order_by("starts_at", "pk")]


def people_in(rows: list[Participation]) -> int:
    """Count people, with all who come along."""
    return sum(row.party for row in rows)


def asked_for(actor: Actor, date: ActivityDate) -> Asked:
    """Sort everybody who asked for a seat at ``date``; those who wait in their turn."""
    rows = list(
        participations_seen_by(actor)
        .filter(date=date, status__in=INVOLVED)
        .select_related("person")
        .order_by(*IN_TURN)
    )

    def standing(status: ParticipationStatus) -> list[Participation]:
        return [row for row in rows if row.status == status]

    return Asked(
        requested=sorted(
            standing(ParticipationStatus.REQUESTED), key=lambda row: (row.signed_up_at, row.pk)
        ),
        waiting=standing(ParticipationStatus.WAITING),
        offered=sorted(standing(ParticipationStatus.OFFERED), key=_deadline),
        applied=standing(ParticipationStatus.APPLIED),
        seated=standing(ParticipationStatus.SIGNED_UP),
        draws_at=draw_at(date) if date.activity.giving == Giving.DRAW else None,
    )


def _deadline(row: Participation) -> tuple[float, int]:
    return (row.offered_until.timestamp() if row.offered_until else 0.0, row.pk)
