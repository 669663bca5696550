"""One sign-up for many dates of an occasion: all or nothing where seats are given at once."""

import secrets
from collections.abc import Callable, Collection

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from miteinander.community.people import services as people
from miteinander.encounters.activities.enums import INVOLVED, ParticipationStatus, SignUpWay
from miteinander.encounters.activities.messages import CourseTaken, SignedUpAgain
from miteinander.encounters.activities.models import ActivityDate, Participation
from miteinander.encounters.activities.services.seats.answers import ENDED, give_back
from miteinander.encounters.activities.services.seats.asking import (
    SignUp,
    _known,
    _next_status,
    _token,
    _write,
    refuse_again,
    was_refused,
)
from miteinander.encounters.activities.services.seats.holding import (
    AllSeatsTaken,
    check_asking,
    locked_dates,
)
from miteinander.encounters.activities.services.seats.wishes import Wish, check_wish
from miteinander.foundation.core import bus, clock
from miteinander.foundation.core.permissions import Actor, require

Ask = Callable[[ActivityDate], SignUp]
KEY_BYTES = 16


class CourseFull(ValidationError):
    """On ``date_ids`` of those wanted no seat is free any more; nothing was taken."""

    def __init__(self, dates: list[ActivityDate]) -> None:
        self.date_ids = [date.pk for date in dates]
        days = ", ".join(f"{localtime(date.starts_at):%d.%m.}" for date in dates)
        text = _(
            "Not enough seats are free on: %(days)s. No seat was taken yet. Take these ticks out to"
            " sign up for the other dates."
        )
        super().__init__(text % {"days": days}, code="course_full")


@transaction.atomic
def sign_up_course(
    *, actor: Actor, date_ids: Collection[int], person_id: int, language: str, wish: Wish
) -> list[SignUp]:
    """Ask for a seat on each of several dates of one occasion, as :func:`sign_up` does for one.

    Publishes ``CourseTaken`` once for all seats, ``SeatAskedFor`` for each date that gives its
    seats later.

    Raises:
        CourseFull: on some dates no seat is free; none was taken on the others either.
        SignUpClosed, NotMeantFor, PermissionDenied, ValidationError: as for one date.
    """
    key = secrets.token_urlsafe(KEY_BYTES)

    def ask(date: ActivityDate) -> SignUp:
        require(actor, "activities.sign_up", (date.activity, person_id))
        check_asking(date)
        known = _known(date, person_id)
        if known is not None and known.status in INVOLVED:
            return SignUp(participation=known, is_new=False)
        refuse_again(date, known)
        check_wish(date, wish, person_id)
        status = _next_status(date, wish, person_id)
        token = secrets.token_urlsafe(24)
        wanted = known or Participation(date=date, person_id=person_id, token=token)
        wanted.language, wanted.way = language, SignUpWay.ACCOUNT
        return SignUp(_write(actor, date, wanted, wish, status, course_key=key), is_new=True)

    return _all_or_nothing(date_ids, ask)


@transaction.atomic
def sign_up_course_guest(
    *,
    actor: Actor,
    date_ids: Collection[int],
    contact: people.Contact,
    entry: str = "",
    wish: Wish,
) -> list[SignUp]:
    """Ask on several dates for somebody without an account, as :func:`sign_up_guest` for one.

    Raises:
        CourseFull, SignUpClosed, NotMeantFor, PermissionDenied, ValidationError: as above.
    """
    guest = people.meet_guest(actor=actor, contact=contact)
    person = guest.person
    key = secrets.token_urlsafe(KEY_BYTES)

    def ask(date: ActivityDate) -> SignUp:
        require(actor, "activities.sign_up_guest", date.activity)
        check_asking(date)
        token, known = _token(entry, date, person.pk), _known(date, person.pk)
        is_involved = known is not None and known.status in INVOLVED
        if known is not None and is_involved and known.token == token:
            return SignUp(participation=known, is_new=False, is_own=guest.is_who(contact))
        check_wish(date, wish, None)
        status = _next_status(date, wish, person.pk)
        if known is not None and (is_involved or was_refused(date, known)):
            bus.publish(SignedUpAgain(participation_id=known.pk))
            return SignUp(participation=known, is_new=False, is_own=False, outcome=status)
        wanted = known or Participation(date=date, person=person, token=token)
        wanted.person = person
        wanted.token, wanted.language, wanted.way = token, contact.language, SignUpWay.GUEST
        made = _write(actor, date, wanted, wish, status, course_key=key)
        return SignUp(made, is_new=True, is_own=guest.is_who(contact))

    return _all_or_nothing(date_ids, ask)


def _all_or_nothing(date_ids: Collection[int], ask: Ask) -> list[SignUp]:
    """Hold the dates in the order of their keys, ask on each, and tell of all seats at once."""
    dates = locked_dates(date_ids)
    if len(dates) != len(set(date_ids)) or len({date.activity_id for date in dates}) != 1:
        raise ValidationError(_("Choose at least one date."), code="no_dates")
    done, full = [], []
    for date in dates:
        try:
            done.append((date, ask(date)))
        except AllSeatsTaken:
            full.append(date)
    if full:
        raise CourseFull(full)
    done.sort(key=lambda pair: (pair[0].starts_at, pair[0].pk))
    taken = [
        asked.participation.pk
        for _date, asked in done
        if asked.is_new and asked.participation.status == ParticipationStatus.SIGNED_UP
    ]
    if taken:
        bus.publish(CourseTaken(participation_ids=tuple(taken)))
    return [asked for _date, asked in done]


def together_with(seat: Participation) -> list[Participation]:
    """List what was asked for with the same form and has not ended, soonest first; seat included.

    Every form has a key of its own: nobody who only knows an address learns of other seats. Who
    came back to one date by a form of its own has left the others.
    """
    rows = Participation.objects.filter(person_id=seat.person_id, date__starts_at__gt=clock.now())
    same = Q(course_key=seat.course_key) if seat.course_key else Q(pk=seat.pk)
    rows = rows.filter(same).exclude(status__in=ENDED)
    return list(rows.select_related("date").order_by("date__starts_at", "pk"))


@transaction.atomic
def give_back_course(*, actor: Actor, participation_id: int) -> int:
    """Give back all coming dates that were asked for together; return how many.

    Raises:
        PermissionDenied: they are somebody else's.
    """
    seat = Participation.objects.select_related("date").get(pk=participation_id)
    require(actor, "activities.give_back", seat)
    rows = sorted(together_with(seat), key=lambda row: row.date_id)
    locked_dates([row.date_id for row in rows])
    for row in rows:
        give_back(actor=actor, participation_id=row.pk)
    return len(rows)
