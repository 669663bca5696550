"""Passkeys: signing in with one, and one's own list."""

from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.core import ratelimit
from allauth.mfa.webauthn.internal import auth, flows
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from miteinander.community.people import services
from miteinander.community.people.forms import PasskeyForm, PasskeySignInForm
from miteinander.community.people.queries import passkeys
from miteinander.community.people.sign_in import forget_soon, signed_in_person, signed_in_recently
from miteinander.foundation.ui.views import too_many_page


@require_POST
def passkey_sign_in_options(request: HttpRequest) -> HttpResponse:
    if not ratelimit.consume(request, action="passkey_options"):
        return too_many_page(request)
    options = auth.begin_authentication()
    forget_soon(request)
    return JsonResponse(options)


@require_POST
def passkey_sign_in(request: HttpRequest) -> HttpResponse:
    if not ratelimit.consume(request, action="login"):
        return too_many_page(request)
    form = PasskeySignInForm(request.POST)
    if not form.is_valid():
        messages.error(request, form.errors["credential"][0])
        return redirect("account_login")
    passkey = form.cleaned_data["credential"]
    login = Login(user=passkey.user, redirect_url=get_next_redirect_url(request))
    answer: HttpResponse = flows.perform_passwordless_login(request, passkey, login)
    return answer


@login_required
@require_GET
def passkey_list(request: HttpRequest) -> HttpResponse:
    return _page(request, PasskeyForm())


def _page(request: HttpRequest, form: PasskeyForm) -> HttpResponse:
    context = {
        "form": form,
        "passkeys": passkeys(actor=signed_in_person(request)),
        "is_recent": signed_in_recently(request),
    }
    return render(request, "people/passkeys.html", context)


@login_required
@require_POST
def passkey_options(request: HttpRequest) -> HttpResponse:
    if not signed_in_recently(request):
        return redirect("people:passkeys")
    return JsonResponse(auth.begin_registration(request.user, passwordless=True))


@login_required
@require_POST
def passkey_add(request: HttpRequest) -> HttpResponse:
    if not signed_in_recently(request):
        return redirect("people:passkeys")
    form = PasskeyForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    person = signed_in_person(request)
    services.add_passkey(
        actor=person,
        person_id=person.pk,
        name=form.cleaned_data["name"],
        credential=form.cleaned_data["credential"],
    )
    messages.success(request, _("The passkey is saved. You can sign in with it from now on."))
    return redirect("people:passkeys")


@login_required
@require_POST
def passkey_remove(request: HttpRequest, passkey_id: int) -> HttpResponse:
    person = signed_in_person(request)
    services.remove_passkey(actor=person, person_id=person.pk, passkey_id=passkey_id)
    messages.success(request, _("The passkey is removed."))
    return redirect("people:passkeys")
