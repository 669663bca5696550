"""What was agreed with a guide: the list, one assignment, the report, and a call for a talk."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from miteinander.cooperation.guides.enums import AssignmentStatus
from miteinander.cooperation.guides.forms.asking import AssignmentReportForm, WordsForm
from miteinander.cooperation.guides.models import Assignment
from miteinander.cooperation.guides.pages import assignment_page
from miteinander.cooperation.guides.queries import assignments as queries
from miteinander.cooperation.guides.queries.network import guide_of
from miteinander.cooperation.guides.services import assignments, relay
from miteinander.foundation.core import clock
from miteinander.foundation.core.pagination import page_of
from miteinander.foundation.core.permissions import can
from miteinander.foundation.ui.forms import bound
from miteinander.foundation.ui.steps import has_done, is_sent, refused


@never_cache
@login_required
@require_GET
def assignment_list(request: HttpRequest) -> HttpResponse:
    """List what a guide is asked for, takes, and took."""
    guide = guide_of(request.user.pk) if request.user.pk else None
    if guide is None:
        raise Http404
    found = queries.own_assignments(guide)
    context = {
        "asks": queries.open_asks_of(guide), "links": page_of(found, request.GET),
        "now": clock.now(),
    }  # fmt: skip
    return render(request, "guides/assignments/list.html", context)


def seen_or_404(request: HttpRequest, pk: int) -> Assignment:
    """Return an assignment the reader may know of."""
    return get_object_or_404(queries.assignments_seen(actor=request.user), pk=pk)


@never_cache
@login_required
@require_GET
def assignment_detail(request: HttpRequest, pk: int) -> HttpResponse:
    return assignment_page(request, seen_or_404(request, pk), WordsForm.fresh())


@never_cache
@login_required
@require_POST
def assignment_contact(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the guide whom to reach; that it was looked up is recorded."""
    row = seen_or_404(request, pk)
    if not can(request.user, "guides.open_assignment_contact", row):
        raise Http404
    contacts = relay.open_assignment_contact(actor=request.user, assignment_id=pk)
    context = {"assignment": row, "contacts": contacts}
    return render(request, "guides/assignments/contact.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def assignment_report(request: HttpRequest, pk: int) -> HttpResponse:
    row = seen_or_404(request, pk)
    begin = {"minutes": row.request.minutes, "kilometres": 0, "status": AssignmentStatus.HAPPENED}
    form = bound(AssignmentReportForm, request, initial=begin)

    def report() -> None:
        assignments.report(actor=request.user, assignment_id=pk, report=form.report())

    if is_sent(request, form) and has_done(form, report):
        messages.success(request, _("Thank you. Your report is noted."))
        return redirect("guides:assignment", pk)
    return render(request, "guides/assignments/report.html", {"assignment": row, "form": form})


def _step(
    request: HttpRequest, pk: int, step: Callable[..., Assignment], told: str
) -> HttpResponse:
    """Take one step on an assignment, and say what came of it."""
    wrong = refused(lambda: step(actor=request.user, assignment_id=pk))
    if wrong:
        messages.error(request, wrong)
    else:
        messages.success(request, told)
    return redirect("guides:assignment", pk)


@login_required
@require_POST
def assignment_give_back(request: HttpRequest, pk: int) -> HttpResponse:
    seen_or_404(request, pk)
    told = _("Thank you for telling us. We ask somebody else.")
    return _step(request, pk, assignments.give_back, told)


@login_required
@require_POST
def assignment_talk(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for a talk; nobody but the guide of an assignment does that."""
    if not can(request.user, "guides.call_for_talk", seen_or_404(request, pk)):
        raise Http404
    told = _("A coordinator calls you or writes to you soon.")
    return _step(request, pk, assignments.call_for_talk, told)


@login_required
@require_POST
def assignment_talked(request: HttpRequest, pk: int) -> HttpResponse:
    if not can(request.user, "guides.note_talk", seen_or_404(request, pk)):
        raise Http404
    return _step(request, pk, assignments.note_talk, _("Saved."))
