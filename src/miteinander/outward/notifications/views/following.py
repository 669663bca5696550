"""Following something: the form, the mail to confirm an address, and the button behind its link.

Privacy: the answer is the same for known and unknown addresses. Opening a link changes nothing.
"""

from typing import Any

from allauth.core import ratelimit
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from miteinander.community.organisations.models import Organisation
from miteinander.community.organisations.permissions import visible_to
from miteinander.community.regions import queries as regions
from miteinander.foundation.core.permissions import SystemActor
from miteinander.foundation.core.text import one_line
from miteinander.foundation.ui.forms import bound, is_switch
from miteinander.foundation.ui.views import too_many_page
from miteinander.outward.notifications import queries, services
from miteinander.outward.notifications.forms.following import FLAGS, NEAR_KM, FollowForm
from miteinander.outward.notifications.interests import words_of
from miteinander.outward.notifications.models import FollowRequest

BEARER = SystemActor("mail link")
CHOSEN = ("place", "topic", "language", "audience")


def _organisation(request: HttpRequest) -> Organisation | None:
    slug = one_line(request.POST.get("organisation") or request.GET.get("organisation") or "")
    return Organisation.objects.filter(visible_to(request.user), slug=slug[:80]).first()


def _initial(request: HttpRequest, organisation: Organisation | None) -> dict[str, Any]:
    asked = request.GET
    km = asked.get("km")
    return {
        **{name: asked.get(name, "") for name in CHOSEN},
        **{name: bool(asked.get(name)) for name in FLAGS},
        "place": "" if km == "all" else asked.get("place", ""),
        "km": km if km in {"0", "5", "20", "40"} else NEAR_KM,
        "organisation": organisation.slug if organisation else "",
    }


@never_cache
@require_http_methods(["GET", "POST"])
def follow_create(request: HttpRequest) -> HttpResponse:
    """Choose what to follow; visitors also say where we may ask them."""
    organisation = _organisation(request)
    form = bound(
        FollowForm, request, places=list(regions.municipalities()), organisation=organisation,
        is_visitor=not request.user.is_authenticated, initial=_initial(request, organisation),
    )  # fmt: skip
    if form.is_bound and form.is_valid():
        if request.user.is_authenticated:
            return _follow(request, form) or _page(request, form)
        email = form.cleaned_data["email"]
        if not ratelimit.consume(request, action="follow", key=email.lower()):
            return too_many_page(request)
        services.ask_to_follow(
            actor=request.user, wanted=form.wanted(),
            address=services.Address(email=email, language=get_language() or "de"),
        )  # fmt: skip
        return redirect("notifications:follow_asked")
    return _page(request, form)


def _follow(request: HttpRequest, form: FollowForm) -> HttpResponse | None:
    assert request.user.is_authenticated  # noqa: S101 (asked by the caller)
    person_id = request.user.pk
    try:
        services.follow(actor=request.user, person_id=person_id, wanted=form.wanted())
    except ValidationError as error:
        form.add_error(None, error)
        return None
    messages.success(request, _("We tell you of new meetings."))
    return redirect("notifications:reminders", queries.reminder_key(person_id))


def _page(request: HttpRequest, form: FollowForm) -> HttpResponse:
    return render(request, "notifications/follow_create.html", {"form": form})


@never_cache
@require_GET
def follow_asked(request: HttpRequest) -> HttpResponse:
    """Say that a mail is on its way, whoever asked."""
    return render(request, "notifications/follow_asked.html")


@never_cache
@require_http_methods(["GET", "POST"])
def follow_confirm(request: HttpRequest, key: str) -> HttpResponse:
    """Show what an address is to confirm; only the button confirms it."""
    request_id = queries.request_of_key(key)
    if request_id is None:
        raise Http404
    rows = FollowRequest.objects.select_related("municipality", "organisation")
    asked = rows.filter(pk=request_id).first()
    if asked is None:
        return render(request, "notifications/follow_gone.html", status=410)
    if request.method == "POST" and not is_switch(request):
        try:
            person = services.confirm_follow(actor=BEARER, request_id=request_id)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("Thank you. We tell you of new meetings."))
            return redirect("notifications:reminders", queries.reminder_key(person.pk))
    context = {"key": key, "parts": words_of(asked), "is_confirmed": bool(asked.confirmed_at)}
    return render(request, "notifications/follow_confirm.html", context)
