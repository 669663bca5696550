"""Closing the sign-up of a date, and opening it again."""

from collections.abc import Callable
from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from miteinander.encounters.activities.models import ActivityDate
from miteinander.encounters.activities.permissions import can_change
from miteinander.encounters.activities.queries.planning import planned_dates
from miteinander.encounters.activities.services import seats
from miteinander.encounters.activities.views.attempts import has_succeeded


def _moved(
    request: HttpRequest, pk: int, step: Callable[..., ActivityDate], done: str
) -> HttpResponse:
    date = get_object_or_404(planned_dates(request.user), pk=pk)
    if not can_change(request.user, date.activity):
        raise Http404
    has_succeeded(request, partial(step, actor=request.user, date_id=pk), done)
    return redirect("activities:asked", pk)


@login_required
@require_POST
def date_close_sign_up(request: HttpRequest, pk: int) -> HttpResponse:
    return _moved(request, pk, seats.close_sign_up, _("The sign-up is closed."))


@login_required
@require_POST
def date_open_sign_up(request: HttpRequest, pk: int) -> HttpResponse:
    done = _("The sign-up is open again. Free seats go to those who wait.")
    return _moved(request, pk, seats.open_sign_up, done)
