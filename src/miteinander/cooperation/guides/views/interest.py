"""The public page about guides, and wanting to become one without an account.

Privacy: whoever types a contact has proven nothing. The private link is in the mail; on the
screen it is only shown for an interest just noted with a telephone number.
"""

import secrets

from allauth.core import ratelimit
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from miteinander.community.regions import queries as regions
from miteinander.cooperation.guides.forms.interest import InterestForm
from miteinander.cooperation.guides.models import Interest
from miteinander.cooperation.guides.services import interests
from miteinander.foundation.core.permissions import SystemActor
from miteinander.foundation.core.public import public_page
from miteinander.foundation.ui.forms import bound, is_switch
from miteinander.foundation.ui.views import too_many_page

BEARER = SystemActor("interest link")


@require_GET
@public_page
def guide_become(request: HttpRequest) -> HttpResponse:
    """Say what a guide does and does not do."""
    return render(request, "guides/become.html")


@never_cache
@require_http_methods(["GET", "POST"])
def interest_express(request: HttpRequest) -> HttpResponse:
    person = request.user if request.user.is_authenticated else None
    form = bound(
        InterestForm, request, places=regions.municipalities(), person=person,
        initial={
            "entry": secrets.token_urlsafe(16),
            "municipality": person.municipality_id if person else None,
        },
    )  # fmt: skip
    if request.method == "POST" and not is_switch(request) and form.is_valid():
        contact = form.contact()
        if not ratelimit.consume(request, action="sign_up", key=contact.email or contact.phone):
            return too_many_page(request)
        try:
            noted = interests.express_interest(
                actor=request.user, contact=contact,
                municipality_id=form.cleaned_data["municipality"].pk,
                entry=form.cleaned_data["entry"],
            )  # fmt: skip
        except ValidationError as error:
            form.add_error(None, error)
        else:
            may_see = person is not None or (noted.is_own and not contact.email)
            return _thanks(noted.interest, may_see=may_see)
    return render(request, "guides/interest.html", {"form": form})


def _thanks(interest: Interest, *, may_see: bool) -> HttpResponse:
    if may_see:
        return redirect("guides:interest_mine", interest.token)
    return redirect("guides:noted")


@require_GET
def interest_noted(request: HttpRequest) -> HttpResponse:
    """Thank somebody in words that are true for whoever typed that contact."""
    return render(request, "guides/interest_noted.html")


@never_cache
@require_GET
def interest_mine(request: HttpRequest, token: str) -> HttpResponse:
    interest = get_object_or_404(Interest.objects.select_related("municipality"), token=token)
    return render(request, "guides/interest_mine.html", {"interest": interest})


@require_POST
def interest_withdraw(request: HttpRequest, token: str) -> HttpResponse:
    interest = get_object_or_404(Interest, token=token)
    interests.withdraw_interest(actor=BEARER, interest_id=interest.pk)
    messages.success(request, _("You have taken your interest back."))
    return redirect("guides:interest_mine", token)
