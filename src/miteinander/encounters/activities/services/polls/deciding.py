"""Choosing the date: it becomes an ordinary one, once, and those who answered are told."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from miteinander.encounters.activities.enums import DateStatus, PollStatus
from miteinander.encounters.activities.messages import PollDecided
from miteinander.encounters.activities.models import ActivityDate, DatePoll, PollDate
from miteinander.encounters.activities.permissions import is_public
from miteinander.encounters.activities.services.dates import PlannedDate, set_dates
from miteinander.encounters.activities.services.polls.holding import (
    check_undecided,
    locked_for_planner,
)
from miteinander.foundation.audit import services as audit
from miteinander.foundation.core import bus, clock
from miteinander.foundation.core.permissions import Actor, require


class AlreadyDecided(ValidationError):
    """Somebody else has chosen another date meanwhile."""

    def __init__(self) -> None:
        super().__init__(_("Another date was chosen already."), code="already_decided")


@transaction.atomic
def decide_poll(*, actor: Actor, poll_id: int, poll_date_id: int) -> DatePoll:
    """Make a proposed date an ordinary date of the occasion; the same choice again changes nothing.

    Publishes ``PollDecided`` if the occasion is public, else this waits until it is.

    Raises:
        AlreadyDecided: another date was chosen.
        PollIsClosed: the poll has ended otherwise, or the occasion was hidden.
        ValidationError: the date has passed or is none of the proposed, or the occasion has as
            many dates as can be.
    """
    poll = locked_for_planner(actor, poll_id)
    chosen = PollDate.objects.filter(poll=poll, pk=poll_date_id).first()
    if chosen is None:
        raise ValidationError(_("Please choose one of the dates."), code="unknown")
    if poll.status == PollStatus.DECIDED:
        if chosen.is_chosen:
            return poll
        raise AlreadyDecided
    check_undecided(poll)
    if chosen.has_passed(clock.now()):
        raise ValidationError(
            _("This date has passed meanwhile. Choose another one."), code="passed"
        )
    poll.date = _ordinary_date(actor, poll, chosen)
    chosen.is_chosen = True
    chosen.save(update_fields=["is_chosen"])
    poll.status, poll.ended_at = PollStatus.DECIDED, clock.now()
    poll.save(update_fields=["date", "status", "ended_at"])
    audit.record(actor=actor, verb="activities.decide_poll", obj=poll.activity)
    if is_public(poll.activity):
        _tell(poll)
    return poll


def _ordinary_date(actor: Actor, poll: DatePoll, chosen: PollDate) -> ActivityDate:
    """Set the date; where the occasion has one at that time already, it is that one."""
    row = PlannedDate(chosen.starts_at, chosen.ends_at)
    set_dates(actor=actor, activity_id=poll.activity_id, rows=[row])
    return ActivityDate.objects.filter(
        activity_id=poll.activity_id, starts_at=chosen.starts_at, ends_at=chosen.ends_at,
        status=DateStatus.SCHEDULED,
    ).latest("pk")  # fmt: skip


def _tell(poll: DatePoll) -> None:
    poll.decided_told_at = clock.now()
    poll.save(update_fields=["decided_told_at"])
    bus.publish(PollDecided(poll_id=poll.pk))


@transaction.atomic
def tell_of_decisions(*, actor: Actor, activity_id: int) -> int:
    """Tell those who answered, once the occasion is public; return for how many polls."""
    require(actor, "activities.run_clock")
    waiting = DatePoll.objects.select_for_update(of=("self",), no_key=True).filter(
        activity_id=activity_id, status=PollStatus.DECIDED, decided_told_at__isnull=True,
        date__status=DateStatus.SCHEDULED, date__starts_at__gt=clock.now(),
    )  # fmt: skip
    polls = list(waiting.order_by("pk"))
    for poll in polls:
        _tell(poll)
    return len(polls)
