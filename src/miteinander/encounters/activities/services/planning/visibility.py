"""Hiding an occasion from the public, and showing it again."""

from django.db import transaction

from miteinander.encounters.activities.enums import ActivityStatus
from miteinander.encounters.activities.messages import ActivityHidden
from miteinander.encounters.activities.models import Activity
from miteinander.encounters.activities.services.locking import locked_activity
from miteinander.foundation.audit import services as audit
from miteinander.foundation.core import bus
from miteinander.foundation.core.permissions import Actor


@transaction.atomic
def hide_activity(*, actor: Actor, activity_id: int) -> Activity:
    """Take an occasion out of sight; who is signed up stays signed up."""
    activity = locked_activity(actor, activity_id, "activities.hide")
    if activity.status != ActivityStatus.HIDDEN:
        activity.status = ActivityStatus.HIDDEN
        activity.save(update_fields=["status"])
        audit.record(actor=actor, verb="activities.hide", obj=activity)
        bus.publish(ActivityHidden(activity_id=activity.pk))
    return activity


@transaction.atomic
def show_activity(*, actor: Actor, activity_id: int) -> Activity:
    """Bring a hidden occasion back to where it was: the public, or its planners."""
    activity = locked_activity(actor, activity_id, "activities.hide")
    if activity.status == ActivityStatus.HIDDEN:
        was_public = activity.published_at is not None
        activity.status = ActivityStatus.PUBLISHED if was_public else ActivityStatus.DRAFT
        activity.save(update_fields=["status"])
        audit.record(actor=actor, verb="activities.show", obj=activity)
        bus.publish(ActivityHidden(activity_id=activity.pk))
    return activity
