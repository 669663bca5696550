"""Calling a date off."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from miteinander.encounters.activities.enums import DateStatus
from miteinander.encounters.activities.messages import DateCancelled
from miteinander.encounters.activities.models import ActivityDate
from miteinander.encounters.activities.services.locking import locked_activity
from miteinander.foundation.audit import services as audit
from miteinander.foundation.core import bus, clock
from miteinander.foundation.core.permissions import Actor


@transaction.atomic
def cancel_date(*, actor: Actor, date_id: int) -> ActivityDate:
    """Call a date off; everybody signed up learns of it. Calling it off twice is once.

    Raises:
        ValidationError: it has begun already (code ``started``).
    """
    activity = locked_activity(
        actor, ActivityDate.objects.values_list("activity_id", flat=True).get(pk=date_id)
    )
    row = ActivityDate.objects.select_for_update().get(pk=date_id)
    if row.is_cancelled:
        return row
    now = clock.now()
    if row.has_started(now):
        raise ValidationError(
            _("This date has begun. It can no longer be cancelled."), code="started"
        )
    row.status = DateStatus.CANCELLED
    row.cancelled_at = row.changed_at = now
    row.sequence += 1
    row.save(update_fields=["status", "cancelled_at", "changed_at", "sequence"])
    audit.record(actor=actor, verb="activities.cancel_date", obj=row)
    if activity.published_at is not None:
        bus.publish(DateCancelled(date_id=row.pk, sequence=row.sequence))
    return row
