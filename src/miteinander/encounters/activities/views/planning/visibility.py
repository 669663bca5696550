"""Hiding an occasion from the public, and showing it again."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from miteinander.encounters.activities.queries.planning import planned_activity
from miteinander.encounters.activities.services import planning


@login_required
@require_POST
def plan_hide(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(planned_activity(request.user), pk=pk)
    planning.hide_activity(actor=request.user, activity_id=pk)
    messages.success(request, _("The meeting is hidden. The public does not see it any more."))
    return redirect("activities:tasks", pk)


@login_required
@require_POST
def plan_show(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(planned_activity(request.user), pk=pk)
    planning.show_activity(actor=request.user, activity_id=pk)
    messages.success(request, _("The meeting is no longer hidden."))
    return redirect("activities:tasks", pk)
