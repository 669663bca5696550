"""What the clock does with polls: closing them, and forgetting who answered."""

from datetime import datetime

from django.db import transaction

from miteinander.encounters.activities.enums import PollStatus
from miteinander.encounters.activities.messages import PollClosed, PollStopped
from miteinander.encounters.activities.models import DatePoll, PollAnswer
from miteinander.encounters.activities.services.polls.holding import locked_poll
from miteinander.foundation.core import bus
from miteinander.foundation.core.permissions import Actor, require
from miteinander.foundation.core.privacy import kept_for


def close_polls(*, actor: Actor, now: datetime) -> int:
    """Close what takes no answers any more and tell the organiser once; return how many.

    Each poll is a transaction of its own. Without any answer it has ended empty; with answers
    it waits for the organiser, until the last proposed date has passed.
    """
    require(actor, "activities.run_clock")
    due = DatePoll.objects.filter(status=PollStatus.OPEN, closes_at__lte=now).order_by("pk")
    return sum(_close(poll_id, now) for poll_id in list(due.values_list("pk", flat=True)))


@transaction.atomic
def _close(poll_id: int, now: datetime) -> bool:
    poll = locked_poll(poll_id)
    if poll.status != PollStatus.OPEN or poll.closes_at > now:
        return False
    if not poll.answers.exists():
        _end(poll, PollStatus.EMPTY, now)
    elif all(date.has_passed(now) for date in poll.dates.all()):
        _end(poll, PollStatus.STOPPED, now)
        bus.publish(PollStopped(poll_id=poll.pk))
    if poll.closed_told_at is not None:
        return False
    poll.closed_told_at = now
    poll.save(update_fields=["closed_told_at"])
    bus.publish(PollClosed(poll_id=poll.pk))
    return True


def _end(poll: DatePoll, status: PollStatus, now: datetime) -> None:
    poll.status, poll.ended_at = status, now
    poll.save(update_fields=["status", "ended_at"])


@transaction.atomic
def forget_old_answers(*, actor: Actor, now: datetime) -> int:
    """Delete who answered polls that ended long ago; return how many."""
    require(actor, "activities.forget")
    limit = now - kept_for("activities.poll_answers")
    old = PollAnswer.objects.filter(poll__ended_at__lt=limit)
    count = old.count()
    old.delete()
    return count


@transaction.atomic
def forget_person(*, actor: Actor, person_id: int) -> int:
    """Delete every answer of somebody who is erased; return how many."""
    require(actor, "activities.forget")
    answers = PollAnswer.objects.filter(person_id=person_id)
    count = answers.count()
    answers.delete()
    return count
