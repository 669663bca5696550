"""My planning page, a new occasion, its task list, and its way to the public."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from miteinander.encounters.activities.cards import card_of
from miteinander.encounters.activities.enums import ActivityStatus
from miteinander.encounters.activities.forms.planning import AskBackForm, NewActivityForm
from miteinander.encounters.activities.models import Activity
from miteinander.encounters.activities.permissions import (
    can_approve,
    can_change,
    can_discard,
    can_hide,
)
from miteinander.encounters.activities.queries.planning import (
    HEADINGS,
    coming_dates,
    plannable_organisations,
    planned_activities,
    planned_activity,
    preview_date,
    title_of,
)
from miteinander.encounters.activities.queries.public import other_dates
from miteinander.encounters.activities.queries.tasks import (
    PlanningTask,
    Progress,
    TaskKey,
    missing_tasks,
    planning_tasks,
)
from miteinander.encounters.activities.services import planning
from miteinander.encounters.activities.views.tasks import ease_of
from miteinander.foundation.content.queries import read
from miteinander.foundation.core import clock
from miteinander.foundation.core.pagination import page_of
from miteinander.foundation.ui.components import Task
from miteinander.foundation.ui.forms import bound, is_switch

NEXT_DATES = 3  # of each meeting in the list; its own page has them all
FEW = 3  # organisations whose calendars are offered right away; others have it on their page


def task_address(activity_id: int, key: TaskKey) -> str:
    """Return the address of the page of one task."""
    name = "versions" if key == TaskKey.VERSIONS else f"edit_{key}"
    return reverse(f"activities:{name}", args=[activity_id])


def _shown_task(activity: Activity, task: PlanningTask) -> Task:
    hint = " ".join(str(sentence) for sentence in task.missing)
    if task.progress != Progress.COMPLETE and not task.is_required:
        hint = _("Optional. %(hint)s") % {"hint": hint}
    return Task(str(task.label), task_address(activity.pk, task.key), str(task.progress), hint)


def _listed(activity: Activity, now: datetime) -> dict[str, Any]:
    dates = coming_dates(activity, now)
    return {
        "activity": activity,
        "heading": HEADINGS[activity.state_rank],
        "title": title_of(activity),
        "dates": dates[:NEXT_DATES],
        "later": len(dates[NEXT_DATES:]),
    }


@login_required
@require_GET
def plan_list(request: HttpRequest) -> HttpResponse:
    now = clock.now()
    links = page_of(planned_activities(request.user, now), request.GET)
    rows = [_listed(activity, now) for activity in links.page]
    organisations = list(plannable_organisations(request.user)[: FEW + 1])
    context = {
        "rows": rows,
        "links": links,
        "may_create": bool(organisations),
        "organisations": organisations if len(organisations) <= FEW else [],
    }
    return render(request, "activities/plan/plan_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def plan_create(request: HttpRequest) -> HttpResponse:
    organisations = plannable_organisations(request.user)
    form = bound(
        NewActivityForm, request, organisations=organisations, initial={"language": get_language()}
    )
    if request.method == "POST" and not is_switch(request) and form.is_valid():
        activity = planning.create_activity(
            actor=request.user,
            organisation_id=form.organisation_id,
            parts={"title": form.cleaned_data["title"]},
            language=form.cleaned_data["language"],
        )
        return redirect("activities:tasks", activity.pk)
    context = {"form": form, "may_create": organisations.exists()}
    return render(request, "activities/plan/plan_create.html", context)


@login_required
@require_GET
def plan_tasks(request: HttpRequest, pk: int) -> HttpResponse:
    activity = get_object_or_404(planned_activity(request.user), pk=pk)
    return _tasks_page(request, activity)


def _tasks_page(
    request: HttpRequest, activity: Activity, missing: list[PlanningTask] | None = None
) -> HttpResponse:
    now = clock.now()
    tasks = planning_tasks(activity, now)
    shown: dict[str, Any] = {
        "activity": activity,
        "title": title_of(activity),
        "tasks": [_shown_task(activity, task) for task in tasks],
        "done": sum(task.progress == Progress.COMPLETE for task in tasks),
        "missing": [_shown_task(activity, task) for task in missing or []],
        "dates": list(activity.dates.all()),
        "now": now,
        "may_change": can_change(request.user, activity),
        "is_draft": activity.status == ActivityStatus.DRAFT,
        "may_discard": planning.is_discardable(activity) and can_discard(request.user, activity),
        "is_awaiting": activity.status == ActivityStatus.AWAITING_APPROVAL,
        "is_hidden": activity.status == ActivityStatus.HIDDEN,
        "is_published": activity.status == ActivityStatus.PUBLISHED,
        "may_approve": can_approve(request.user, activity),
        "may_hide": can_hide(request.user, activity),
    }
    return render(request, "activities/plan/plan_tasks.html", shown)


@login_required
@require_GET
def plan_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the page of the next date as the public will see it."""
    activity = get_object_or_404(planned_activity(request.user), pk=pk)
    now = clock.now()
    date = preview_date(activity, now)
    missing = missing_tasks(activity, now)
    context: dict[str, Any] = {
        "activity": activity,
        "planned_title": title_of(activity),
        "missing": [_shown_task(activity, task) for task in missing],
        "is_draft": activity.status == ActivityStatus.DRAFT,
        "may_change": can_change(request.user, activity),
        "reading_ease": ease_of(activity),
        "may_approve": activity.status == ActivityStatus.AWAITING_APPROVAL
        and can_approve(request.user, activity),
    }
    if date is None:
        return render(request, "activities/plan/plan_preview_early.html", context)
    language = get_language() or "de"
    shown = {
        "card": card_of(date, language=language, now=now),
        "date": date,
        "venue": activity.venue,
        "reading": read(activity, language),
        "others": other_dates(of=date, now=now),
        "is_public": False,
        "address": "",
    }
    return render(request, "activities/plan/plan_preview.html", context | shown)


@login_required
@require_POST
def plan_publish(request: HttpRequest, pk: int) -> HttpResponse:
    activity = get_object_or_404(planned_activity(request.user), pk=pk)
    try:
        activity = planning.publish_activity(actor=request.user, activity_id=pk)
    except planning.NotReady as error:
        return _tasks_page(request, activity, error.missing)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("activities:tasks", pk)
    if activity.status == ActivityStatus.AWAITING_APPROVAL:
        messages.success(
            request,
            _(
                "Thank you. This is the first meeting of your organisation, so a coordinator"
                " looks at it first. You will get a message."
            ),
        )
    else:
        messages.success(request, _("The meeting is published. Everybody can see it now."))
    return redirect("activities:tasks", pk)


@login_required
@require_POST
def plan_approve(request: HttpRequest, pk: int) -> HttpResponse:
    activity = get_object_or_404(planned_activity(request.user), pk=pk)
    try:
        planning.approve_activity(actor=request.user, activity_id=pk)
    except planning.NotReady as error:
        return _tasks_page(request, activity, error.missing)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
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


@login_required
@require_http_methods(["GET", "POST"])
def plan_discard(request: HttpRequest, pk: int) -> HttpResponse:
    activity = get_object_or_404(planned_activity(request.user), pk=pk)
    if request.method == "POST":
        try:
            planning.discard_draft(actor=request.user, activity_id=pk)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("activities:tasks", pk)
        messages.success(request, _("The draft is discarded."))
        return redirect("activities:plan")
    if not planning.is_discardable(activity):
        return redirect("activities:tasks", pk)
    context = {"activity": activity, "title": title_of(activity)}
    return render(request, "activities/plan/plan_discard.html", context)


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
