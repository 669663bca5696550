"""Background work of this app."""

from datetime import timedelta

from django_tasks import task

from miteinander.encounters.activities.services import privacy
from miteinander.foundation.core import clock
from miteinander.foundation.core.jobs import recurring
from miteinander.foundation.core.permissions import SystemActor

CLOCK = SystemActor("activities")


@recurring(every=timedelta(days=1))
@task()
def forget_old_participations() -> None:
    """Delete seats past their time, daily; a missed day is made up by the next."""
    privacy.forget_old_participations(actor=CLOCK, now=clock.now())


@recurring(every=timedelta(days=1))
@task()
def forget_old_contacts() -> None:
    """Forget contacts of old occasions, daily; a missed day is made up by the next."""
    privacy.forget_old_contacts(actor=CLOCK, now=clock.now())
