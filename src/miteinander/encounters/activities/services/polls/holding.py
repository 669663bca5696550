"""Holding a poll while it changes. The order of locks: person, occasion, poll, date."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from miteinander.encounters.activities.enums import PollStatus
from miteinander.encounters.activities.models import DatePoll
from miteinander.encounters.activities.permissions import is_askable
from miteinander.encounters.activities.services.locking import locked_activity
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import Actor


class PollIsClosed(ValidationError):
    """The poll takes no answers any more, or nothing is left to decide."""

    def __init__(self) -> None:
        super().__init__(_("The time for answers is over."), code="poll_closed")


def locked_poll(poll_id: int) -> DatePoll:
    """Fetch a poll and hold its row; its key stays free, so that answers need not wait."""
    return (
        DatePoll.objects.select_for_update(of=("self",), no_key=True)
        .select_related("activity__organisation")
        .get(pk=poll_id)
    )


def locked_for_planner(actor: Actor, poll_id: int) -> DatePoll:
    """Hold the occasion of a poll and the poll, and require that ``actor`` may change both."""
    activity_id = DatePoll.objects.values_list("activity_id", flat=True).get(pk=poll_id)
    activity = locked_activity(actor, activity_id)
    poll = locked_poll(poll_id)
    poll.activity = activity
    return poll


def check_takes_answers(poll: DatePoll) -> None:
    """Refuse answers to a poll that is over, or whose occasion was hidden.

    Raises:
        PollIsClosed: no answer counts any more.
    """
    if not poll.takes_answers(clock.now()) or not is_askable(poll.activity):
        raise PollIsClosed


def check_undecided(poll: DatePoll) -> None:
    """Refuse to change a poll that has ended, or whose occasion was hidden.

    Raises:
        PollIsClosed: it is over.
    """
    if poll.status != PollStatus.OPEN or not is_askable(poll.activity):
        raise PollIsClosed
