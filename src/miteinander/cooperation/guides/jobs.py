"""Background work of this app."""

from datetime import timedelta

from django_tasks import task

from miteinander.cooperation.guides.services import (
    asking_again,
    assignments,
    network,
    payments,
    privacy,
    privacy_hours,
)
from miteinander.foundation.core import clock
from miteinander.foundation.core.jobs import recurring
from miteinander.foundation.core.permissions import SystemActor

CLOCK = SystemActor("guides")


@recurring(every=timedelta(days=1))
@task()
def forget_old_interests() -> None:
    """Delete interests past their time, daily; a missed day is made up by the next."""
    privacy.forget_old_interests(actor=CLOCK, now=clock.now())


@recurring(every=timedelta(days=1))
@task()
def forget_old_certificates() -> None:
    """Delete certificates past their time, daily; a missed day is made up by the next."""
    privacy.forget_old_certificates(actor=CLOCK, now=clock.now())


@recurring(every=timedelta(days=1))
@task()
def forget_old_trainees() -> None:
    """Delete who took part long ago, daily; a missed day is made up by the next."""
    privacy.forget_old_trainees(actor=CLOCK, now=clock.now())


@recurring(every=timedelta(days=1))
@task()
def forget_old_guides() -> None:
    """Delete pages of guides who left long ago, daily; a missed day is made up by the next."""
    privacy.forget_old_guides(actor=CLOCK, now=clock.now())


@recurring(every=timedelta(days=1))
@task()
def forget_old_hours() -> None:
    """Delete hours past their time, daily; a missed day is made up by the next."""
    privacy_hours.forget_old_hours(actor=CLOCK, now=clock.now())


@recurring(every=timedelta(days=1))
@task()
def forget_old_accounts() -> None:
    """Delete accounts of guides who left, daily; a missed day is made up by the next."""
    payments.forget_old_accounts(actor=CLOCK, now=clock.now())


@recurring(every=timedelta(days=1))
@task()
def remind_of_papers() -> None:
    """Remind guides whose police certificate ends soon, daily; each day before is told once."""
    network.remind_of_papers(actor=CLOCK, now=clock.now())


@recurring(every=timedelta(days=1))
@task()
def forget_old_contacts() -> None:
    """Delete contacts of requests past their time, daily; a missed day is made up by the next."""
    privacy.forget_old_contacts(actor=CLOCK, now=clock.now())


@recurring(every=timedelta(days=1))
@task()
def forget_old_requests() -> None:
    """Delete requests past their time, daily; a missed day is made up by the next."""
    privacy.forget_old_requests(actor=CLOCK, now=clock.now())


@recurring(every=timedelta(minutes=10))
@task()
def expire_asks() -> None:
    """Ask the next guide where the time to answer is over; what is missed is made up."""
    asking_again.expire_asks(actor=CLOCK, now=clock.now())


@recurring(every=timedelta(minutes=15))
@task()
def remind_of_assignments() -> None:
    """Remind guides of assignments and of reports that are due, each once."""
    assignments.remind(actor=CLOCK, now=clock.now())
