"""The task list of an occasion: what is done, what is missing, what may be done next."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from miteinander.encounters.activities.asked import dates_to_answer
from miteinander.encounters.activities.enums import ActivityStatus, CoHostStatus
from miteinander.encounters.activities.models import Activity
from miteinander.encounters.activities.permissions import (
    can_approve,
    can_change,
    can_copy,
    can_decide,
    can_discard,
    can_hide,
    is_planner,
)
from miteinander.encounters.activities.queries.co_hosts import co_hosts_seen_by
from miteinander.encounters.activities.queries.giving import giving_sentences
from miteinander.encounters.activities.queries.planning import planned_activity, title_of
from miteinander.encounters.activities.queries.polls import latest_poll
from miteinander.encounters.activities.queries.tasks import (
    PlanningTask,
    Progress,
    TaskKey,
    planning_tasks,
)
from miteinander.encounters.activities.services import planning
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import Actor
from miteinander.foundation.ui.components import Task

TASK_LIST = "activities/plan/plan_tasks.html"


def task_address(activity_id: int, key: TaskKey) -> str:
    """Return the address of the page of one task."""
    name = "versions" if key == TaskKey.VERSIONS else f"edit_{key}"
    return reverse(f"activities:{name}", args=[activity_id])


def shown_task(activity: Activity, task: PlanningTask) -> Task:
    """Show a task as a line with its address and a hint."""
    if task.key == TaskKey.GIVING:
        hint = " ".join(giving_sentences(activity))
        return Task(str(task.label), task_address(activity.pk, task.key), str(task.progress), hint)
    hint = " ".join(str(sentence) for sentence in task.missing)
    if task.progress != Progress.COMPLETE and not task.is_required:
        hint = _("Optional. %(hint)s") % {"hint": hint}
    return Task(str(task.label), task_address(activity.pk, task.key), str(task.progress), hint)


@login_required
@require_GET
def plan_tasks(request: HttpRequest, pk: int) -> HttpResponse:
    activity = get_object_or_404(planned_activity(request.user), pk=pk)
    return render(request, TASK_LIST, task_list_of(request.user, activity))


def task_list_of(
    actor: Actor, activity: Activity, missing: Sequence[PlanningTask] = ()
) -> dict[str, Any]:
    """Return what the task list shows; ``missing`` tells what a refused step asked for."""
    now = clock.now()
    tasks = planning_tasks(activity, now)
    return {
        "activity": activity,
        "title": title_of(activity),
        "tasks": [shown_task(activity, task) for task in tasks],
        "done": sum(task.progress == Progress.COMPLETE for task in tasks),
        "missing": [shown_task(activity, task) for task in missing],
        "dates": list(activity.dates.all()),
        "to_answer": dates_to_answer(activity, now) if can_change(actor, activity) else [],
        "poll": latest_poll(activity),
        "now": now,
        **_states(activity),
        **_rights(actor, activity),
        **_as_co_host(actor, activity),
    }


def _states(activity: Activity) -> dict[str, bool]:
    return {
        "is_template": activity.is_template,
        "is_draft": activity.status == ActivityStatus.DRAFT and not activity.is_template,
        "is_awaiting": activity.status == ActivityStatus.AWAITING_APPROVAL,
        "is_hidden": activity.status == ActivityStatus.HIDDEN,
        "is_published": activity.status == ActivityStatus.PUBLISHED,
    }


def _rights(actor: Actor, activity: Activity) -> dict[str, bool]:
    return {
        "may_change": can_change(actor, activity),
        "may_decide": can_decide(actor, activity),
        "may_copy": can_copy(actor, activity),
        "may_discard": planning.is_discardable(activity) and can_discard(actor, activity),
        "may_approve": can_approve(actor, activity),
        "may_hide": can_hide(actor, activity),
    }


def _as_co_host(actor: Actor, activity: Activity) -> dict[str, Any]:
    """Return what a member of an organisation that invites too sees instead of the tasks."""
    if is_planner(actor, activity):
        return {"is_co_host": False}
    mine = co_hosts_seen_by(actor).filter(activity=activity, status=CoHostStatus.AGREED)
    return {"is_co_host": True, "own_co_hosts": list(mine)}
