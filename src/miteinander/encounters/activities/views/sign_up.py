"""Taking a seat, the confirmation, and the page behind the secret link of a seat."""

import secrets
from typing import Any

from allauth.core import ratelimit
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from miteinander.community.people.models import Person
from miteinander.encounters.activities.cards import card_of
from miteinander.encounters.activities.enums import SignUpWay
from miteinander.encounters.activities.forms.sign_up import GuestSignUpForm
from miteinander.encounters.activities.models import ActivityDate, Participation
from miteinander.encounters.activities.queries import public
from miteinander.encounters.activities.services import seats
from miteinander.encounters.activities.views.public import reader_language
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import SystemActor
from miteinander.foundation.ui.forms import bound, is_switch

SALT = "activities.signed_up"
SHOWN_FOR = 30 * 60
BEARER = SystemActor("seat link")


def _page(date: ActivityDate, seat: Participation | None = None) -> dict[str, Any]:
    """Return what every page about a seat shows of its date."""
    card = card_of(date, language=reader_language(), now=clock.now(), seat=seat)
    return {"card": card, "date": date, "activity": date.activity, "reading": card.reading}


def _confirmation(date: ActivityDate, seat: Participation | None) -> HttpResponse:
    """Lead to the confirmation; its address names no person and works for half an hour."""
    shown = {"date": date.pk} | ({"seat": seat.pk} if seat else {})
    return redirect("activities:signed_up", signing.dumps(shown, salt=SALT))


@never_cache
@require_http_methods(["GET", "POST"])
def activity_sign_up(request: HttpRequest, date_id: int) -> HttpResponse:
    date = get_object_or_404(public.shown(public.public_dates()), pk=date_id)
    if request.user.is_authenticated:
        return _sign_up_person(request, date, request.user)
    return _sign_up_guest(request, date)


def _sign_up_person(request: HttpRequest, date: ActivityDate, person: Person) -> HttpResponse:
    seat = public.seat_of(actor=person, date=date)
    context = _page(date, seat) | {"may_sign_up": seat is None}
    if request.method == "POST" and not is_switch(request):
        try:
            taken = seats.sign_up(
                actor=person, date_id=date.pk, person_id=person.pk,
                language=reader_language(), way=SignUpWay.ACCOUNT,
            )  # fmt: skip
        except (seats.AllSeatsTaken, seats.SignUpClosed):
            return _refused(request, date.pk)
        return _confirmation(date, taken.participation)
    return render(request, "activities/sign_up_person.html", context)


def _refused(request: HttpRequest, date_id: int) -> HttpResponse:
    """Say why there is no seat, and what else there is."""
    date = public.shown(public.public_dates()).get(pk=date_id)
    others = public.other_dates(of=date, now=clock.now())
    return render(request, "activities/sign_up_closed.html", _page(date) | {"others": others})


def _sign_up_guest(request: HttpRequest, date: ActivityDate) -> HttpResponse:
    page = _page(date)
    if request.method == "GET" and page["card"].state != "open":
        return _refused(request, date.pk)
    initial = {"entry": secrets.token_urlsafe(16)}
    form = bound(GuestSignUpForm, request, initial=initial)
    if form.is_bound and form.is_valid():
        contact = form.contact()
        if not ratelimit.consume(request, action="sign_up", key=contact.email or contact.phone):
            return render(request, "activities/sign_up_wait.html", page, status=429)
        try:
            taken = seats.sign_up_guest(
                actor=request.user, date_id=date.pk, contact=contact,
                entry=form.cleaned_data["entry"],
            )  # fmt: skip
        except (seats.AllSeatsTaken, seats.SignUpClosed):
            return _refused(request, date.pk)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return _confirmation(date, _showable(taken, has_email=bool(contact.email)))
    return render(request, "activities/sign_up.html", page | {"form": form})


def _showable(taken: seats.SignUp, *, has_email: bool) -> Participation | None:
    """Return the seat whose link the screen may show: one just made with a telephone only.

    Who gave an e-mail address gets the link there and nowhere else, so that the screen is the
    same whether that address had a seat before or not.
    """
    return taken.participation if taken.is_own and not has_email else None


@never_cache
@require_GET
def activity_signed_up(request: HttpRequest, shown: str) -> HttpResponse:
    try:
        facts = signing.loads(shown, salt=SALT, max_age=SHOWN_FOR)
    except signing.BadSignature:
        return render(request, "activities/signed_up_expired.html", status=410)
    date = get_object_or_404(public.shown(public.public_dates()), pk=facts["date"])
    seat = Participation.objects.filter(pk=facts.get("seat"), date=date).first()
    return render(request, "activities/signed_up.html", _page(date, seat) | {"seat": seat})


def _seat(token: str) -> Participation:
    seat = get_object_or_404(Participation, token=token)
    seat.date = get_object_or_404(public.shown(ActivityDate.objects.all()), pk=seat.date_id)
    return seat


@never_cache
@require_GET
def activity_seat(request: HttpRequest, token: str) -> HttpResponse:
    seat = _seat(token)
    return render(request, "activities/seat.html", _page(seat.date, seat) | {"seat": seat})


@never_cache
@require_POST
def activity_give_back(request: HttpRequest, token: str) -> HttpResponse:
    seat = _seat(token)
    try:
        seats.give_back(actor=BEARER, participation_id=seat.pk)
    except seats.SignUpClosed:
        context = _page(seat.date, seat) | {"seat": seat, "is_too_late": True}
        return render(request, "activities/seat.html", context)
    return redirect(reverse("activities:seat", args=[token]))
