"""Reads of the record."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from miteinander.foundation.audit import verbs
from miteinander.foundation.audit.models import AuditEntry
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import Actor, require


@dataclass(frozen=True)
class RecordCriteria:
    """Which part of the record somebody wants to see; empty means all."""

    verb: str = ""
    since: date | None = None
    until: date | None = None


def entries(*, actor: Actor, criteria: RecordCriteria) -> QuerySet[AuditEntry]:
    """The record with the names of those who acted, newest first, for administrators."""
    require(actor, "audit.read")
    found = AuditEntry.objects.select_related("actor").order_by("-at", "-pk")
    if criteria.verb:
        found = found.filter(verb=criteria.verb)
    if criteria.since:
        found = found.filter(at__gte=clock.start_of_day(criteria.since))
    if criteria.until:
        found = found.filter(at__lt=clock.end_of_day(criteria.until))
    return found


def verb_choices() -> list[tuple[str, str]]:
    """Every verb with its sentence, sorted as people read, for the filter."""
    choices = [(verb, str(sentence)) for verb, sentence in verbs.known().items()]
    return sorted(choices, key=lambda choice: choice[1].casefold())


def export_person(person: Any) -> dict[str, Any]:
    """What ``person`` did, for the file a person can take along."""
    return {
        "acts": [
            {"at": entry.at.isoformat(), "verb": entry.verb, "label": entry.label}
            for entry in AuditEntry.objects.filter(actor_id=person.pk).order_by("at", "pk")
        ]
    }
