"""Printing lists of people: every time is recorded."""

from collections import defaultdict
from collections.abc import Collection

from django.db import transaction

from miteinander.community.people.models import SpokenLanguage
from miteinander.encounters.activities.models import ActivityDate
from miteinander.foundation.audit import services as audit
from miteinander.foundation.core.permissions import Actor, require


@transaction.atomic
def note_printed_list(*, actor: Actor, date_id: int) -> ActivityDate:
    """Record that somebody printed who comes to a date.

    Raises:
        PermissionDenied: ``actor`` may not see who comes.
    """
    date = ActivityDate.objects.select_related("activity__organisation").get(pk=date_id)
    require(actor, "activities.see_participants", date.activity)
    audit.record(actor=actor, verb="activities.print_list", obj=date)
    return date


def languages_of(people: Collection[int]) -> dict[int, list[str]]:
    """Return the languages each person speaks, the best first; for badges only."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = SpokenLanguage.objects.filter(person_id__in=people).order_by("-level", "pk")
    for person_id, language in rows.values_list("person_id", "language"):
        found[person_id].append(language)
    return found
