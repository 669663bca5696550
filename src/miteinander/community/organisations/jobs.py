"""Background work of this app."""

from datetime import timedelta

from django_tasks import task

from miteinander.community.organisations import services
from miteinander.foundation.core import clock
from miteinander.foundation.core.jobs import recurring
from miteinander.foundation.core.permissions import SystemActor


@recurring(every=timedelta(days=1))
@task()
def forget_old_invitations() -> None:
    """Delete invitations past their time, daily; a missed day is made up by the next."""
    services.forget_old_invitations(actor=SystemActor(), now=clock.now())
