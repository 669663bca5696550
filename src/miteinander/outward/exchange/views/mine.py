"""A person's own calendar: its secret address, made and withdrawn by the person."""

from typing import cast

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from miteinander.foundation.core import clock
from miteinander.outward.exchange import calendars, queries
from miteinander.outward.exchange.services import keys


@require_GET
@login_required
def my_calendar(request: HttpRequest) -> HttpResponse:
    key = queries.key_of(request.user)
    address = ""
    if key is not None:
        address = settings.SITE_URL + reverse("keyed:personal_feed", args=[key.token])
    return _kept_nowhere(render(request, "exchange/my_calendar.html", _addresses(address)))


@require_POST
@login_required
def key_create(request: HttpRequest) -> HttpResponse:
    keys.create_key(actor=request.user, person_id=_own_id(request))
    return redirect("exchange:my_calendar")


@require_POST
@login_required
def key_revoke(request: HttpRequest) -> HttpResponse:
    keys.revoke_key(actor=request.user, person_id=_own_id(request))
    return redirect("exchange:my_calendar")


@require_GET
def personal_feed(_request: HttpRequest, token: str) -> HttpResponse:
    key = get_object_or_404(queries.working_keys(), token=token)
    seats = list(queries.own_seats(key.person, clock.now())[: queries.MOST_DATES])
    written = calendars.personal_calendar(seats=seats, language=key.person.language)
    response = HttpResponse(written, content_type=calendars.CONTENT_TYPE)
    response["X-Robots-Tag"] = "noindex"
    return _kept_nowhere(response)


def _own_id(request: HttpRequest) -> int:
    return cast("int", request.user.pk)


def _addresses(address: str) -> dict[str, str]:
    """The address as it is, and as calendar programs like it (webcal)."""
    return {"address": address, "webcal": f"webcal://{address.partition('://')[2]}"}


def _kept_nowhere(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store, private"
    return response
