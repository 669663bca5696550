"""Beginning an occasion from another one, and keeping one as a template."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from miteinander.encounters.activities.models import Activity
from miteinander.encounters.activities.permissions import can_copy
from miteinander.encounters.activities.queries.planning import planned_activity
from miteinander.encounters.activities.services import planning


def _copyable(request: HttpRequest, pk: int) -> Activity:
    """Fetch an occasion to begin another from it; one that may not be copied is not found."""
    activity = get_object_or_404(planned_activity(request.user), pk=pk)
    if not can_copy(request.user, activity):
        raise Http404
    return activity


@login_required
@require_POST
def plan_copy(request: HttpRequest, pk: int) -> HttpResponse:
    source = _copyable(request, pk)
    activity = planning.copy_activity(actor=request.user, activity_id=source.pk)
    messages.success(
        request, _("A new draft with the same text and facts. Enter when it takes place.")
    )
    return redirect("activities:tasks", activity.pk)


@login_required
@require_POST
def plan_keep_template(request: HttpRequest, pk: int) -> HttpResponse:
    source = _copyable(request, pk)
    template = planning.keep_template(actor=request.user, activity_id=source.pk)
    messages.success(
        request, _("The template is kept. Only your organisation sees it. You can change it here.")
    )
    return redirect("activities:tasks", template.pk)
