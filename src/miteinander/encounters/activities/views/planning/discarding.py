"""Discarding a draft that was begun by mistake."""

from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from miteinander.encounters.activities.queries.planning import planned_activity, title_of
from miteinander.encounters.activities.services import planning
from miteinander.encounters.activities.views.attempts import has_succeeded


@login_required
@require_http_methods(["GET", "POST"])
def plan_discard(request: HttpRequest, pk: int) -> HttpResponse:
    activity = get_object_or_404(planned_activity(request.user), pk=pk)
    if request.method == "POST":
        discard = partial(planning.discard_draft, actor=request.user, activity_id=pk)
        if has_succeeded(request, discard, _("The draft is discarded.")):
            return redirect("activities:plan")
        return redirect("activities:tasks", pk)
    if not planning.is_discardable(activity):
        return redirect("activities:tasks", pk)
    context = {"activity": activity, "title": title_of(activity)}
    return render(request, "activities/plan/plan_discard.html", context)
