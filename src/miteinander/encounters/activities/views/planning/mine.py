"""My planning page: what is planned, and beginning something new."""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_http_methods

from miteinander.community.organisations.enums import OrganisationStatus
from miteinander.encounters.activities.enums import ActivityStatus
from miteinander.encounters.activities.forms.planning import NewActivityForm
from miteinander.encounters.activities.models import Activity
from miteinander.encounters.activities.queries.co_hosts import open_questions
from miteinander.encounters.activities.queries.planning import (
    HEADINGS,
    coming_dates,
    plannable_organisations,
    planned_activities,
    planning_of,
    templates_for,
    title_of,
)
from miteinander.encounters.activities.services import planning
from miteinander.foundation.core import clock
from miteinander.foundation.core.pagination import page_of
from miteinander.foundation.ui.forms import bound, is_switch

MOST_TEMPLATES = 40  # shown to begin from; who coordinates a whole district has many
MOST_QUESTIONS = 20  # to invite together; a coordinator sees those of a whole district
NEXT_DATES = 3  # of each meeting in the list; its own page has them all
FEW = 3  # organisations whose calendars are offered right away; others have it on their page


def _listed(activity: Activity, rank: int, now: datetime, *, is_own: bool) -> dict[str, Any]:
    dates = coming_dates(activity, now)
    may_copy = (
        is_own
        and activity.status != ActivityStatus.HIDDEN
        and activity.organisation.status != OrganisationStatus.HIDDEN
    )
    return {
        "activity": activity,
        "may_copy": may_copy,
        "heading": HEADINGS[rank],
        "title": title_of(activity),
        "dates": dates[:NEXT_DATES],
        "later": len(dates[NEXT_DATES:]),
        "has_feedback": may_copy and any(row.has_ended(now) for row in activity.dates.all()),
    }


@login_required
@require_GET
def plan_list(request: HttpRequest) -> HttpResponse:
    now = clock.now()
    links = page_of(planned_activities(request.user, now), request.GET)
    mine = planning_of(request.user, list(links.page), FEW)
    rows = [
        _listed(one, one.state_rank, now, is_own=one.organisation_id in mine.own)
        for one in links.page
    ]
    context = {
        "rows": rows,
        "links": links,
        "questions": [
            {"co_host": row, "title": title_of(row.activity)}
            for row in open_questions(request.user)[: MOST_QUESTIONS * mine.may_be_asked]
        ],
        "may_create": mine.is_any,
        "organisations": mine.shown,
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
            is_standing=form.cleaned_data["kind"] == "standing",
        )
        return redirect("activities:tasks", activity.pk)
    templates = templates_for(request.user)[:MOST_TEMPLATES]
    context = {
        "form": form,
        "may_create": organisations.exists(),
        "templates": [{"activity": row, "title": title_of(row)} for row in templates],
    }
    return render(request, "activities/plan/plan_create.html", context)
