"""A person goes over to another e-mail address: the new address, then the code sent there."""

from http import HTTPStatus

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from miteinander.community.people import services
from miteinander.community.people.address_change import (
    AddressCode,
    ask_for_address_code,
    awaited_address_code,
)
from miteinander.community.people.forms import AddressForm, CodeForm
from miteinander.community.people.sign_in import signed_in_person
from miteinander.foundation.ui.forms import bound
from miteinander.foundation.ui.views import too_many_page


@login_required
@require_http_methods(["GET", "POST"])
def address_edit(request: HttpRequest) -> HttpResponse:
    person = signed_in_person(request)
    form, status = bound(AddressForm, request, current=person.email), HTTPStatus.OK
    if form.is_bound and form.is_valid():
        email = form.cleaned_data["email"]
        if not ratelimit.consume(request, action="request_login_code", key=email):
            return too_many_page(request)
        try:
            ask_for_address_code(request, email)
        except OSError:
            form.add_error(None, _("We cannot send e-mails at the moment. Please try again later."))
            status = HTTPStatus.SERVICE_UNAVAILABLE
        else:
            return redirect("people:confirm_address")
    context = {"form": form, "email": person.email}
    return render(request, "people/address_edit.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def address_confirm(request: HttpRequest) -> HttpResponse:
    awaited = awaited_address_code(request)
    if awaited is None:
        return redirect("people:change_address")
    form = bound(CodeForm, request, expected=awaited.code)
    if form.is_bound and form.is_valid():
        return _changed(request, awaited)
    if form.is_bound and not awaited.record_invalid_attempt():
        messages.error(request, _("The code was wrong too often. Please ask for a new one."))
        return redirect("people:change_address")
    context = {"form": form, "email": awaited.state["email"]}
    return render(request, "people/address_confirm.html", context)


def _changed(request: HttpRequest, awaited: AddressCode) -> HttpResponse:
    person, email = signed_in_person(request), awaited.state["email"]
    awaited.abort()
    try:
        services.change_address(actor=person, person_id=person.pk, email=email)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect("people:change_address")
    messages.success(request, _("Your e-mail address is changed."))
    return redirect("people:account")
