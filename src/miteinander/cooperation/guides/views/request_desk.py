"""For coordinators: requests for guides, who could take one, and how it ended."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from miteinander.cooperation.guides.enums import RequestStatus
from miteinander.cooperation.guides.forms.request import EndForm, StateForm
from miteinander.cooperation.guides.models import GuideRequest
from miteinander.cooperation.guides.queries import requests as queries
from miteinander.cooperation.guides.queries.suggestions import able_guides
from miteinander.cooperation.guides.services import requests
from miteinander.cooperation.guides.views.coordination import has_done, only
from miteinander.cooperation.guides.views.requests import described
from miteinander.foundation.core import clock
from miteinander.foundation.core.pagination import page_of

RUNNING = {RequestStatus.OPEN, RequestStatus.AGREED}


@never_cache
@login_required
@require_GET
def request_list(request: HttpRequest) -> HttpResponse:
    only(request, "guides.open_overview")
    form = StateForm(request.GET)
    status = form.cleaned_data["status"] if form.is_valid() else ""
    found = queries.requests_seen(actor=request.user, status=status)
    context = {
        "links": page_of(found, request.GET), "chosen": status, "states": list(RequestStatus),
    }  # fmt: skip
    return render(request, "guides/requests/list.html", context)


def _request(request: HttpRequest, pk: int) -> GuideRequest:
    return get_object_or_404(queries.requests_seen(actor=request.user), pk=pk)


@never_cache
@login_required
@require_GET
def request_detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _request(request, pk), EndForm())


def _page(request: HttpRequest, row: GuideRequest, form: EndForm) -> HttpResponse:
    is_running = row.status in RUNNING
    now = clock.now()
    able = able_guides(actor=request.user, request=row, now=now) if is_running else None
    context = described(row) | {"form": form, "able": able, "is_running": is_running}
    return render(request, "guides/requests/detail.html", context)


@login_required
@require_POST
def request_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that a guide took it, or why nobody could."""
    row = _request(request, pk)
    form = EndForm(request.POST)
    is_done = "done" in request.POST

    def end() -> None:
        reason = "" if is_done else form.cleaned_data["reason"]
        requests.end_request(actor=request.user, request_id=pk, reason=reason)

    if (is_done or form.is_valid()) and has_done(form, end):
        messages.success(request, _("Saved."))
        return redirect("guides:request_detail", pk)
    return _page(request, row, form)


@never_cache
@login_required
@require_POST
def request_contact(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how to reach who asks; that it was looked up is recorded."""
    row = _request(request, pk)
    contacts = requests.open_request_contact(actor=request.user, request_id=pk)
    return render(request, "guides/requests/contact.html", {"row": row, "contacts": contacts})
