"""What everybody sees of organisations."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from miteinander.community.organisations import queries
from miteinander.foundation.content.queries import read
from miteinander.foundation.core.pagination import page_of
from miteinander.foundation.core.permissions import can
from miteinander.foundation.core.public import public_page
from miteinander.foundation.core.text import one_line


@require_GET
@public_page
def organisation_list(request: HttpRequest) -> HttpResponse:
    query = one_line(request.GET.get("q", ""))[:80]
    municipality = one_line(request.GET.get("municipality", ""))[:80]
    found = queries.active_organisations(actor=request.user, query=query, municipality=municipality)
    context = {
        "links": page_of(found, request.GET),
        "municipalities": queries.municipalities_with_organisations(),
        "query": query,
        "municipality": municipality,
    }
    return render(request, "organisations/organisation_list.html", context)


@require_GET
@public_page
def organisation_detail(request: HttpRequest, slug: str) -> HttpResponse:
    organisation = get_object_or_404(queries.organisations(actor=request.user), slug=slug)
    reading = read(
        organisation, get_language() or "de", original=request.GET.get("original") == "1"
    )
    context = {
        "organisation": organisation,
        "reading": reading,
        "may_change": can(request.user, "organisations.change", organisation),
    }
    return render(request, "organisations/organisation_detail.html", context)
