"""What the overview of coordinators shows of this app."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from miteinander.encounters.activities.queries import coordination, planning
from miteinander.foundation.core import clock

SHOWN = 12


def overview(request: HttpRequest | None, _obj: Any) -> SafeString:
    """Show what waits for approval, and dates to which hardly anybody comes yet."""
    if request is None:
        return SafeString("")
    waiting = [
        (activity, planning.title_of(activity))
        for activity in planning.awaiting_approval(request.user)[:SHOWN]
    ]
    quiet = coordination.dates_with_few_sign_ups(request.user, clock.now())[:SHOWN]
    context = {"waiting": waiting, "quiet": list(quiet)}
    return render_to_string("activities/_coordination.html", context, request)
