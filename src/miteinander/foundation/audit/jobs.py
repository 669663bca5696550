"""Background work of this app."""

from datetime import timedelta

from django_tasks import task

from miteinander.foundation.audit import services
from miteinander.foundation.core import clock
from miteinander.foundation.core.jobs import recurring
from miteinander.foundation.core.permissions import SystemActor


@recurring(every=timedelta(days=1))
@task()
def forget_old_entries() -> None:
    """Delete entries past their time, daily; a missed day is made up by the next."""
    services.forget_old_entries(actor=SystemActor(), now=clock.now())
