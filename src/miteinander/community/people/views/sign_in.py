"""Signing in or joining by code, and signing out."""

from http import HTTPStatus

from allauth.account.adapter import get_adapter
from allauth.account.utils import get_next_redirect_url
from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from miteinander.community.people.forms import CodeForm, SignInForm
from miteinander.community.people.services import prove_address
from miteinander.community.people.sign_in import ask_for_code, awaited_code, who_may_enter
from miteinander.foundation.core.permissions import SystemActor
from miteinander.foundation.ui.forms import bound
from miteinander.foundation.ui.views import too_many_page


@never_cache
@require_http_methods(["GET", "POST"])
def sign_in_screen(request: HttpRequest) -> HttpResponse:
    following = get_next_redirect_url(request) or ""
    if request.user.is_authenticated:
        return redirect(following or "people:account")
    form, status = bound(SignInForm, request), HTTPStatus.OK
    if form.is_bound and form.is_valid():
        email = form.cleaned_data["email"]
        if not ratelimit.consume(request, action="request_login_code", key=email):
            return too_many_page(request)
        try:
            ask_for_code(request, email)
        except OSError:
            form.add_error(None, _("We cannot send e-mails at the moment. Please try again later."))
            status = HTTPStatus.SERVICE_UNAVAILABLE
        else:
            return redirect(_code_address(following))
    context = {"form": form, "next": following}
    return render(request, "people/sign_in.html", context, status=status)


def _code_address(following: str) -> str:
    address = reverse("account_confirm_login_code")
    return f"{address}?{urlencode({'next': following})}" if following else address


@never_cache
@require_http_methods(["GET", "POST"])
def code_screen(request: HttpRequest) -> HttpResponse:
    following = get_next_redirect_url(request) or ""
    awaited = None if request.user.is_authenticated else awaited_code(request)
    if awaited is None:
        return redirect("account_login")
    person = who_may_enter(awaited)
    form = bound(CodeForm, request, expected=awaited.code if person else "")
    if form.is_bound and form.is_valid() and person:
        prove_address(actor=SystemActor(name="sign-in"), person_id=person.pk)
        answer: HttpResponse = awaited.finish(following)
        return answer
    if form.is_bound and not awaited.record_invalid_attempt():
        messages.error(request, _("The code was wrong too often. Please ask for a new one."))
        return redirect("account_login")
    context = {"form": form, "next": following, "email": awaited.state["email"]}
    return render(request, "people/code.html", context)


@require_http_methods(["GET", "POST"])
def sign_out_screen(request: HttpRequest) -> HttpResponse:
    following = get_next_redirect_url(request) or ""
    if not request.user.is_authenticated:
        return redirect(following or "account_login")
    if request.method == "POST":
        get_adapter().logout(request)
        return redirect(following or "account_login")
    return render(request, "people/sign_out.html", {"form": None, "next": following})
