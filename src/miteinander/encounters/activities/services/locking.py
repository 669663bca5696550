"""Holding an occasion while it changes, and noticing that somebody else changed it meanwhile."""

import hashlib
import json
from collections.abc import Mapping

from django.utils.translation import gettext as _

from miteinander.encounters.activities.enums import ActivityStatus
from miteinander.encounters.activities.messages import ActivityChanged
from miteinander.encounters.activities.models import Activity
from miteinander.encounters.activities.permissions import can_view
from miteinander.foundation.core import bus
from miteinander.foundation.core.permissions import Actor, require


class ChangedMeanwhile(Exception):
    """Somebody else saved the same facts after this page was opened; nothing was overwritten."""

    def __str__(self) -> str:
        return _("Somebody else has changed this in the meantime.")


def fingerprint(values: Mapping[str, object]) -> str:
    """Return a short mark that differs when any of ``values`` does."""
    text = json.dumps(values, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:20]


def locked_activity(actor: Actor, activity_id: int, verb: str = "activities.change") -> Activity:
    """Fetch an occasion for change and require ``verb``.

    It is held without its key: a seat that changes hands writes its date twice, and PostgreSQL
    then looks at the key of the occasion again when the transaction ends.

    Raises:
        Activity.DoesNotExist: there is none, or ``actor`` may not know of it.
        PermissionDenied: ``actor`` may not do this to it.
    """
    activity = (
        Activity.objects.select_for_update(of=("self",), no_key=True)
        .select_related("organisation", "venue")
        .get(pk=activity_id)
    )
    if not can_view(actor, activity):
        raise Activity.DoesNotExist
    require(actor, verb, activity)
    return activity


def announce_change(activity: Activity) -> None:
    """Tell the others that the public sees something new of a published occasion."""
    if activity.status == ActivityStatus.PUBLISHED:
        bus.publish(ActivityChanged(activity_id=activity.pk))
