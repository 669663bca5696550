"""The first date: proposed from the hours both have, at a public place, changed until it fits."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from miteinander.cooperation.tandems.enums import TandemStatus, Way
from miteinander.cooperation.tandems.messages import FirstDateChanged, FirstDateSoon
from miteinander.cooperation.tandems.models import Seeker, Tandem, TandemMember
from miteinander.cooperation.tandems.queries.occasions import occasions_for
from miteinander.cooperation.tandems.queries.venues import venues_near
from miteinander.cooperation.tandems.services.holding import (
    held_member,
    held_tandem,
    must_be_meeting,
)
from miteinander.foundation.audit import services as audit
from miteinander.foundation.core import clock, timetable
from miteinander.foundation.core.bus import publish
from miteinander.foundation.core.permissions import Actor, require

SOONEST, FARTHEST = timedelta(days=3), timedelta(days=180)
HOURS = (10, 15, 18)
WEEKS = 2
A_DAY, AT_ONCE = timedelta(days=1), 200


def propose_first_date(tandem: Tandem) -> None:
    """Propose the first shared part of a day from the third day on; the caller holds the tandem.

    At the nearest public place where all can meet in person, else the way all share.
    """
    seekers = list(Seeker.objects.filter(memberships__tandem=tandem).order_by("pk"))
    shared_ways = set.intersection(*(set(seeker.ways) for seeker in seekers))
    tandem.way = next((way for way in Way if way in shared_ways), Way.IN_PERSON)
    if tandem.way == Way.IN_PERSON:
        tandem.venue = next(iter(venues_near(seekers)), None)
    tandem.starts_at = _first_shared(seekers)
    tandem.date_turn = 1
    tandem.save(update_fields=["way", "venue", "starts_at", "date_turn"])


def _first_shared(seekers: list[Seeker]) -> datetime | None:
    shared = timetable.EVERY_TIME
    for seeker in seekers:
        shared &= seeker.times
    first = clock.local(clock.now() + SOONEST).date()
    for ahead in range(7 * WEEKS):
        day = first + timedelta(days=ahead)
        for part, hour in enumerate(HOURS):
            if shared & timetable.bit(day.weekday(), part):
                return clock.start_of_day(day).replace(hour=hour)
    return None


@transaction.atomic
def change_first_date(
    *, actor: Actor, member_id: int, starts_at: datetime, way: str, venue_id: int | None
) -> Tandem:
    """Propose another time or place; who proposes it has said yes to it, the others are asked.

    Publishes ``FirstDateChanged``.

    Raises:
        ValidationError: the time is past or half a year away, the place is none of those near, or
            the tandem is over.
    """
    member = held_member(member_id)
    require(actor, "tandems.take_part_in_tandem", member)
    tandem = member.tandem
    must_be_meeting(tandem)
    _must_be_soon(starts_at)
    seekers = list(Seeker.objects.filter(memberships__tandem=tandem).order_by("pk"))
    near = {venue.pk for venue in venues_near(seekers)}
    if way == Way.IN_PERSON and venue_id not in near:
        raise ValidationError(_("Choose a public place from the list."), code="venue")
    tandem.starts_at, tandem.way, tandem.occasion = starts_at, way, None
    tandem.venue_id = venue_id if way == Way.IN_PERSON else None
    return _proposed(actor, member)


@transaction.atomic
def meet_at_occasion(*, actor: Actor, member_id: int, date_id: int) -> Tandem:
    """Propose to go to a public meeting together; each takes a seat there themself.

    Publishes ``FirstDateChanged``.

    Raises:
        ValidationError: the meeting is full, over or not near all of them, or the tandem is over.
    """
    member = held_member(member_id)
    require(actor, "tandems.take_part_in_tandem", member)
    must_be_meeting(member.tandem)
    rows = Seeker.objects.filter(memberships__tandem=member.tandem).select_related("municipality")
    near = occasions_for(list(rows.order_by("pk")), clock.now())
    date = next((date for date in near if date.pk == date_id), None)
    if date is None:
        raise ValidationError(_("Choose a meeting from the list."), code="occasion")
    tandem = member.tandem
    tandem.starts_at, tandem.way, tandem.occasion = date.starts_at, Way.IN_PERSON, date
    tandem.venue = date.activity.venue
    return _proposed(actor, member)


def _proposed(actor: Actor, member: TandemMember) -> Tandem:
    """Write another proposal; who makes it has said yes to it."""
    tandem = member.tandem
    tandem.date_turn += 1
    tandem.save(update_fields=["starts_at", "way", "venue", "occasion", "date_turn"])
    member.date_ok_turn = tandem.date_turn
    member.save(update_fields=["date_ok_turn"])
    audit.record(actor=actor, verb="tandems.change_date", obj=tandem)
    publish(FirstDateChanged(tandem_id=tandem.pk, turn=tandem.date_turn, by_member=member.pk))
    return tandem


def _must_be_soon(starts_at: datetime) -> None:
    if starts_at <= clock.now():
        raise ValidationError(_("Choose a time in the future."), code="past")
    if starts_at > clock.now() + FARTHEST:
        raise ValidationError(_("Check the year of this day."), code="far")


@transaction.atomic
def accept_first_date(*, actor: Actor, member_id: int, turn: int) -> Tandem:
    """Say yes to the proposed time; with the last yes it is fixed.

    Publishes ``FirstDateChanged``.

    Raises:
        ValidationError: another time was proposed meanwhile, it has passed, or it is over.
    """
    member = held_member(member_id)
    require(actor, "tandems.take_part_in_tandem", member)
    tandem = member.tandem
    must_be_meeting(tandem)
    if tandem.starts_at is None or turn != tandem.date_turn:
        raise ValidationError(_("Another time was proposed. Please look at it."), code="turn")
    if member.date_ok_turn == turn:
        return tandem
    if tandem.starts_at <= clock.now():
        raise ValidationError(_("This time has passed."), code="past")
    member.date_ok_turn = turn
    member.save(update_fields=["date_ok_turn"])
    if is_fixed(tandem):
        publish(
            FirstDateChanged(tandem_id=tandem.pk, turn=turn, by_member=member.pk, is_fixed=True)
        )
    audit.record(actor=actor, verb="tandems.accept_date", obj=tandem)
    return tandem


def is_fixed(tandem: Tandem) -> bool:
    """Whether everybody has said yes to the time that is proposed now."""
    if tandem.starts_at is None:
        return False
    missing = TandemMember.objects.filter(tandem=tandem).exclude(date_ok_turn=tandem.date_turn)
    return not missing.exists()


def remind(*, actor: Actor, now: datetime) -> int:
    """Remind everybody of a first date within a day, once for each time; return how many tandems.

    Publishes ``FirstDateSoon``.
    """
    require(actor, "tandems.forget")
    soon = Tandem.objects.filter(
        status=TandemStatus.ACTIVE, starts_at__gt=now, starts_at__lte=now + A_DAY
    ).exclude(reminded_turn=F("date_turn"))
    return sum(_remind(key) for key in soon.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])


@transaction.atomic
def _remind(tandem_id: int) -> int:
    tandem = held_tandem(tandem_id)
    if tandem.reminded_turn == tandem.date_turn or not is_fixed(tandem):
        return 0
    tandem.reminded_turn = tandem.date_turn
    tandem.save(update_fields=["reminded_turn"])
    publish(FirstDateSoon(tandem_id=tandem.pk))
    return 1
