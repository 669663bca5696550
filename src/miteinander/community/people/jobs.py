"""Recurring background work of this app: what is past its time goes."""

from datetime import timedelta

from django_tasks import task

from miteinander.community.people import services
from miteinander.foundation.core import clock
from miteinander.foundation.core.jobs import recurring
from miteinander.foundation.core.permissions import SystemActor


@recurring(every=timedelta(hours=1))
@task()
def purge_unproven_people() -> None:
    """Delete, every hour, rows of people who asked for a code and did nothing else."""
    services.purge_unproven(actor=SystemActor(), now=clock.now())


@recurring(every=timedelta(days=1))
@task()
def erase_idle_people() -> None:
    """Erase, every day, people nobody has heard of for two years; a failure waits a day."""
    services.erase_idle(actor=SystemActor(), now=clock.now())


@recurring(every=timedelta(hours=1))
@task()
def clear_ended_sessions() -> None:
    """Delete, every hour, sessions that ran out and the notes about their devices."""
    services.clear_ended_sessions(actor=SystemActor(), now=clock.now())
