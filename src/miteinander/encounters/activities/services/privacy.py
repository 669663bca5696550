"""Forgetting: people who were erased, seats of long ago, contacts of old occasions."""

import secrets
from collections import Counter
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from miteinander.community.people.enums import AgeGroup
from miteinander.community.people.models import Person
from miteinander.encounters.activities.enums import INVOLVED, ParticipationStatus
from miteinander.encounters.activities.models import (
    Activity,
    ActivityDate,
    Participation,
    Ride,
    RoleOffer,
)
from miteinander.encounters.activities.queries.gathering import AGE_COUNT, FIRST_TIME, first_times
from miteinander.encounters.activities.queries.sides import AGE, SIDE
from miteinander.encounters.activities.services.locking import announce_change
from miteinander.encounters.activities.services.rides import forget_rides_of_person
from miteinander.encounters.activities.services.seats.answers import held_participation, leave
from miteinander.encounters.activities.services.seats.holding import locked_dates
from miteinander.encounters.activities.services.together.offers import forget_role
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import Actor, require
from miteinander.foundation.core.privacy import kept_for

AT_ONCE = 200
NO_CONTACT = {"contact_name": "", "contact_phone": "", "contact_email": ""}


@transaction.atomic
def forget_person(*, actor: Actor, person_id: int) -> None:
    """Free the coming seats of somebody who is erased, and forget the person as a contact.

    Seats of the past stay with the emptied row, so that every count stays the same; their
    secrets and languages go. To be called while the row still knows name and contacts.

    The order of locks is that of every service: the caller holds the person; here all occasions
    are held in the order of their keys, then all dates in theirs, and only then anything is
    written. Whatever is done below holds rows again that are held already, or rows that are only
    ever held under their date, so nobody can wait for us while we wait for them.
    """
    require(actor, "activities.forget")
    held = Participation.objects.filter(person_id=person_id)
    offers = RoleOffer.objects.filter(person_id=person_id)
    rides = Ride.objects.filter(person_id=person_id)
    touched = {*_coming(held), *_dates_of(offers), *_dates_of(rides)}
    named = _held_occasions(Person.objects.get(pk=person_id), touched)
    locked_dates(touched)
    _forget_contact(named)
    forget_rides_of_person(actor=actor, person_id=person_id)
    coming = held.filter(status__in=INVOLVED, date__starts_at__gt=clock.now()).order_by("date_id")
    for key in list(coming.values_list("pk", flat=True)):
        _free(key)
    for participation in held:
        participation.token, participation.language = secrets.token_urlsafe(24), ""
        participation.answer = ""
        participation.save(update_fields=["token", "language", "answer"])
    for key in list(offers.order_by("date_id").values_list("pk", flat=True)):
        forget_role(key)


def _coming(rows: QuerySet[Any]) -> list[int]:
    return _dates_of(rows.filter(date__starts_at__gt=clock.now()))


def _dates_of(rows: QuerySet[Any]) -> list[int]:
    return list(rows.values_list("date_id", flat=True))


def _free(participation_id: int) -> None:
    """Free the seats there are once the date is held: an offer may have come or gone meanwhile."""
    date, participation = held_participation(participation_id)
    if participation.status in INVOLVED:
        leave(date, participation, ParticipationStatus.GIVEN_BACK)
        announce_change(date.activity)


def _held_occasions(person: Person, date_ids: Collection[int]) -> list[Activity]:
    """Hold the occasions of dates and those that name a person; return the latter."""
    names = Q()
    for field, value in (
        ("contact_email__iexact", person.email),
        ("contact_phone", person.phone),
        ("contact_name", person.name),
    ):
        names |= Q(**{field: value}) if value else Q()
    found = set(Activity.objects.filter(names).values_list("pk", flat=True)) if names else set()
    needed = found | set(
        ActivityDate.objects.filter(pk__in=date_ids).values_list("activity_id", flat=True)
    )
    held = Activity.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=needed)
    return [activity for activity in held.order_by("pk") if activity.pk in found]


def _forget_contact(named: Iterable[Activity]) -> None:
    """Empty the contact of every occasion that names the person."""
    for activity in named:
        _empty_contact(activity)
        announce_change(activity)


def _empty_contact(activity: Activity) -> None:
    for field, value in NO_CONTACT.items():
        setattr(activity, field, value)
    activity.save(update_fields=list(NO_CONTACT))


@transaction.atomic
def forget_old_participations(*, actor: Actor, now: datetime) -> int:
    """Delete who took part in dates of long ago and keep the counts on the date.

    Returns how many rows were deleted; at most so many dates at a time. Who was there for the
    first time is counted for all of them before the first row goes.
    """
    require(actor, "activities.forget")
    rows = Participation.objects.filter(date=OuterRef("pk"))
    old = ActivityDate.objects.select_for_update().filter(
        Exists(rows), ends_at__lt=now - kept_for("activities.participations")
    )
    deleted = _forget_offers(now)
    dates = list(old.order_by("pk")[:AT_ONCE])
    first_time = Counter(first_times().filter(date__in=dates).values_list("date_id", flat=True))
    for date in dates:
        held = Participation.objects.filter(date=date)
        counts = Counter(date.counts)
        for status, presence, side, age in held.values_list("status", "presence", SIDE, AGE):
            counts[f"{status}:{presence}:{side}"] += 1
            if age != AgeGroup.UNDISCLOSED:
                counts[f"{AGE_COUNT}:{status}:{presence}:{age}"] += 1
        if first_time[date.pk]:
            counts[FIRST_TIME] += first_time[date.pk]
        date.counts = dict(counts)
        date.save(update_fields=["counts"])
        deleted += held.delete()[0]
    return deleted


def _forget_offers(now: datetime) -> int:
    """Delete who offered to help long ago; how many were wanted and confirmed stays."""
    old = RoleOffer.objects.filter(date__ends_at__lt=now - kept_for("activities.participations"))
    keys = list(old.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    gone: dict[str, int] = RoleOffer.objects.filter(pk__in=keys).delete()[1]
    return gone.get("activities.RoleOffer", 0)


@transaction.atomic
def forget_old_contacts(*, actor: Actor, now: datetime) -> int:
    """Forget who planned and met people at occasions of long ago; return how many."""
    require(actor, "activities.forget")
    limit = now - kept_for("activities.contacts")
    known = ~Q(contact_name="", contact_phone="", contact_email="") | Q(created_by__isnull=False)
    recent = ActivityDate.objects.filter(activity=OuterRef("pk"), ends_at__gte=limit)
    old = Activity.objects.select_for_update(of=("self",), no_key=True).filter(
        known, ~Exists(recent), created_at__lt=limit
    )
    found = list(old.order_by("pk")[:AT_ONCE])
    for activity in found:
        activity.created_by = None
        activity.save(update_fields=["created_by"])
        _empty_contact(activity)
        announce_change(activity)
    return len(found)
