"""When and where: several dates and a place on one page; and calling a date off."""

import re
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from miteinander.community.regions.queries import municipalities
from miteinander.encounters.activities.forms.dates import (
    FREE_ROWS,
    LATER,
    ONLINE,
    DatesForm,
    Offer,
    filled_weekly,
    initial_rows,
)
from miteinander.encounters.activities.models import Activity
from miteinander.encounters.activities.permissions import can_change
from miteinander.encounters.activities.queries.planning import (
    planned_dates,
    reach_of,
    title_of,
)
from miteinander.encounters.activities.queries.tasks import LABELS, TaskKey
from miteinander.encounters.activities.services.dates import (
    cancel_date,
    editable_dates,
    set_dates,
    when_and_where_of,
)
from miteinander.encounters.activities.services.locking import ChangedMeanwhile, fingerprint
from miteinander.encounters.activities.views.attempts import has_succeeded
from miteinander.encounters.activities.views.tasks import changeable, refuse_conflict, seen_of
from miteinander.encounters.spaces.queries import venues_of
from miteinander.foundation.core import clock
from miteinander.foundation.ui.forms import bound, is_switch, typed_values

MORE, WEEKLY = "more", "weekly"


def _row_count(data: QueryDict, stored: int) -> int:
    """Return how many rows to show: what was shown, or all dates and some free rows."""
    asked = data.get("rows", "")
    count = int(asked) if re.fullmatch(r"[0-9]{1,3}", asked) else 0
    return max(count, stored + 1, FREE_ROWS) + (FREE_ROWS if MORE in data else 0)


def _initial(activity: Activity, present: str) -> dict[str, Any]:
    now = clock.now()
    undecided = LATER if activity.dates.all() else ""
    place = str(activity.venue_id or "") or (ONLINE if activity.is_online else undecided)
    return {
        **initial_rows(editable_dates(activity, now)),
        "place": place,
        "is_online": activity.is_online and bool(activity.venue_id),
        "online_url": activity.online_url,
        "seen": present,
    }


def _helped(form: DatesForm, make: Any, request: HttpRequest) -> DatesForm:
    """Return the form as it was typed, with more rows or with rows filled in."""
    typed = typed_values(form, request.POST)
    if WEEKLY in request.POST:
        typed = filled_weekly(typed, form.row_count)
    typed["rows"] = form.row_count
    made: DatesForm = make(initial={**form.initial, **typed})
    return made


@login_required
@require_http_methods(["GET", "POST"])
def plan_edit_dates(request: HttpRequest, pk: int) -> HttpResponse:
    activity = changeable(request, pk)
    if activity.is_standing:
        return redirect("activities:edit_opening", pk)
    now = clock.now()
    present = fingerprint(when_and_where_of(activity, now))
    row_count = _row_count(request.POST, len(editable_dates(activity, now)))

    offer = Offer(
        venues=list(venues_of(request.user, activity.organisation_id)),
        municipalities=municipalities(),
        can_remove=activity.published_at is None,
    )

    def make(*args: Any, **kwargs: Any) -> DatesForm:
        return DatesForm(
            *args,
            offer=offer,
            row_count=row_count,
            **kwargs,
        )

    form = bound(make, request, initial=_initial(activity, present))
    has_conflict = False
    if {MORE, WEEKLY} & set(request.POST):
        form = _helped(form, make, request)
    elif request.method == "POST" and not is_switch(request) and form.is_valid():
        has_conflict = not _saved(request, pk, form, present)
        if not form.errors:
            messages.success(request, _("Saved."))
            return redirect("activities:tasks", pk)
    context = {
        "form": form,
        "activity": activity,
        "title": title_of(activity),
        "heading": LABELS[TaskKey.DATES],
        "has_conflict": has_conflict,
        "stored_dates": editable_dates(activity, now) if has_conflict else [],
    }
    return render(request, "activities/plan/plan_dates.html", context)


def _saved(request: HttpRequest, pk: int, form: DatesForm, present: str) -> bool:
    """Save dates and place; False means that somebody else was faster."""
    try:
        set_dates(
            actor=request.user,
            activity_id=pk,
            rows=form.planned,
            place=form.chosen_place,
            seen=seen_of(form),
        )
    except ChangedMeanwhile:
        refuse_conflict(form, present)
        return False
    except ValidationError as error:
        form.add_error(None, ValidationError(error.messages))
    return True


@login_required
@require_http_methods(["GET", "POST"])
def plan_cancel_date(request: HttpRequest, pk: int) -> HttpResponse:
    date = get_object_or_404(planned_dates(request.user), pk=pk)
    if not can_change(request.user, date.activity):
        return redirect("activities:tasks", date.activity_id)
    if request.method == "POST":
        cancel = partial(cancel_date, actor=request.user, date_id=pk)
        has_succeeded(request, cancel, _("The date is cancelled."))
        return redirect("activities:tasks", date.activity_id)
    context = {
        "date": date,
        "activity": date.activity,
        "title": title_of(date.activity),
        "reach": reach_of(date),
    }
    return render(request, "activities/plan/plan_cancel_date.html", context)
