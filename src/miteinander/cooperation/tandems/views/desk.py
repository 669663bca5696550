"""The desk of coordinators: who waits, talks, calls for help, and the matching."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from miteinander.cooperation.tandems.enums import SeekerStatus
from miteinander.cooperation.tandems.forms.tandem import TalkForm
from miteinander.cooperation.tandems.models import CheckIn, SafetyReport, Seeker
from miteinander.cooperation.tandems.pages import answers_of
from miteinander.cooperation.tandems.pages_desk import matching_page
from miteinander.cooperation.tandems.queries import seekers as queries
from miteinander.cooperation.tandems.queries import tandems
from miteinander.cooperation.tandems.services import answering, ending, life, matching, seekers
from miteinander.cooperation.tandems.services.questionnaire import is_minor
from miteinander.foundation.core.pagination import page_of
from miteinander.foundation.core.permissions import can
from miteinander.foundation.ui.forms import bound
from miteinander.foundation.ui.steps import has_done, is_sent, key_of, only, refused


@never_cache
@login_required
@require_GET
def tandem_overview(request: HttpRequest) -> HttpResponse:
    """Show who waits, who calls, and who meets."""
    only(request, "tandems.open_overview")
    state = request.GET.get("state", "")
    found = queries.seekers_seen(actor=request.user, state=state)
    context = {
        "numbers": queries.numbers_of(actor=request.user),
        "links": page_of(found, request.GET), "state": state, "states": SeekerStatus,
        "reports": tandems.reports_open(actor=request.user),
        "calls": tandems.calls_open(actor=request.user),
    }  # fmt: skip
    return render(request, "tandems/desk/overview.html", context)


def _seeker(request: HttpRequest, pk: int) -> Seeker:
    return get_object_or_404(queries.seekers_seen(actor=request.user, state=""), pk=pk)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def seeker_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what somebody wishes and gives, and note that a talk took place."""
    only(request, "tandems.open_overview")
    seeker = _seeker(request, pk)
    form = bound(TalkForm, request)

    def note() -> None:
        seekers.note_talk(actor=request.user, seeker_id=pk, talk=form.talk())

    may_note = can(request.user, "tandems.note_talk", seeker)
    if request.method == "POST" and not may_note:
        raise Http404
    if is_sent(request, form) and has_done(form, note):
        messages.success(request, _("Noted. This person is in the pool now."))
        return redirect("tandems:seeker", pk)
    context = {
        "seeker": seeker, "answers": answers_of(seeker), "form": form, "may_note": may_note,
        "is_minor": is_minor(seeker),
    }  # fmt: skip
    return render(request, "tandems/desk/seeker.html", context)


@never_cache
@login_required
@require_POST
def seeker_contact(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how to reach somebody; that it was looked up is recorded."""
    only(request, "tandems.open_overview")
    _seeker(request, pk)
    opened = seekers.open_contact(actor=request.user, seeker_id=pk)
    return render(request, "tandems/desk/contact.html", {"seeker": opened})


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def matching_run(request: HttpRequest) -> HttpResponse:
    """Begin a matching, and show what the last one suggests before anybody is asked."""
    only(request, "tandems.match")
    if request.method == "POST":
        wrong = refused(lambda: matching.start_matching(actor=request.user))
        if wrong:
            messages.error(request, wrong)
        return redirect("tandems:matching")
    return render(request, "tandems/desk/matching.html", matching_page(request))


@login_required
@require_POST
def matching_propose(request: HttpRequest) -> HttpResponse:
    """Ask the people of the suggestions that were ticked."""
    only(request, "tandems.match")
    may = set(tandems.suggestions(actor=request.user).values_list("pk", flat=True))
    chosen = [key for typed in request.POST.getlist("tandem") if (key := key_of(typed)) in may]
    problems = [
        refused(partial(answering.propose, actor=request.user, tandem_id=key))
        for key in dict.fromkeys(chosen)
    ]
    for problem in dict.fromkeys(filter(None, problems)):
        messages.error(request, problem)
    asked = problems.count("")
    told = ngettext("%(count)d tandem was asked.", "%(count)d tandems were asked.", asked)
    messages.success(request, told % {"count": asked})
    return redirect("tandems:matching")


@login_required
@require_POST
def suggestion_drop(request: HttpRequest, pk: int) -> HttpResponse:
    only(request, "tandems.match")
    found = get_object_or_404(tandems.suggestions(actor=request.user), pk=pk)
    matching.drop_suggestion(actor=request.user, tandem_id=found.pk)
    messages.success(request, _("Taken off the list. Nobody has heard of it."))
    return redirect("tandems:matching")


@never_cache
@login_required
@require_GET
def tandem_list(request: HttpRequest) -> HttpResponse:
    """List tandems with their state; what members write to each other is theirs."""
    only(request, "tandems.open_overview")
    state = request.GET.get("state", "")
    found = tandems.tandems_overseen(actor=request.user, state=state)
    context = {"links": page_of(found, request.GET), "state": state, "states": tandems.SHOWN}
    return render(request, "tandems/desk/tandems.html", context)


@login_required
@require_POST
def report_settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that a coordinator has talked about a call for help."""
    report = get_object_or_404(SafetyReport.objects.select_related("tandem"), pk=pk)
    if not can(request.user, "tandems.settle", report.tandem):
        raise Http404
    may_go_on = "go_on" in request.POST
    ending.settle_report(actor=request.user, report_id=pk, may_go_on=may_go_on)
    messages.success(request, _("Saved."))
    return redirect("tandems:overview")


@login_required
@require_POST
def check_settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that a coordinator has talked with somebody who is stuck."""
    check = get_object_or_404(CheckIn.objects.select_related("member__tandem"), pk=pk)
    if not can(request.user, "tandems.settle", check.member.tandem):
        raise Http404
    life.settle_check(actor=request.user, check_id=pk)
    messages.success(request, _("Saved."))
    return redirect("tandems:overview")
