"""The page on which administrators read the record."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from miteinander.foundation.audit import queries
from miteinander.foundation.audit.forms import RecordFilter
from miteinander.foundation.core.pagination import page_of
from miteinander.foundation.core.permissions import can


@require_GET
def record_list(request: HttpRequest) -> HttpResponse:
    if not can(request.user, "audit.read"):
        raise Http404
    form = RecordFilter(request.GET)
    entries = queries.entries(actor=request.user, criteria=form.criteria())
    context = {"form": form, "links": page_of(entries, request.GET, size=50)}
    return render(request, "audit/record_list.html", context)
