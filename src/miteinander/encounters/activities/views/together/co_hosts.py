"""Inviting together: asking another organisation, its answer, and the end of it."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from miteinander.encounters.activities.forms.together.co_hosts import CoHostForm
from miteinander.encounters.activities.models import CoHost
from miteinander.encounters.activities.permissions import (
    CONCERNED,
    can_answer_co_host,
    can_end_co_host,
)
from miteinander.encounters.activities.queries.co_hosts import askable, co_hosts_seen_by
from miteinander.encounters.activities.queries.planning import title_of
from miteinander.encounters.activities.queries.tasks import LABELS, TaskKey
from miteinander.encounters.activities.services import together
from miteinander.encounters.activities.views.attempts import has_succeeded
from miteinander.encounters.activities.views.tasks import changeable
from miteinander.foundation.ui.forms import bound, is_switch


@login_required
@require_http_methods(["GET", "POST"])
def plan_edit_together(request: HttpRequest, pk: int) -> HttpResponse:
    activity = changeable(request, pk)
    form = bound(CoHostForm, request, organisations=askable(activity))
    if request.method == "POST" and not is_switch(request) and form.is_valid():
        try:
            together.ask_co_host(
                actor=request.user,
                activity_id=pk,
                organisation_id=form.cleaned_data["organisation"].pk,
            )
        except ValidationError as error:
            form.add_error(None, ValidationError(error.messages))
        else:
            messages.success(request, _("The organisation is asked. Its members get a mail."))
            return redirect("activities:edit_together", pk)
    rows = list(activity.co_hosts.all())
    context = {
        "form": form,
        "activity": activity,
        "title": title_of(activity),
        "heading": LABELS[TaskKey.TOGETHER],
        "rows": rows,
        "may_ask": sum(row.status in CONCERNED for row in rows) < together.MOST,
    }
    return render(request, "activities/together/plan_together.html", context)


def _seen(request: HttpRequest, pk: int) -> CoHost:
    return get_object_or_404(co_hosts_seen_by(request.user), pk=pk)


@login_required
@require_POST
def plan_agree(request: HttpRequest, pk: int) -> HttpResponse:
    """Invite to it together."""
    _seen(request, pk)
    step = partial(together.answer_co_host, actor=request.user, co_host_id=pk, agrees=True)
    has_succeeded(request, step, _("You invite together now. Everybody sees both names."))
    return redirect("activities:plan")


@login_required
@require_POST
def plan_decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Say no."""
    _seen(request, pk)
    step = partial(together.answer_co_host, actor=request.user, co_host_id=pk, agrees=False)
    has_succeeded(request, step, _("You said no. The other organisation is told."))
    return redirect("activities:plan")


@login_required
@require_POST
def plan_end_together(request: HttpRequest, pk: int) -> HttpResponse:
    """End it, from either side."""
    rows = CoHost.objects.select_related("activity__organisation", "organisation")
    co_host = get_object_or_404(rows, pk=pk)
    if not can_end_co_host(request.user, co_host):
        raise Http404
    answers = can_answer_co_host(request.user, co_host)
    step = partial(together.end_co_host, actor=request.user, co_host_id=pk)
    has_succeeded(request, step, _("Ended. The other organisation is told."))
    if answers:
        return redirect("activities:plan")
    return redirect("activities:edit_together", co_host.activity_id)
