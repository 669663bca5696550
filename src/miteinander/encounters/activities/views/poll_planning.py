"""Asking people when, as those who plan do it: proposing, sharing, inviting, choosing."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from miteinander.encounters.activities.enums import PollGuests, PollStatus
from miteinander.encounters.activities.forms.dates import FREE_ROWS
from miteinander.encounters.activities.forms.polls import AskGuestsForm, ChooseForm, ProposeForm
from miteinander.encounters.activities.models import Activity, DatePoll
from miteinander.encounters.activities.permissions import can_change, is_askable
from miteinander.encounters.activities.queries import polls as queries
from miteinander.encounters.activities.queries.planning import title_of
from miteinander.encounters.activities.services import polls
from miteinander.encounters.activities.views.attempts import has_succeeded
from miteinander.encounters.activities.views.dates import MORE
from miteinander.encounters.activities.views.tasks import changeable
from miteinander.foundation.core import clock
from miteinander.foundation.ui.forms import bound, is_switch, typed_values


@login_required
@require_GET
def plan_poll(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how the answers stand, and what can be done next."""
    activity = get_object_or_404(queries.polled_activity(request.user), pk=pk)
    poll = queries.latest_poll(activity)
    if poll is None:
        return redirect("activities:propose", pk)
    poll.activity = activity
    return render(request, "activities/polls/plan_poll.html", _state_of(request, poll))


def _state_of(request: HttpRequest, poll: DatePoll) -> dict[str, Any]:
    now = clock.now()
    results = queries.results_of(poll, now)
    may_change = can_change(request.user, poll.activity) and is_askable(poll.activity)
    is_open = poll.takes_answers(now)
    reach = {
        whom: queries.people_to_ask(poll, whom, now).count() if is_open and may_change else 0
        for whom in PollGuests.values
    }
    return {
        "poll": poll,
        "activity": poll.activity,
        "title": title_of(poll.activity),
        "results": results,
        "best": queries.best_of(results),
        "answer_count": poll.answers.count(),
        "is_open": is_open,
        "is_undecided": poll.status == PollStatus.OPEN,
        "may_change": may_change,
        "reach": [(PollGuests(whom), count) for whom, count in reach.items() if count],
        "address": request.build_absolute_uri(_shared_path(poll)),
    }


def _shared_path(poll: DatePoll) -> str:
    """Return the way to the poll without a language, so that everybody gets their own."""
    with translation.override(settings.LANGUAGE_CODE):
        path = reverse("activities:poll", args=[poll.token])
    return path.removeprefix(f"/{settings.LANGUAGE_CODE}")


@login_required
@require_http_methods(["GET", "POST"])
def plan_propose(request: HttpRequest, pk: int) -> HttpResponse:
    activity = changeable(request, pk)
    if not is_askable(activity):
        messages.error(
            request,
            _("You can ask people once a coordinator has approved your first meeting."),
        )
        return redirect("activities:tasks", pk)
    rows = FREE_ROWS * 2 if MORE in request.POST or "day_6" in request.POST else FREE_ROWS
    make = partial(ProposeForm, row_count=rows)
    form = bound(make, request)
    if MORE in request.POST:
        form = make(initial={**typed_values(form, request.POST), "rows": rows})
    elif request.method == "POST" and not is_switch(request) and form.is_valid():
        try:
            polls.propose_dates(
                actor=request.user, activity_id=pk, rows=form.planned, closes_at=form.closes_at()
            )
        except ValidationError as error:
            form.add_error("until" if error.code in {"close_past", "close_late"} else None, error)
        else:
            messages.success(request, _("Saved. Now pass the link on."))
            return redirect("activities:plan_poll", pk)
    context = {"form": form, "activity": activity, "title": title_of(activity), "most": polls.MOST}
    return render(request, "activities/polls/plan_propose.html", context)


def _poll(request: HttpRequest, pk: int) -> DatePoll:
    poll = get_object_or_404(queries.planned_polls(request.user), pk=pk)
    if not can_change(request.user, poll.activity):
        raise Http404
    return poll


def _step(
    request: HttpRequest, activity: Activity, step: Callable[[], object], done: str
) -> HttpResponse:
    has_succeeded(request, step, done)
    return redirect("activities:plan_poll", activity.pk)


@login_required
@require_POST
def poll_decide(request: HttpRequest, pk: int) -> HttpResponse:
    poll = _poll(request, pk)
    form = ChooseForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please choose one of the dates."))
        return redirect("activities:plan_poll", poll.activity_id)
    decide = partial(
        polls.decide_poll, actor=request.user, poll_id=pk, poll_date_id=form.cleaned_data["date"]
    )
    return _step(request, poll.activity, decide, _("The date is set."))


@login_required
@require_POST
def poll_ask(request: HttpRequest, pk: int) -> HttpResponse:
    poll = _poll(request, pk)
    form = AskGuestsForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please choose one of the answers."))
        return redirect("activities:plan_poll", poll.activity_id)
    ask = partial(
        polls.ask_people_of_before, actor=request.user, poll_id=pk, whom=form.cleaned_data["whom"]
    )
    return _step(request, poll.activity, ask, _("The mails are on their way."))


@login_required
@require_POST
def poll_stop(request: HttpRequest, pk: int) -> HttpResponse:
    poll = _poll(request, pk)
    stop = partial(polls.stop_poll, actor=request.user, poll_id=pk)
    return _step(request, poll.activity, stop, _("You do not ask people any more."))
