"""Writes the audit record. Entries are added here, removed by their age, and never changed."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction

from miteinander.foundation.audit.models import AuditEntry
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import Actor
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
    if obj is not None and not label:
        label = f"{obj._meta.model_name} {obj.pk}"
    return AuditEntry.objects.create(
        actor_id=actor.pk,
        verb=verb,
        content_type=kind,
        object_id=obj.pk if obj is not None else None,
        label=label[:_LABEL_LENGTH],
        details=details or {},
    )


@transaction.atomic
def forget_old_entries() -> int:
    """Delete entries older than the rule ``audit.entries`` says, and return how many."""
    limit = clock.now() - kept_for("audit.entries")
    return AuditEntry.objects.filter(at__lt=limit).delete()[0]
