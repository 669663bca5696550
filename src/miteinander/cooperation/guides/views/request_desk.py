"""For coordinators: requests for guides, who could take one, and how it ended."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from miteinander.cooperation.guides.enums import AskAnswer, RequestStatus
from miteinander.cooperation.guides.forms.asking import RequestTimeForm
from miteinander.cooperation.guides.forms.request import EndForm, StateForm
from miteinander.cooperation.guides.models import GuideRequest
from miteinander.cooperation.guides.pages import described
from miteinander.cooperation.guides.queries import assignments as agreed
from miteinander.cooperation.guides.queries import requests as queries
from miteinander.cooperation.guides.queries.suggestions import able_guides
from miteinander.cooperation.guides.services import asking, asking_again, requests
from miteinander.foundation.core import clock
from miteinander.foundation.core.pagination import page_of
from miteinander.foundation.ui.forms import bound
from miteinander.foundation.ui.steps import (
    has_done,
    is_sent,
    key_of,
    only,
    refused,
)

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
    asks = list(agreed.asks_of(row))
    context = described(row) | {
        "form": form, "able": able, "is_running": is_running, "asks": asks,
        "is_asking": any(ask.answer == AskAnswer.OPEN for ask in asks),
        "assignment": agreed.assignment_of(row),
    }  # fmt: skip
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


@login_required
@require_POST
def request_ask_guide(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the chosen guide."""
    _request(request, pk)
    guide_id = key_of(request.POST.get("guide", ""))
    wrong = refused(lambda: asking.ask_guide(actor=request.user, request_id=pk, guide_id=guide_id))
    if wrong:
        messages.error(request, wrong)
    else:
        messages.success(request, _("The guide is being asked."))
    return redirect("guides:request_detail", pk)


@login_required
@require_POST
def request_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a new request like this one, for another date."""
    _request(request, pk)
    try:
        again = requests.ask_again(actor=request.user, request_id=pk)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect("guides:request_detail", pk)
    return redirect("guides:request_detail", again.pk)


@login_required
@require_POST
def request_stop_asking(request: HttpRequest, pk: int) -> HttpResponse:
    _request(request, pk)
    asking.stop_asking(actor=request.user, request_id=pk)
    messages.success(request, _("Nobody is being asked any more."))
    return redirect("guides:request_detail", pk)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def request_time(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a request another time; the guide is asked again."""
    row = _request(request, pk)
    begin: dict[str, object] = {"minutes": row.minutes}
    if row.starts_at:
        local = clock.local(row.starts_at)
        begin |= {"day": local.date(), "start": local.time()}
    form = bound(RequestTimeForm, request, initial=begin)

    def change() -> None:
        asking_again.change_time(
            actor=request.user, request_id=pk, starts_at=form.starts_at(),
            minutes=form.cleaned_data["minutes"],
        )  # fmt: skip

    if is_sent(request, form) and has_done(form, change):
        messages.success(request, _("Saved."))
        return redirect("guides:request_detail", pk)
    return render(request, "guides/requests/time.html", {"row": row, "form": form})
