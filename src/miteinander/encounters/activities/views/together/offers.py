"""Offering to help on a date, and the page behind the secret link of an offer.

Privacy: as with seats, a guest with an e-mail address sees the same screen whether that address is
known or not, and the link to the offer is in the mail only.
"""

import secrets
from typing import Any

from allauth.core import ratelimit
from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from miteinander.encounters.activities.forms.together.roles import GuestOfferForm, OfferForm
from miteinander.encounters.activities.models import ActivityDate, RoleOffer
from miteinander.encounters.activities.queries import public
from miteinander.encounters.activities.queries.roles import languages_said_by, wanted_at
from miteinander.encounters.activities.services import seats, together
from miteinander.encounters.activities.views.public import reader_language
from miteinander.encounters.activities.views.sign_up import SHOWN_FOR, page_of
from miteinander.foundation.core.languages import SPOKEN
from miteinander.foundation.core.permissions import SystemActor
from miteinander.foundation.ui.forms import bound, is_switch

SALT = "activities.helped"
BEARER = SystemActor("helper link")


def _date(request: HttpRequest, date_id: int) -> ActivityDate:
    return get_object_or_404(public.shown(public.open_dates(actor=request.user)), pk=date_id)


@never_cache
@require_http_methods(["GET", "POST"])
def activity_help(request: HttpRequest, date_id: int) -> HttpResponse:
    date = _date(request, date_id)
    wanted = wanted_at(date)
    context = page_of(date) | {"form": None}
    is_open = context["card"].state in {"open", "full"} and any(row.missing for row in wanted)
    if not is_open:
        return render(request, "activities/together/help.html", context)
    form = _form(request, wanted)
    if request.method == "POST" and not is_switch(request) and form.is_valid():
        if not _may_ask(request, form):
            return render(request, "activities/sign_up_wait.html", page_of(date), status=429)
        try:
            offered = _offer(request, form)
        except ValidationError as error:
            form.add_error(None, ValidationError(error.messages))
        else:
            is_proven = request.user.is_authenticated
            email = form.cleaned_data.get("email", "")
            return _thanks(date, offered, email=email, is_proven=is_proven)
    return render(request, "activities/together/help.html", context | {"form": form})


def _form(request: HttpRequest, wanted: Any) -> OfferForm:
    if not request.user.is_authenticated:
        initial = {"entry": secrets.token_urlsafe(16)}
        guest: OfferForm = bound(GuestOfferForm, request, wanted=wanted, initial=initial)
        return guest
    languages = languages_said_by(request.user) or SPOKEN
    form: OfferForm = bound(OfferForm, request, wanted=wanted, languages=languages)
    return form


def _may_ask(request: HttpRequest, form: OfferForm) -> bool:
    """Whether this is not one of too many: each offer is a mail to the organisers."""
    key = f"person:{request.user.pk}"
    if isinstance(form, GuestOfferForm):
        contact = form.contact()
        key = contact.email or contact.phone
    return bool(ratelimit.consume(request, action="sign_up", key=key))


def _offer(request: HttpRequest, form: OfferForm) -> together.Offered:
    wanted_id = int(form.cleaned_data["wanted"])
    if isinstance(form, GuestOfferForm):
        return together.offer_role_guest(
            actor=request.user, wanted_id=wanted_id, contact=form.contact(),
            entry=form.cleaned_data["entry"], speaks=form.said_languages(),
        )  # fmt: skip
    person_id = request.user.pk
    assert person_id is not None  # noqa: S101 (tells the type; guests took the other form)
    return together.offer_role(
        actor=request.user, wanted_id=wanted_id, person_id=person_id,
        language=reader_language(), speaks=form.said_languages(),
    )  # fmt: skip


def _thanks(
    date: ActivityDate, offered: together.Offered, *, email: str, is_proven: bool
) -> HttpResponse:
    shown: dict[str, object] = {"date": date.pk, "by_mail": bool(email)}
    if is_proven and offered.is_own:
        shown["offer"] = offered.offer.pk
    return redirect("activities:helped", signing.dumps(shown, salt=SALT))


@never_cache
@require_GET
def activity_helped(request: HttpRequest, shown: str) -> HttpResponse:
    try:
        facts = signing.loads(shown, salt=SALT, max_age=SHOWN_FOR)
    except signing.BadSignature:
        return render(request, "activities/signed_up_expired.html", status=410)
    date = _date(request, facts["date"])
    offer = RoleOffer.objects.filter(pk=facts.get("offer"), date=date).first()
    context = page_of(date) | {"offer": offer, "by_mail": facts.get("by_mail", True)}
    return render(request, "activities/together/helped.html", context)


def _own(token: str) -> RoleOffer:
    offer = get_object_or_404(RoleOffer.objects.select_related("wanted"), token=token)
    offer.date = get_object_or_404(public.shown(ActivityDate.objects.all()), pk=offer.date_id)
    return offer


@never_cache
@require_GET
def activity_helper(request: HttpRequest, token: str) -> HttpResponse:
    """Show how an offer stands, behind its secret link."""
    offer = _own(token)
    return render(
        request, "activities/together/helper.html", page_of(offer.date) | {"offer": offer}
    )


@never_cache
@require_POST
def activity_withdraw(request: HttpRequest, token: str) -> HttpResponse:
    """Take an offer back."""
    offer = _own(token)
    try:
        together.withdraw_role(actor=BEARER, offer_id=offer.pk)
    except seats.SignUpClosed as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Thank you for telling us. Somebody else can help now."))
    return redirect("activities:helper", token)
