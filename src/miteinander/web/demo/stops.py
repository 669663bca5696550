"""Where to look first in the demo: for each role the places that show what the platform can do.

A stop is found in the data, not written down: the demo district is built anew every day, and a
scene that is missing takes its stop away instead of leaving a link that leads nowhere.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from miteinander.community.people.models import Person
from miteinander.encounters.activities.enums import (
    DateStatus,
    ParticipationStatus,
    PollStatus,
    Setting,
)
from miteinander.encounters.activities.models import ActivityDate, DatePoll, Participation
from miteinander.encounters.activities.services import feedback
from miteinander.foundation.core import clock
from miteinander.outward.notifications.queries import reminder_key

Place = Callable[[Person | None], str]


@dataclass(frozen=True)
class DemoStop:
    """One thing to try; ``place`` gives its address for whoever plays, or nothing."""

    slug: str
    role: str
    label: str | Promise
    place: Place


def _coming() -> QuerySet[ActivityDate]:
    return ActivityDate.objects.filter(
        activity__status="published", status=DateStatus.SCHEDULED, starts_at__gt=clock.now()
    ).order_by("starts_at", "pk")


def _planned(person: Person | None) -> QuerySet[ActivityDate]:
    return _coming().filter(activity__organisation__memberships__person=person)


def _at_the_door(person: Person | None) -> QuerySet[ActivityDate]:
    """List what goes on now or comes next: there the list at the door is worth a look."""
    own = ActivityDate.objects.filter(activity__organisation__memberships__person=person)
    running = own.filter(activity__status="published", status=DateStatus.SCHEDULED)
    return running.filter(ends_at__gt=clock.now()).order_by("starts_at", "pk")


def _own(person: Person | None, **facts: object) -> Participation | None:
    seats = Participation.objects.filter(person=person, **facts)
    return seats.select_related("date").order_by("date__starts_at", "pk").first()


def _of_date(name: str, dates: QuerySet[ActivityDate]) -> str:
    date = dates.first()
    return reverse(f"activities:{name}", args=[date.pk]) if date else ""


def _of_activity(name: str, dates: QuerySet[ActivityDate]) -> str:
    date = dates.first()
    return reverse(f"activities:{name}", args=[date.activity_id]) if date else ""


def _of_seat(name: str, seat: Participation | None) -> str:
    return reverse(f"activities:{name}", args=[seat.token]) if seat else ""


def _mix(_person: Person | None) -> str:
    return _of_date("detail", _coming().filter(kept_newcomer__gt=0, kept_local__gt=0))


def _protected(_person: Person | None) -> str:
    return _of_date("detail", _coming().filter(activity__setting=Setting.WOMEN))


def _series(_person: Person | None) -> str:
    return _of_date("detail", _coming().alias(n=Count("activity__dates")).filter(n__gte=4))


def _offer(person: Person | None) -> str:
    return _of_seat("seat", _own(person, status=ParticipationStatus.OFFERED))


def _draw(person: Person | None) -> str:
    return _of_seat("draw", _own(person, draw_rank__isnull=False))


def _feedback(person: Person | None) -> str:
    seat = _own(person, presence="present")
    if seat is None:
        return ""
    return reverse("activities:feedback", args=[seat.date_id, feedback.link_token(seat)])


def _asked(person: Person | None) -> str:
    waiting = ParticipationStatus.REQUESTED, ParticipationStatus.WAITING
    return _of_date("asked", _planned(person).filter(participations__status__in=waiting))


def _poll(person: Person | None) -> str:
    """Lead to the question people are asked: visitors to answer it, those who plan to decide."""
    polls = DatePoll.objects.filter(status=PollStatus.OPEN).order_by("pk")
    if person is None:
        poll = polls.first()
        return reverse("activities:poll", args=[poll.token]) if poll else ""
    poll = polls.filter(activity__organisation__memberships__person=person).first()
    return reverse("activities:plan_poll", args=[poll.activity_id]) if poll else ""


def _picture(_person: Person | None) -> str:
    return reverse("activities:picture")


def _following(person: Person | None) -> str:
    return reverse("notifications:reminders", args=[reminder_key(person.pk)]) if person else ""


STOPS = (
    DemoStop("mix", "visitor", _("A meeting with seats for both sides"), _mix),
    DemoStop("series", "visitor", _("A meeting with several dates"), _series),
    DemoStop("protected", "visitor", _("A meeting only for women"), _protected),
    DemoStop("poll", "visitor", _("Say which date suits you"), _poll),
    DemoStop("offer", "participant", _("Take a seat that became free"), _offer),
    DemoStop("draw", "participant", _("See how seats were drawn"), _draw),
    DemoStop("following", "participant", _("Choose what you hear of"), _following),
    DemoStop("feedback", "participant", _("Say how a meeting was"), _feedback),
    DemoStop("asked", "member", _("Answer people who ask for a seat"), _asked),
    DemoStop(
        "desk",
        "member",
        _("Mark at the door who comes"),
        lambda p: _of_date("front_desk", _at_the_door(p)),
    ),
    DemoStop(
        "paper", "member", _("Print a poster and a list"), lambda p: _of_date("print", _planned(p))
    ),
    DemoStop(
        "giving",
        "member",
        _("Choose how seats are given"),
        lambda p: _of_activity("edit_giving", _planned(p)),
    ),
    DemoStop(
        "dates",
        "member",
        _("Plan a series of dates"),
        lambda p: _of_activity("series", _planned(p)),
    ),
    DemoStop("poll", "member", _("See which date suits people, and choose one"), _poll),
    DemoStop("picture", "coordinator", _("See who met whom, in figures"), _picture),
    DemoStop("record", "administrator", _("Read who did what"), lambda _p: reverse("audit:record")),
)


def stops_of(role: str, person: Person | None) -> list[DemoStop]:
    """List what ``role`` can try and what is there today; ``person`` plays it."""
    return [stop for stop in STOPS if stop.role == role and stop.place(person)]


def address_of(role: str, slug: str, person: Person | None) -> str:
    """Return the address of a stop of ``role``, or nothing."""
    wanted = [stop for stop in stops_of(role, person) if stop.slug == slug]
    return wanted[0].place(person) if wanted else ""
