"""Tags about who helps on a date: ``{% load together %}``."""

from typing import Any

from django import template

from miteinander.encounters.activities.models import ActivityDate
from miteinander.encounters.activities.queries.roles import helpers_at, looked_for, wanted_at
from miteinander.foundation.core import clock

register = template.Library()


@register.inclusion_tag("activities/together/_helpers_wanted.html")
def helpers_wanted(date: ActivityDate) -> dict[str, Any]:
    """Say publicly who is still looked for, by numbers and never by name."""
    wanted = wanted_at(date)
    is_open = not date.is_cancelled and not date.has_started(clock.now())
    return {
        "date": date,
        "wanted": wanted,
        "looked": looked_for(date, wanted) if is_open else [],
        "may_help": is_open and any(row.missing for row in wanted),
    }


@register.inclusion_tag("activities/together/_door_helpers.html")
def door_helpers(date: ActivityDate) -> dict[str, Any]:
    """List at the door who helps, with names, for those who see who comes."""
    return {"helpers": helpers_at(date)}
