"""Background work of the front door."""

from datetime import timedelta

from django_tasks import task

from miteinander.foundation.core import clock
from miteinander.foundation.core.jobs import recurring
from miteinander.foundation.core.permissions import SystemActor
from miteinander.web import services


@recurring(every=timedelta(days=1))
@task()
def forget_old_feedback() -> None:
    """Delete messages about barriers past their time; daily, harmless when missed."""
    services.forget_old_feedback(actor=SystemActor("retention"), now=clock.now())
