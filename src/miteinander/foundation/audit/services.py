"""Writes the audit record. Entries are added here, removed by their age, and never changed."""

from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction

from miteinander.foundation.audit.models import AuditEntry
from miteinander.foundation.core.permissions import Actor, require
from miteinander.foundation.core.privacy import kept_for

_LABEL_LENGTH = 160


def record(
    *,
    actor: Actor,
    verb: str,
    obj: models.Model | None = None,
    label: str = "",
    details: dict[str, Any] | None = None,
) -> AuditEntry:
    """Note that ``actor`` did ``verb`` (``app.act``) to ``obj``, in the caller's transaction.

    Neither ``label`` nor ``details`` may hold a person's name, contact or free text: the label
    is the public name of an organisation or occasion, or kind and key of the object, which is
    what stands there when none is given.
    """
    kind = ContentType.objects.get_for_model(obj) if obj is not None else None
    if obj is not None and kind is not None and not label:
        label = f"{kind.model} {obj.pk}"
    return AuditEntry.objects.create(
        actor_id=actor.pk,
        verb=verb,
        content_type=kind,
        object_id=obj.pk if obj is not None else None,
        label=label[:_LABEL_LENGTH],
        details=details or {},
    )


@transaction.atomic
def forget_old_entries(*, actor: Actor, now: datetime) -> int:
    """Delete entries older than the rule ``audit.entries`` says, and return how many."""
    require(actor, "audit.forget")
    return AuditEntry.objects.filter(at__lt=now - kept_for("audit.entries")).delete()[0]
