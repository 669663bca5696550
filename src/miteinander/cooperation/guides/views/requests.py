"""Asking for a guide without an account, and the private page of a request."""

import secrets

from allauth.core import ratelimit
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from miteinander.community.regions import queries as regions
from miteinander.cooperation.guides.forms.asking import WordsForm
from miteinander.cooperation.guides.forms.request import RequestForm
from miteinander.cooperation.guides.models import GuideRequest
from miteinander.cooperation.guides.pages import request_page
from miteinander.cooperation.guides.services import requests
from miteinander.foundation.core.permissions import SystemActor
from miteinander.foundation.ui.forms import bound, is_switch
from miteinander.foundation.ui.views import too_many_page

BEARER = SystemActor("request link")


@never_cache
@require_http_methods(["GET", "POST"])
def request_ask(request: HttpRequest) -> HttpResponse:
    """Take a request; whoever sent it sees its private page at once, because it is new."""
    form = bound(
        RequestForm, request, places=regions.municipalities(),
        initial={"entry": secrets.token_urlsafe(16)},
    )  # fmt: skip
    if request.method == "POST" and not is_switch(request) and form.is_valid():
        contacts = form.contacts()
        if not ratelimit.consume(request, action="sign_up", key=contacts.email or contacts.phone):
            return too_many_page(request)
        try:
            row = requests.ask_for_guide(
                actor=request.user, wish=form.wish(), contacts=contacts,
                language=get_language() or "de", entry=form.cleaned_data["entry"],
            )  # fmt: skip
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Thank you. We look for a guide."))
            return redirect("guides:request_mine", row.token)
    return render(request, "guides/requests/ask.html", {"form": form})


@never_cache
@require_GET
def request_mine(request: HttpRequest, token: str) -> HttpResponse:
    row = get_object_or_404(GuideRequest.objects.select_related("municipality"), token=token)
    return request_page(request, row, WordsForm.fresh())


@require_POST
def request_withdraw(request: HttpRequest, token: str) -> HttpResponse:
    row = get_object_or_404(GuideRequest, token=token)
    requests.withdraw_request(actor=BEARER, request_id=row.pk)
    messages.success(request, _("You have taken your request back."))
    return redirect("guides:request_mine", token)
