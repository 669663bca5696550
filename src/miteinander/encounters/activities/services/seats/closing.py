"""Closing the sign-up of a date, and opening it again: the organisers decide."""

from django.db import transaction

from miteinander.encounters.activities.models import ActivityDate
from miteinander.encounters.activities.services.locking import announce_change, locked_activity
from miteinander.encounters.activities.services.seats.holding import check_open, locked_date
from miteinander.encounters.activities.services.seats.queue import pass_on
from miteinander.foundation.audit import services as audit
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import Actor


def _held(actor: Actor, date_id: int) -> ActivityDate:
    """Hold the occasion, then the date, and refuse one nobody can come to any more."""
    activity_id = ActivityDate.objects.values_list("activity_id", flat=True).get(pk=date_id)
    locked_activity(actor, activity_id)
    date = locked_date(date_id)
    check_open(date)
    return date


@transaction.atomic
def close_sign_up(*, actor: Actor, date_id: int) -> ActivityDate:
    """Take nobody new at a date. Who has a seat or was offered one keeps it.

    Who waits keeps the place, but free seats are offered to nobody by themselves. The organisers
    still answer those who asked before, and a draw takes place. Closing twice is once.

    Raises:
        SignUpClosed: the date was cancelled or has begun.
    """
    date = _held(actor, date_id)
    if not date.is_closed:
        date.closed_at = date.changed_at = clock.now()
        date.save(update_fields=["closed_at", "changed_at"])
        audit.record(actor=actor, verb="activities.close_sign_up", obj=date)
        announce_change(date.activity)
    return date


@transaction.atomic
def open_sign_up(*, actor: Actor, date_id: int) -> ActivityDate:
    """Take new people again; free seats go to those who waited meanwhile, in turn, at once.

    Raises:
        SignUpClosed: the date was cancelled or has begun.
    """
    date = _held(actor, date_id)
    if date.is_closed:
        date.closed_at, date.changed_at = None, clock.now()
        date.save(update_fields=["closed_at", "changed_at"])
        audit.record(actor=actor, verb="activities.open_sign_up", obj=date)
        pass_on(date)
        announce_change(date.activity)
    return date
