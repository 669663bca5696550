"""What people need to be able to come: cost and childcare, and the ways in at the venue."""

from collections.abc import Mapping

from django.db import transaction

from miteinander.encounters.activities.models import Activity
from miteinander.encounters.activities.services.locking import (
    ChangedMeanwhile,
    announce_change,
    fingerprint,
    locked_activity,
)
from miteinander.encounters.activities.services.planning.facts import change_activity, facts_of
from miteinander.encounters.spaces import services as spaces
from miteinander.foundation.core.permissions import Actor


@transaction.atomic
def change_access(
    *,
    actor: Actor,
    activity_id: int,
    changes: Mapping[str, object],
    place: Mapping[str, object],
    seen: str | None = None,
) -> Activity:
    """Change cost and childcare together with what is known of access at the venue.

    Raises: as :func:`change_activity`.
    """
    activity = locked_activity(actor, activity_id)
    venue = activity.venue if place else None
    before = facts_of(activity, changes)
    present = {**before, **{name: getattr(venue, name) for name in place}}
    if seen is not None and present != {**changes, **place} and seen != fingerprint(present):
        raise ChangedMeanwhile
    if venue:
        spaces.change_venue(actor=actor, venue_id=venue.pk, changes=place)
        announce_change(activity)
    return change_activity(actor=actor, activity_id=activity_id, changes=changes)
