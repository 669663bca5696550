"""For coordinators: who is interested, the invitation to a talk, and what came of it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from miteinander.cooperation.guides.enums import InterestStatus
from miteinander.cooperation.guides.forms.figures import FigureForm
from miteinander.cooperation.guides.forms.interest import DecisionForm, TalkForm
from miteinander.cooperation.guides.models import Interest
from miteinander.cooperation.guides.queries import courses, figures, interests, requests
from miteinander.cooperation.guides.queries.assignments import talks_wanted
from miteinander.cooperation.guides.services import figures as figure_services
from miteinander.cooperation.guides.services import interests as interest_services
from miteinander.foundation.content.queries import read
from miteinander.foundation.core import clock
from miteinander.foundation.core.pagination import page_of
from miteinander.foundation.core.permissions import can
from miteinander.foundation.ui.forms import bound
from miteinander.foundation.ui.steps import has_done, is_sent, only


@login_required
@require_GET
def guide_overview(request: HttpRequest) -> HttpResponse:
    only(request, "guides.open_overview")
    context = {
        "open_count": interests.open_interest_count(actor=request.user),
        "talks": talks_wanted(actor=request.user),
        "request_count": requests.open_request_count(actor=request.user),
        "curricula": courses.curricula(actor=request.user),
        "organisations": courses.organisations_to_teach_for(actor=request.user),
        "courses": [
            (course, read(course.activity, get_language() or "de"))
            for course in courses.courses(actor=request.user)
        ],
        "may_enter_figures": can(request.user, "guides.enter_figure"),
    }
    return render(request, "guides/coordination/overview.html", context)


@never_cache
@login_required
@require_GET
def interest_list(request: HttpRequest) -> HttpResponse:
    only(request, "guides.open_overview")
    status = request.GET.get("status", "")
    chosen = status if status in InterestStatus.values else ""
    found = interests.interested_people(actor=request.user, status=chosen)
    states = [row for row in InterestStatus if row != InterestStatus.WITHDRAWN]
    context = {"links": page_of(found, request.GET), "states": states, "chosen": chosen}
    return render(request, "guides/coordination/interested.html", context)


def _interest(request: HttpRequest, pk: int) -> Interest:
    found = interests.interested_people(actor=request.user)
    return get_object_or_404(found, pk=pk)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def interest_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Invite somebody to a talk, and see how it stands."""
    interest = _interest(request, pk)
    form = bound(TalkForm, request, initial=_talk_of(interest))

    def invite() -> None:
        interest_services.invite_to_talk(actor=request.user, interest_id=pk, talk=form.talk())

    if is_sent(request, form) and has_done(form, invite):
        messages.success(request, _("The invitation is saved."))
        return redirect("guides:interest_detail", pk)
    decisions = [InterestStatus(row) for row in interest_services.DECISIONS]
    context = {"interest": interest, "form": form, "decisions": decisions}
    return render(request, "guides/coordination/interest.html", context)


def _talk_of(interest: Interest) -> dict[str, Any]:
    if interest.talk_at is None:
        return {}
    local = clock.local(interest.talk_at)
    return {
        "day": local.date(), "start": local.time(), "way": interest.talk_way,
        "place": interest.talk_place,
    }  # fmt: skip


@login_required
@require_POST
def interest_decide(request: HttpRequest, pk: int) -> HttpResponse:
    _interest(request, pk)
    form = DecisionForm(request.POST)
    if form.is_valid() and has_done(
        form,
        lambda: interest_services.decide_interest(
            actor=request.user, interest_id=pk, status=form.cleaned_data["status"]
        ),
    ):
        messages.success(request, _("Saved."))
    else:
        messages.error(request, _("Choose suitable, later or not."))
    return redirect("guides:interest_detail", pk)


@never_cache
@login_required
@require_POST
def interest_contact(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how to reach one person; that it was looked up is recorded."""
    _interest(request, pk)
    interest = interest_services.open_interest_contact(actor=request.user, interest_id=pk)
    return render(request, "guides/coordination/contact.html", {"interest": interest})


@login_required
@require_http_methods(["GET", "POST"])
def figure_list(request: HttpRequest) -> HttpResponse:
    only(request, "guides.enter_figure")
    form = bound(FigureForm, request)

    def enter() -> None:
        figure_services.enter_figure(actor=request.user, figure=form.figure())

    if is_sent(request, form) and has_done(form, enter):
        messages.success(request, _("Saved."))
        return redirect("guides:figures")
    now = figures.figures_on(clock.today())
    rows = [(row, now.get(row.key) == row) for row in figures.figures()]
    return render(request, "guides/coordination/figures.html", {"form": form, "rows": rows})
