"""For organisers: whom a date needs to help, who offers it, and the answer."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from miteinander.encounters.activities.forms.together.roles import (
    ALL_DATES,
    RolesForm,
    initial_of,
)
from miteinander.encounters.activities.models import ActivityDate, RoleOffer
from miteinander.encounters.activities.permissions import can_change, can_decide
from miteinander.encounters.activities.queries.planning import (
    coming_dates,
    planned_dates,
    title_of,
)
from miteinander.encounters.activities.queries.roles import (
    gap_at,
    looked_for,
    offers_at,
    offers_seen_by,
    wanted_at,
)
from miteinander.encounters.activities.queries.tasks import LABELS, TaskKey
from miteinander.encounters.activities.services import together
from miteinander.encounters.activities.views.attempts import has_succeeded
from miteinander.encounters.activities.views.tasks import changeable
from miteinander.foundation.core import clock
from miteinander.foundation.ui.formats import day_words
from miteinander.foundation.ui.forms import bound, is_switch


@login_required
@require_http_methods(["GET", "POST"])
def plan_edit_roles(request: HttpRequest, pk: int) -> HttpResponse:
    activity = changeable(request, pk)
    now = clock.now()
    dates = [row for row in coming_dates(activity, now) if not row.has_started(now)]
    chosen = next((row for row in dates if str(row.pk) == request.GET.get("date")), None)

    def make(*args: Any, **kwargs: Any) -> RolesForm:
        return RolesForm(*args, dates=[_choice(row) for row in dates], **kwargs)

    shown = chosen or next(iter(dates), None)
    initial = {"which": str(chosen.pk) if chosen else ALL_DATES}
    form = bound(make, request, initial=initial | (initial_of(wanted_at(shown)) if shown else {}))
    if request.method == "POST" and not is_switch(request) and form.is_valid():
        which = form.cleaned_data["which"]
        keys = [row.pk for row in dates if which in {ALL_DATES, str(row.pk)}]
        try:
            together.set_roles(
                actor=request.user, activity_id=pk, date_ids=keys, counts=form.counts()
            )
        except ValidationError as error:
            form.add_error(None, ValidationError(error.messages))
        else:
            messages.success(request, _("Saved."))
            return redirect("activities:tasks", pk)
    context = {
        "form": form,
        "activity": activity,
        "title": title_of(activity),
        "heading": LABELS[TaskKey.ROLES],
        "has_no_dates": not dates,
    }
    return render(request, "activities/together/plan_roles.html", context)


def _choice(date: ActivityDate) -> tuple[str, str]:
    return str(date.pk), f"{day_words(date.starts_at)}, {localtime(date.starts_at):%H:%M}"


@login_required
@require_GET
def date_helpers(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who offers to help on a date, and which languages are missing there."""
    date = get_object_or_404(planned_dates(request.user), pk=pk)
    if not can_decide(request.user, date.activity):
        raise Http404
    wanted = wanted_at(date)
    context = {
        "date": date,
        "activity": date.activity,
        "title": title_of(date.activity),
        "wanted": wanted,
        "offers": offers_at(date),
        "gap": gap_at(date),
        "looked": looked_for(date, wanted),
        "is_open": not date.is_cancelled and not date.has_started(clock.now()),
        "may_change": can_change(request.user, date.activity),
    }
    return render(request, "activities/together/date_helpers.html", context)


def _answered(
    request: HttpRequest, pk: int, step: Callable[..., RoleOffer], done: str
) -> HttpResponse:
    offer = get_object_or_404(offers_seen_by(request.user), pk=pk)
    has_succeeded(request, partial(step, actor=request.user, offer_id=pk), done)
    return redirect("activities:helpers", offer.date_id)


@login_required
@require_POST
def role_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Say yes."""
    done = _("You said yes. The person is told.")
    return _answered(request, pk, together.confirm_role, done)


@login_required
@require_POST
def role_decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Say no."""
    done = _("You said no. The person is told.")
    return _answered(request, pk, together.decline_role, done)
