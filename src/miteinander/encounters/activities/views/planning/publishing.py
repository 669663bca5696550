"""Publishing an occasion, or asking for the approval the first one needs."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from miteinander.encounters.activities.enums import ActivityStatus
from miteinander.encounters.activities.models import Activity
from miteinander.encounters.activities.queries.planning import planned_activity
from miteinander.encounters.activities.services import planning
from miteinander.encounters.activities.views.attempts import tell_refusal
from miteinander.encounters.activities.views.planning.task_list import TASK_LIST, task_list_of


@login_required
@require_POST
def plan_publish(request: HttpRequest, pk: int) -> HttpResponse:
    activity = get_object_or_404(planned_activity(request.user), pk=pk)
    try:
        activity = planning.publish_activity(actor=request.user, activity_id=pk)
    except planning.NotReady as error:
        return render(request, TASK_LIST, task_list_of(request.user, activity, error.missing))
    except ValidationError as error:
        tell_refusal(request, error)
        return redirect("activities:tasks", pk)
    messages.success(request, _outcome(activity))
    return redirect("activities:tasks", pk)


def _outcome(activity: Activity) -> str:
    if activity.status == ActivityStatus.AWAITING_APPROVAL:
        return _(
            "Thank you. This is the first meeting of your organisation, so a coordinator"
            " looks at it first. You will get a message."
        )
    return _("The meeting is published. Everybody can see it now.")
