"""The public check of a certificate, by its QR code or its number.

A number that does not exist, that is none, and one that was deleted get the same answer, and
who tries many is slowed down.
"""

from allauth.core.internal import ratelimit  # the outer one never counts a GET
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from miteinander.cooperation.guides.forms.certificates import CheckForm
from miteinander.cooperation.guides.queries import certificates
from miteinander.foundation.ui.forms import bound, is_switch
from miteinander.foundation.ui.views import too_many_page

NO_NUMBER = "-"


@never_cache
@require_http_methods(["GET", "POST"])
def certificate_check(request: HttpRequest) -> HttpResponse:
    """Ask for a number; what is typed leads to the page the QR code leads to."""
    form = bound(CheckForm, request)
    if request.method == "POST" and not is_switch(request) and form.is_valid():
        number = certificates.plain_number(form.cleaned_data["number"])
        return redirect("guides:checked", number or NO_NUMBER)
    return render(request, "guides/check.html", {"form": form})


@never_cache
@require_GET
def certificate_checked(request: HttpRequest, number: str) -> HttpResponse:
    if not ratelimit.consume(request, app="allauth.account", action="certificate", limit_get=True):
        return too_many_page(request)
    found = certificates.checked(number)
    status = 200 if found else 404
    return render(request, "guides/checked.html", {"found": found}, status=status)
