"""How many people of each role a date needs."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from miteinander.encounters.activities.enums import DateStatus
from miteinander.encounters.activities.models import ActivityDate, RoleWanted
from miteinander.encounters.activities.queries.tasks import TaskKey
from miteinander.encounters.activities.services.locking import announce_change, locked_activity
from miteinander.encounters.activities.services.planning.facts import mark_answered
from miteinander.encounters.activities.services.seats.holding import locked_dates
from miteinander.foundation.audit import services as audit
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import Actor


class RoleKey(NamedTuple):
    """A role, with the two languages of an interpreter."""

    role: str
    language_a: str = ""
    language_b: str = ""


class TooFewWanted(ValidationError):
    """More people are confirmed already than would be wanted."""


@transaction.atomic
def set_roles(
    *, actor: Actor, activity_id: int, date_ids: Collection[int], counts: Mapping[RoleKey, int]
) -> None:
    """Say how many people of each role the dates need; a role that is not named needs nobody.

    Only dates that still come are changed. Publishes ``ActivityChanged``.

    Raises:
        TooFewWanted: more people are confirmed already.
        ValidationError: two languages that are the same, or a number that does not fit.
        PermissionDenied: ``actor`` may not change the occasion.
    """
    activity = locked_activity(actor, activity_id)
    coming = activity.dates.filter(
        pk__in=date_ids, status=DateStatus.SCHEDULED, starts_at__gt=clock.now()
    )
    changed = False
    for date in locked_dates(list(coming.values_list("pk", flat=True))):
        changed |= _set(date, counts)
    mark_answered(activity, {TaskKey.ROLES})
    if changed:
        audit.record(
            actor=actor, verb="activities.set_roles", obj=activity,
            details={"dates": sorted(date_ids)},
        )  # fmt: skip
        announce_change(activity)


def _set(date: ActivityDate, counts: Mapping[RoleKey, int]) -> bool:
    rows = {
        RoleKey(row.role, row.language_a, row.language_b): row
        for row in RoleWanted.objects.select_for_update().filter(date=date).order_by("pk")
    }
    changed = False
    for key in {**dict.fromkeys(rows), **dict.fromkeys(counts)}:
        row = rows.get(key) or RoleWanted(date=date, **key._asdict())
        wanted = counts.get(key, 0)
        if wanted == row.wanted:
            continue
        if wanted < row.confirmed:
            raise TooFewWanted(
                _("%(role)s: more people have your yes already. Say no to somebody first.")
                % {"role": row.label},
                code="too_few",
            )
        row.wanted = wanted
        if key.language_a and key.language_a == key.language_b:
            raise ValidationError(_("Choose two different languages."), code="same_languages")
        row.clean_fields()
        row.save()
        changed = True
    return changed
