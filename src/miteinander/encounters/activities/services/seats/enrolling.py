"""Seats that the organisers give by themselves, as to the people of a course they chose."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction

from miteinander.encounters.activities.enums import HOLDING, ParticipationStatus, SignUpWay
from miteinander.encounters.activities.messages import CourseTaken
from miteinander.encounters.activities.models import ActivityDate, Participation
from miteinander.encounters.activities.permissions import can_view
from miteinander.encounters.activities.services.seats.asking import _known, _write
from miteinander.encounters.activities.services.seats.course import KEY_BYTES, CourseFull
from miteinander.encounters.activities.services.seats.holding import (
    AllSeatsTaken,
    check_open,
    locked_dates,
)
from miteinander.encounters.activities.services.seats.wishes import Wish
from miteinander.foundation.core import bus
from miteinander.foundation.core.permissions import Actor, require


@dataclass(frozen=True)
class Enrolled:
    """Who gets a seat, and in which language messages go out."""

    person_id: int
    language: str


@transaction.atomic
def enrol(*, actor: Actor, date_ids: Collection[int], who: Enrolled) -> list[Participation]:
    """Give a person a seat on each of several dates of one occasion, all or nothing.

    The organisers' yes is part of it, so it works where people ask first and where the sign-up
    is closed. The caller knows that the person agreed. Who has a seat keeps it; who waits gets
    one. Publishes ``CourseTaken`` once for the new seats.

    Raises:
        CourseFull: on some dates no seat is free; none was taken on the others either.
        SignUpClosed: a date was cancelled or has begun.
        PermissionDenied: the actor does not decide there, or the occasion is not public.
    """
    key, taken, full = secrets.token_urlsafe(KEY_BYTES), [], []
    dates = locked_dates(date_ids)
    for date in dates:
        if not can_view(actor, date.activity):
            raise ActivityDate.DoesNotExist
        require(actor, "activities.sign_up_behalf", date.activity)
        require(actor, "activities.decide", date.activity)
        known = _known(date, who.person_id)
        if known is not None and known.status in HOLDING:
            continue
        check_open(date)
        try:
            taken.append((date.starts_at, _seat(actor, date, known, who, key).pk))
        except AllSeatsTaken:
            full.append(date)
    if full:
        raise CourseFull(full)
    keys = tuple(pk for _starts_at, pk in sorted(taken))
    if keys:
        bus.publish(CourseTaken(participation_ids=keys))
    return list(Participation.objects.filter(pk__in=keys).order_by("pk"))


def _seat(
    actor: Actor, date: ActivityDate, known: Participation | None, who: Enrolled, key: str
) -> Participation:
    token = secrets.token_urlsafe(24)
    wanted = known or Participation(date=date, person_id=who.person_id, token=token)
    wanted.language, wanted.way = who.language, SignUpWay.BEHALF
    wish = Wish(side=wanted.side, age_group=wanted.age_group, answer=wanted.answer)
    return _write(actor, date, wanted, wish, ParticipationStatus.SIGNED_UP, course_key=key)
