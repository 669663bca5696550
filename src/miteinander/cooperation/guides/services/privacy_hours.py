"""Forgetting hours past their time."""

from datetime import datetime

from django.db import transaction

from miteinander.cooperation.guides.models import Hours
from miteinander.foundation.core.permissions import Actor, require
from miteinander.foundation.core.privacy import kept_for

AT_ONCE = 500


@transaction.atomic
def forget_old_hours(*, actor: Actor, now: datetime) -> int:
    """Delete hours, with what was corrected, of days long ago; return how many."""
    require(actor, "guides.forget")
    limit = (now - kept_for("guides.hours")).date()
    old = Hours.objects.filter(day__lt=limit).order_by("pk")
    keys = list(old.values_list("pk", flat=True)[:AT_ONCE])
    return Hours.objects.filter(pk__in=keys).delete()[1].get("guides.Hours", 0)
