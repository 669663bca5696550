"""Administrators see who has an account, and switch one off or on again."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from miteinander.community.people import services
from miteinander.community.people.forms import AccountSearchForm, SwitchOffForm
from miteinander.community.people.models import Person
from miteinander.community.people.queries import accounts, accounts_matching, switches_of
from miteinander.foundation.core.pagination import page_of
from miteinander.foundation.core.permissions import can
from miteinander.foundation.ui.forms import bound

FOUND_AT_MOST = 50


@require_http_methods(["GET", "POST"])
def account_list(request: HttpRequest) -> HttpResponse:
    """Show everybody page by page, or what matches; a search changes nothing."""
    if not can(request.user, "people.oversee"):
        raise Http404
    form = bound(AccountSearchForm, request)
    links, found = None, None
    if form.is_bound and form.is_valid():
        typed = form.cleaned_data["typed"]
        found = accounts_matching(actor=request.user, typed=typed, most=FOUND_AT_MOST)
    else:
        links = page_of(accounts(actor=request.user), request.GET)
    context = {"form": form, "links": links, "found": found, "most": FOUND_AT_MOST}
    return render(request, "people/account_list.html", context)


def _account(request: HttpRequest, person_id: int) -> Person:
    if not can(request.user, "people.oversee"):
        raise Http404
    return get_object_or_404(accounts(actor=request.user), pk=person_id)


@require_http_methods(["GET", "POST"])
def account_detail(request: HttpRequest, person_id: int) -> HttpResponse:
    person = _account(request, person_id)
    may_switch = can(request.user, "people.disable", person)
    form = bound(SwitchOffForm, request)
    if form.is_bound and not may_switch:
        raise Http404
    if form.is_bound and form.is_valid():
        try:
            services.disable_person(actor=request.user, person_id=person.pk, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The account is switched off."))
            return redirect("accounts:detail", person.pk)
    context = {
        "form": form,
        "person": person,
        "may_switch": may_switch,
        "switches": switches_of(actor=request.user, person=person),
    }
    return render(request, "people/account_detail.html", context)


@require_POST
def account_switch_on(request: HttpRequest, person_id: int) -> HttpResponse:
    person = _account(request, person_id)
    if not can(request.user, "people.disable", person):
        raise Http404
    services.enable_person(actor=request.user, person_id=person.pk)
    messages.success(request, _("The account is switched on again."))
    return redirect("accounts:detail", person.pk)
