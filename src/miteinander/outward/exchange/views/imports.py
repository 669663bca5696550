"""Bringing a calendar file in, and the report of what became of it."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from miteinander.community.organisations import permissions as organisations
from miteinander.community.organisations.models import Organisation
from miteinander.foundation.ui.forms import bound, is_switch
from miteinander.outward.exchange.forms import CalendarImportForm
from miteinander.outward.exchange.reports import report_sections
from miteinander.outward.exchange.services.imports import import_calendar


@require_http_methods(["GET", "POST"])
@login_required
def calendar_import(request: HttpRequest, slug: str) -> HttpResponse:
    plannable = Organisation.objects.filter(organisations.plannable_by(request.user))
    organisation = get_object_or_404(plannable, slug=slug)
    form = bound(CalendarImportForm, request)
    context = {"form": form, "organisation": organisation}
    if request.method == "GET" or is_switch(request) or not form.is_valid():
        return render(request, "exchange/calendar_import.html", context)
    report = import_calendar(
        actor=request.user,
        organisation_id=organisation.pk,
        octets=form.cleaned_data["calendar"].read(),
        language=form.cleaned_data["language"],
        filename=form.cleaned_data["calendar"].name,
    )
    if report.error:
        form.add_error("calendar", report.sentence)
        return render(request, "exchange/calendar_import.html", context)
    context |= {"report": report, "sections": report_sections(report)}
    return render(request, "exchange/import_report.html", context)
