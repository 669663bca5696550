"""How the public will see an occasion."""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from miteinander.encounters.activities.cards import card_of
from miteinander.encounters.activities.enums import ActivityStatus
from miteinander.encounters.activities.models import Activity, ActivityDate
from miteinander.encounters.activities.permissions import can_approve, can_change
from miteinander.encounters.activities.queries.giving import giving_sentences
from miteinander.encounters.activities.queries.planning import (
    planned_activity,
    preview_date,
    previewed_activity,
    title_of,
)
from miteinander.encounters.activities.queries.public import other_dates
from miteinander.encounters.activities.queries.tasks import missing_tasks
from miteinander.encounters.activities.views.planning.task_list import shown_task
from miteinander.encounters.activities.views.standing import offer_page
from miteinander.encounters.activities.views.tasks import ease_of
from miteinander.foundation.content.queries import read
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import Actor


@login_required
@require_GET
def plan_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the page of the next date as the public will see it."""
    activity = get_object_or_404(previewed_activity(request.user), pk=pk)
    if activity.is_template:
        return redirect("activities:tasks", pk)
    now = clock.now()
    context = _planning_side(request.user, activity, now)
    if activity.is_standing:
        context |= offer_page(request, activity) | {"is_public": False}
        return render(request, "activities/standing/preview.html", context)
    date = preview_date(activity, now)
    if date is None:
        return render(request, "activities/plan/plan_preview_early.html", context)
    context |= _public_side(activity, date, now)
    return render(request, "activities/plan/plan_preview.html", context)


def _planning_side(actor: Actor, activity: Activity, now: datetime) -> dict[str, Any]:
    """Return what stands around the preview: what is missing, and what may be done."""
    is_planned = planned_activity(actor).filter(pk=activity.pk).exists()
    missing = missing_tasks(activity, now) if is_planned else []
    is_awaiting = activity.status == ActivityStatus.AWAITING_APPROVAL
    return {
        "activity": activity,
        "planned_title": title_of(activity),
        "missing": [shown_task(activity, task) for task in missing],
        "giving": [] if activity.is_standing else giving_sentences(activity),
        "is_planned": is_planned,
        "is_draft": activity.status == ActivityStatus.DRAFT,
        "may_change": can_change(actor, activity),
        "reading_ease": ease_of(activity),
        "may_approve": is_awaiting and can_approve(actor, activity),
    }


def _public_side(activity: Activity, date: ActivityDate, now: datetime) -> dict[str, Any]:
    """Return what the public page of ``date`` shows."""
    language = get_language() or "de"
    return {
        "card": card_of(date, language=language, now=now),
        "date": date,
        "venue": activity.venue,
        "reading": read(activity, language),
        "others": other_dates(of=date, now=now),
        "is_public": False,
        "address": "",
    }
