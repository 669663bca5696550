"""Background work of this app."""

from datetime import timedelta

import structlog
from django_tasks import task

from miteinander.encounters.activities.services import desk, feedback, polls, privacy, rides
from miteinander.encounters.activities.services.seats import proof, upkeep
from miteinander.foundation.core import clock
from miteinander.foundation.core.jobs import recurring
from miteinander.foundation.core.permissions import SystemActor

CLOCK = SystemActor("activities")
_LOG = structlog.get_logger("miteinander.activities")


@recurring(every=timedelta(minutes=5))
@task()
def move_seats() -> None:
    """Draw, end offers and offer released seats, as soon as they are due."""
    upkeep.turn_the_clock(actor=CLOCK, now=clock.now())


def broken_now() -> set[proof.BrokenPromise]:
    """Look once at every promise about seats."""
    return set(proof.broken_promises(now=clock.now()))


@recurring(every=timedelta(days=1))
@task()
def prove_seats() -> None:
    """Prove that no date is oversold and no seat idle; whatever is broken is an error in the log.

    What is overdue is looked at first. Then the clock is turned, because a seat may be released
    a moment before anybody offers it, and only what is wrong at two looks raises an alarm.
    """
    late = {promise for promise in broken_now() if promise.problem == "late"}
    upkeep.turn_the_clock(actor=CLOCK, now=clock.now())
    for promise in sorted(late | (broken_now() & broken_now())):
        _LOG.error("seat_promise_broken", date=promise.date_id, problem=promise.problem)


@recurring(every=timedelta(days=1))
@task()
def forget_old_participations() -> None:
    """Delete seats past their time, daily; a missed day is made up by the next."""
    privacy.forget_old_participations(actor=CLOCK, now=clock.now())


@recurring(every=timedelta(days=1))
@task()
def forget_old_desk_entries() -> None:
    """Delete marks no phone may send again, daily; a missed day is made up by the next."""
    desk.forget_old_entries(actor=CLOCK, now=clock.now())


@recurring(every=timedelta(days=1))
@task()
def forget_old_contacts() -> None:
    """Forget contacts of old occasions, daily; a missed day is made up by the next."""
    privacy.forget_old_contacts(actor=CLOCK, now=clock.now())


@recurring(every=timedelta(minutes=10))
@task()
def ask_for_feedback() -> None:
    """Ask everybody who came how it was, on the evening after; nobody twice."""
    feedback.ask_for_feedback(actor=CLOCK, now=clock.now())


@recurring(every=timedelta(days=1))
@task()
def forget_old_feedback_words() -> None:
    """Delete words of feedback past their time, daily; a missed day is made up by the next."""
    feedback.forget_old_words(actor=CLOCK, now=clock.now())


@recurring(every=timedelta(minutes=10))
@task()
def close_polls() -> None:
    """Close date polls whose time for answers is over, and tell who asked; nobody twice."""
    polls.close_polls(actor=CLOCK, now=clock.now())


@recurring(every=timedelta(days=1))
@task()
def forget_old_poll_answers() -> None:
    """Delete answers to date polls past their time, daily; a missed day is made up by the next."""
    polls.forget_old_answers(actor=CLOCK, now=clock.now())


@recurring(every=timedelta(days=1))
@task()
def forget_old_rides() -> None:
    """Delete rides past their time, daily; a missed day is made up by the next."""
    rides.forget_old_rides(actor=CLOCK, now=clock.now())
