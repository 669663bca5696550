"""Background work of this app."""

from datetime import timedelta

from django_tasks import task

from miteinander.cooperation.tandems.services import ending, first_date, life, matching, privacy
from miteinander.foundation.core import clock
from miteinander.foundation.core.jobs import recurring
from miteinander.foundation.core.permissions import SystemActor

CLOCK = SystemActor("tandems")


@task()
def calculate_matching(run_id: int) -> None:
    """Calculate a matching a coordinator began."""
    matching.calculate(run_id)


@recurring(every=timedelta(hours=1))
@task()
def lapse_proposals() -> None:
    """End proposals whose week is over; what is missed is made up."""
    ending.lapse(actor=CLOCK, now=clock.now())


@recurring(every=timedelta(minutes=15))
@task()
def remind_of_first_dates() -> None:
    """Remind people of a first date within a day, each once."""
    first_date.remind(actor=CLOCK, now=clock.now())


@recurring(every=timedelta(days=1))
@task()
def ask_how_it_goes() -> None:
    """Ask people in tandems how it goes, daily; what is missed is made up for three weeks."""
    life.ask_how_it_goes(actor=CLOCK, now=clock.now())


@recurring(every=timedelta(days=1))
@task()
def reduce_old_tandems() -> None:
    """Turn ended tandems into numbers, daily; a missed day is made up by the next."""
    privacy.reduce_old_tandems(actor=CLOCK, now=clock.now())


@recurring(every=timedelta(days=1))
@task()
def forget_old_seekers() -> None:
    """Delete answers past their time, daily; a missed day is made up by the next."""
    privacy.forget_old_seekers(actor=CLOCK, now=clock.now())
