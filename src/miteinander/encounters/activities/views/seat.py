"""The page behind the secret link of a seat, or of the wait for one, and what can be done there."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from miteinander.encounters.activities.enums import (
    INVOLVED,
    ON_LIST,
    ParticipationStatus,
    Presence,
)
from miteinander.encounters.activities.forms.party import FewerForm
from miteinander.encounters.activities.models import ActivityDate, Participation
from miteinander.encounters.activities.queries import public
from miteinander.encounters.activities.services import feedback, seats
from miteinander.encounters.activities.standing import drawn_lot, standing_of
from miteinander.encounters.activities.views.known_seats import own_code, remember_seat
from miteinander.encounters.activities.views.sign_up import page_of
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import SystemActor
from miteinander.foundation.ui.paper import missing_parts

BEARER = SystemActor("seat link")


def _seat(token: str) -> Participation:
    seat = get_object_or_404(Participation, token=token)
    seat.date = get_object_or_404(public.shown(ActivityDate.objects.all()), pk=seat.date_id)
    return seat


def _page(request: HttpRequest, seat: Participation, **more: Any) -> HttpResponse:
    now = clock.now()
    may_bring_fewer = seat.status in INVOLVED and seat.party > 1
    context = page_of(seat.date, seat) | {
        "seat": seat,
        "together": seats.together_with(seat) if seat.date.activity.signs_up_once else [],
        "standing": standing_of(seat, now=now),
        "page_outcome": _heading(seat),
        "elsewhere": public.elsewhere(of=seat.date, now=now) if _has_ended(seat) else [],
        "fewer": FewerForm(seat=seat) if may_bring_fewer else None,
        "can_print": not missing_parts(),
        "own_code": own_code(seat),
        "feedback_token": _feedback_token(seat),
    }
    return render(request, "activities/seat.html", context | more)


def _feedback_token(seat: Participation) -> str:
    """Give the secret of the feedback link while answers are taken, also to people without mail."""
    came = seat.status in ON_LIST and seat.presence != Presence.ABSENT
    is_asked = came and feedback.is_open(seat.date, clock.now())
    return feedback.link_token(seat) if is_asked else ""


def _has_ended(seat: Participation) -> bool:
    return seat.status in {ParticipationStatus.REFUSED, ParticipationStatus.LAPSED}


def _heading(seat: Participation) -> str:
    """Name the state the page is headed with; whoever has a seat reads that it is theirs."""
    is_theirs = seat.holds_seat or seat.date.is_cancelled or seat.date.has_ended(clock.now())
    return "" if is_theirs else seat.status


def _done(request: HttpRequest, token: str, thanks: str) -> HttpResponse:
    """Lead back to where the step was taken: the own list says what was done."""
    if request.POST.get("next") == "mine" and request.user.is_authenticated:
        messages.success(request, thanks)
        return redirect("activities:mine")
    return redirect("activities:seat", token)


def _step(
    request: HttpRequest, token: str, step: Callable[[Participation], object], thanks: str
) -> HttpResponse:
    """Take a step with the seat; refused, its page says why and how things stand now."""
    try:
        step(_seat(token))
    except seats.SignUpClosed:
        return _page(request, _seat(token), is_too_late=True)
    except ValidationError as error:
        return _page(request, _seat(token), problem=" ".join(error.messages))
    return _done(request, token, thanks)


@never_cache
@require_GET
def activity_seat(request: HttpRequest, token: str) -> HttpResponse:
    seat = _seat(token)
    remember_seat(request, seat)
    return _page(request, seat)


@never_cache
@require_POST
def activity_give_back(request: HttpRequest, token: str) -> HttpResponse:
    return _step(
        request,
        token,
        lambda seat: seats.give_back(actor=BEARER, participation_id=seat.pk),
        _("Thank you for telling us. Somebody else can come now."),
    )


@never_cache
@require_POST
def activity_give_back_course(request: HttpRequest, token: str) -> HttpResponse:
    return _step(
        request,
        token,
        lambda seat: seats.give_back_course(actor=BEARER, participation_id=seat.pk),
        _("Thank you for telling us. Somebody else can come now."),
    )


@never_cache
@require_POST
def activity_take_offer(request: HttpRequest, token: str) -> HttpResponse:
    return _step(
        request,
        token,
        lambda seat: seats.accept_offer(actor=BEARER, participation_id=seat.pk),
        _("You are signed up. We look forward to seeing you."),
    )


@never_cache
@require_POST
def activity_bring_fewer(request: HttpRequest, token: str) -> HttpResponse:
    seat = _seat(token)
    form = FewerForm(request.POST, seat=seat)
    if not form.is_valid():
        return _page(request, seat, fewer=form)
    companions, children = form.numbers()
    return _step(
        request,
        token,
        lambda seat: seats.bring_fewer(
            actor=BEARER, participation_id=seat.pk, companions=companions, children=children
        ),
        _("Thank you for telling us. Somebody else can come now."),
    )


@never_cache
@require_GET
def activity_draw(request: HttpRequest, token: str) -> HttpResponse:
    """Explain the draw to one of those who took part, without a word about the others."""
    seat = _seat(token)
    lot = drawn_lot(seat)
    if lot is None:
        raise Http404
    return render(request, "activities/seat_draw.html", page_of(seat.date, seat) | {"lot": lot})
