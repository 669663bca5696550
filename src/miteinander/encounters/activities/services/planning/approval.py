"""What a coordinator answers when an organisation's first occasion waits for approval."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from miteinander.community.organisations.models import Organisation
from miteinander.encounters.activities.enums import ActivityStatus
from miteinander.encounters.activities.messages import ActivityApproved, ActivityAskedBack
from miteinander.encounters.activities.models import Activity
from miteinander.encounters.activities.services.locking import locked_activity
from miteinander.encounters.activities.services.planning.publishing import show_to_public, trust
from miteinander.encounters.activities.services.planning.readiness import require_ready
from miteinander.foundation.audit import services as audit
from miteinander.foundation.core import bus
from miteinander.foundation.core.permissions import Actor
from miteinander.foundation.core.text import paragraphs


@transaction.atomic
def approve_activity(*, actor: Actor, activity_id: int) -> Activity:
    """Approve the first occasion of an organisation; its next ones need no approval.

    Raises:
        NotReady: something is missing by now, for example a coming date.
        ValidationError: it does not wait for approval (code ``not_awaiting``).
    """
    activity = _awaiting(actor, activity_id)
    require_ready(activity)
    trust(Organisation.objects.select_for_update().get(pk=activity.organisation_id))
    audit.record(actor=actor, verb="activities.approve", obj=activity)
    bus.publish(ActivityApproved(activity_id=activity.pk))
    show_to_public(activity)
    return activity


@transaction.atomic
def ask_back(*, actor: Actor, activity_id: int, question: str) -> Activity:
    """Return an occasion to its planners with a question; it is a draft again.

    Raises:
        ValidationError: no question (``required``), or nothing to approve (``not_awaiting``).
    """
    activity = _awaiting(actor, activity_id)
    activity.question = paragraphs(question)
    if not activity.question:
        raise ValidationError(_("Write what you want to know."), code="required")
    activity.status = ActivityStatus.DRAFT
    activity.clean_fields(exclude=["versions"])
    activity.save(update_fields=["status", "question"])
    audit.record(actor=actor, verb="activities.ask_back", obj=activity)
    bus.publish(ActivityAskedBack(activity_id=activity.pk))
    return activity


def _awaiting(actor: Actor, activity_id: int) -> Activity:
    activity = locked_activity(actor, activity_id, "activities.approve")
    if activity.status != ActivityStatus.AWAITING_APPROVAL:
        raise ValidationError(_("This meeting does not wait for approval."), code="not_awaiting")
    return activity
