"""Hours: what waits for coordinators, the year of one guide, a correction, the statement."""

import re
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from miteinander.cooperation.guides import papers_hours as papers
from miteinander.cooperation.guides.forms.hours import CorrectionForm, ReportForm
from miteinander.cooperation.guides.models import Guide
from miteinander.cooperation.guides.permissions_payments import paid_guides
from miteinander.cooperation.guides.queries import hours as sums
from miteinander.cooperation.guides.queries.network import Wanted, guide_of, guides_seen
from miteinander.cooperation.guides.queries.payments import budget_uses
from miteinander.cooperation.guides.services import hours
from miteinander.cooperation.guides.views.subsidy import file_answer
from miteinander.foundation.core import clock
from miteinander.foundation.core.pagination import page_of
from miteinander.foundation.core.permissions import can
from miteinander.foundation.ui.forms import bound
from miteinander.foundation.ui.paper import missing_parts
from miteinander.foundation.ui.steps import has_done, is_sent, key_of, only

AT_ONCE = 100


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def hours_list(request: HttpRequest) -> HttpResponse:
    """List hours that wait; one press decides about all that were chosen."""
    only(request, "guides.open_overview")
    if request.method == "POST":
        _decide(request)
        return redirect("guides:hours")
    found = sums.hours_to_decide(actor=request.user)
    uses = budget_uses(actor=request.user, year=clock.today().year)
    context = {"links": page_of(found, request.GET), "uses": uses}
    return render(request, "guides/hours/list.html", context)


def _decide(request: HttpRequest) -> None:
    """Decide about each of the chosen hours; what one refuses does not stop the others."""
    keys = {key_of(typed) for typed in request.POST.getlist("hours")[:AT_ONCE]}
    waiting = sums.hours_to_decide(actor=request.user).filter(pk__in=keys)
    done, wrong = 0, set()
    for key in waiting.values_list("pk", flat=True):
        try:
            if "refuse" in request.POST:
                hours.refuse_hours(actor=request.user, hours_id=key)
            else:
                is_paid = "unpaid" not in request.POST
                hours.confirm_hours(actor=request.user, hours_id=key, is_paid=is_paid)
        except ValidationError as error:
            wrong.update(error.messages)
        else:
            done += 1
    for text in sorted(wrong):
        messages.error(request, text)
    if done:
        told = ngettext("%(count)d entry decided.", "%(count)d entries decided.", done)
        messages.success(request, told % {"count": done})
    elif not wrong:
        messages.error(request, _("Choose at least one entry that waits."))


@never_cache
@login_required
@require_GET
def hours_mine(request: HttpRequest) -> HttpResponse:
    """Lead a guide to the own hours."""
    guide = guide_of(request.user.pk) if request.user.pk else None
    if guide is None:
        raise Http404
    return redirect("guides:hours_of", guide.pk)


def _guide(request: HttpRequest, pk: int) -> Guide:
    found = guides_seen(actor=request.user, day=clock.today(), wanted=Wanted(state="every"))
    return get_object_or_404(found, pk=pk)


def _page(request: HttpRequest, guide: Guide, form: Any) -> HttpResponse:
    found = sums.hours_of(guide_id=guide.pk)
    context = {
        "guide": guide,
        "is_own": guide.person_id == request.user.pk,
        "may_decide": can(request.user, "guides.decide_hours", guide),
        "year": sums.year_of(guide, clock.today()),
        "links": page_of(found, request.GET),
        "quarters": papers.last_quarters(clock.today()),
        "can_print": not missing_parts(),
        "form": form,
    }
    return render(request, "guides/hours/guide.html", context)


@never_cache
@login_required
@require_GET
def hours_of_guide(request: HttpRequest, pk: int) -> HttpResponse:
    guide = _guide(request, pk)
    return _page(request, guide, ReportForm(initial={"day": clock.today()}))


@never_cache
@login_required
@require_POST
def hours_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Take other time a guide reports."""
    guide = _guide(request, pk)
    if not can(request.user, "guides.report_hours", guide):
        raise Http404
    form = bound(ReportForm, request)

    def report() -> None:
        hours.report_hours(actor=request.user, guide_id=pk, **form.cleaned_data)

    if is_sent(request, form) and has_done(form, report):
        messages.success(request, _("Saved."))
        return redirect("guides:hours_of", pk)
    return _page(request, guide, form)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def hours_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct one entry; what stood there stays readable."""
    row = get_object_or_404(sums.hours_to_decide(actor=request.user, statuses=sums.COUNTED), pk=pk)
    begin = {"minutes": row.minutes, "kilometres": row.kilometres}
    form = bound(CorrectionForm, request, initial=begin)

    def correct() -> None:
        hours.correct_hours(actor=request.user, hours_id=pk, **form.cleaned_data)

    if is_sent(request, form) and has_done(form, correct):
        messages.success(request, _("Saved."))
        return redirect("guides:hours_of", row.guide_id)
    return render(request, "guides/hours/correct.html", {"hours": row, "form": form})


def quarter_of_address(request: HttpRequest) -> date:
    """Read the first day of a quarter from the address; the present one where none is named."""
    named = re.fullmatch(r"(20[0-9]{2})-([1-4])", request.GET.get("quarter", ""))
    if named is None:
        return papers.quarter_of(clock.today())
    return date(int(named[1]), int(named[2]) * 3 - 2, 1)


def _paid_guide(request: HttpRequest, pk: int) -> Guide:
    """Return a guide whose statement the reader may open: also who pays."""
    paid = Guide.objects.filter(paid_guides(request.user), pk=pk).select_related("person")
    return paid.first() or _guide(request, pk)


@never_cache
@login_required
@require_GET
def statement_table(request: HttpRequest, pk: int) -> HttpResponse:
    guide, begin = _paid_guide(request, pk), quarter_of_address(request)
    name = f"hours-{pk}-{papers.name_of(begin)}.xlsx"
    return file_answer(papers.statement_xlsx(guide, begin), papers.SHEET, name)


@never_cache
@login_required
@require_GET
def statement_paper(request: HttpRequest, pk: int) -> HttpResponse:
    guide, begin = _paid_guide(request, pk), quarter_of_address(request)
    if missing_parts():
        raise Http404
    name = f"hours-{pk}-{papers.name_of(begin)}.pdf"
    return file_answer(papers.statement_pdf(guide, begin, clock.now()), "application/pdf", name)
