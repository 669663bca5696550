"""Reads of this app: who left a trace and who did not, and what a person may take along."""

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from miteinander.community.people.models import Person
from miteinander.foundation.core.permissions import Actor, require
from miteinander.foundation.core.privacy import kept_for

Trace = Callable[[Collection[int], datetime], Collection[int]]
_TRACES: list[Trace] = []
# What belongs to the sign-in itself goes with the row and keeps nobody.
_OWN = frozenset({"people", "account", "mfa", "usersessions"})


def register_trace(trace: Trace) -> Trace:
    """Let ``trace`` say which of some people (ids) have been heard of since a moment.

    Other apps register theirs in ``apps.ready()``, so that nobody who still comes is erased.
    """
    _TRACES.append(trace)
    return trace


def people_without_trace(people: QuerySet[Person]) -> QuerySet[Person]:
    """Narrow ``people`` to those whom no row of any other app names."""
    for field in Person._meta.get_fields(include_hidden=True):  # noqa: SLF001 (documented API)
        related: Any = field
        if not field.auto_created or field.concrete or not field.is_relation:
            continue
        if related.related_model._meta.app_label not in _OWN:  # noqa: SLF001
            rows = related.related_model._base_manager.filter(  # noqa: SLF001
                **{related.field.name: OuterRef("pk")}
            )
            people = people.exclude(Exists(rows))
    return people.order_by("pk")


def idle_people(*, actor: Actor, now: datetime) -> list[int]:
    """List the ids of people nobody has heard of for as long as ``people.idle`` says."""
    require(actor, "people.purge")
    since = now - kept_for("people.idle")
    candidates = list(
        Person.objects.filter(erased_at__isnull=True, is_administrator=False)
        .annotate(seen_at=Coalesce(F("last_login"), F("created_at")))
        .filter(Q(seen_at__lt=since) & Q(created_at__lt=since))
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    heard_of = {pk for trace in _TRACES for pk in trace(candidates, since)}
    return [pk for pk in candidates if pk not in heard_of]
