"""Showing a draft to the public, or asking for the approval an organisation's first one needs."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from miteinander.community.organisations import permissions as organisations
from miteinander.community.organisations.models import Organisation
from miteinander.encounters.activities.enums import ActivityStatus
from miteinander.encounters.activities.messages import ActivityPublished, ApprovalRequested
from miteinander.encounters.activities.models import Activity
from miteinander.encounters.activities.services.locking import locked_activity
from miteinander.encounters.activities.services.planning.readiness import require_ready
from miteinander.foundation.audit import services as audit
from miteinander.foundation.core import bus, clock
from miteinander.foundation.core.permissions import Actor


@transaction.atomic
def publish_activity(*, actor: Actor, activity_id: int) -> Activity:
    """Show a draft to the public, or ask for approval when it is the organisation's first.

    Publishing twice changes nothing the second time. A coordinator's own publishing is the
    approval.

    Raises:
        NotReady: something is missing.
        ValidationError: it was hidden by a coordinator (code ``hidden``), or is a ``template``.
    """
    activity = locked_activity(actor, activity_id)
    if activity.status in {ActivityStatus.PUBLISHED, ActivityStatus.AWAITING_APPROVAL}:
        return activity
    if activity.status == ActivityStatus.HIDDEN:
        raise ValidationError(_("A coordinator has hidden this meeting."), code="hidden")
    if activity.is_template:
        raise ValidationError(
            _("A template is not published. Begin a meeting from it first."), code="template"
        )
    require_ready(activity)
    organisation = Organisation.objects.select_for_update().get(pk=activity.organisation_id)
    if organisation.trusted_since or organisations.coordinates(actor, organisation):
        trust(organisation)
        show_to_public(activity)
        audit.record(actor=actor, verb="activities.publish", obj=activity)
    else:
        _request_approval(actor, activity)
    return activity


def trust(organisation: Organisation) -> None:
    """Let the next occasions of a locked organisation be published without approval."""
    if organisation.trusted_since is None:
        organisation.trusted_since = clock.now()
        organisation.save(update_fields=["trusted_since"])


def show_to_public(activity: Activity) -> None:
    """Publish a locked occasion and tell the others (``ActivityPublished``)."""
    activity.status = ActivityStatus.PUBLISHED
    activity.published_at = activity.published_at or clock.now()
    activity.question = ""
    activity.save(update_fields=["status", "published_at", "question"])
    bus.publish(ActivityPublished(activity_id=activity.pk))


def _request_approval(actor: Actor, activity: Activity) -> None:
    activity.status = ActivityStatus.AWAITING_APPROVAL
    activity.question = ""
    activity.save(update_fields=["status", "question"])
    audit.record(actor=actor, verb="activities.request_approval", obj=activity)
    bus.publish(ApprovalRequested(activity_id=activity.pk))
