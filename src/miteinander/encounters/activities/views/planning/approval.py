"""What a coordinator answers to an organisation's first occasion."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from miteinander.encounters.activities.forms.planning import AskBackForm
from miteinander.encounters.activities.permissions import can_approve
from miteinander.encounters.activities.queries.planning import planned_activity, title_of
from miteinander.encounters.activities.services import planning
from miteinander.encounters.activities.views.attempts import tell_refusal
from miteinander.encounters.activities.views.planning.task_list import TASK_LIST, task_list_of
from miteinander.foundation.ui.forms import bound, is_switch


@login_required
@require_POST
def plan_approve(request: HttpRequest, pk: int) -> HttpResponse:
    activity = get_object_or_404(planned_activity(request.user), pk=pk)
    try:
        planning.approve_activity(actor=request.user, activity_id=pk)
    except planning.NotReady as error:
        return render(request, TASK_LIST, task_list_of(request.user, activity, error.missing))
    except ValidationError as error:
        tell_refusal(request, error)
    else:
        messages.success(request, _("Approved. Everybody can see the meeting now."))
    return redirect("activities:tasks", pk)


@login_required
@require_http_methods(["GET", "POST"])
def plan_ask_back(request: HttpRequest, pk: int) -> HttpResponse:
    activity = get_object_or_404(planned_activity(request.user), pk=pk)
    if not can_approve(request.user, activity):
        raise Http404
    form = bound(AskBackForm, request)
    if request.method == "POST" and not is_switch(request) and form.is_valid():
        try:
            planning.ask_back(
                actor=request.user, activity_id=pk, question=form.cleaned_data["question"]
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Your question is sent. The meeting is a draft again."))
            return redirect("activities:plan")
    context = {"form": form, "activity": activity, "title": title_of(activity)}
    return render(request, "activities/plan/plan_ask_back.html", context)
