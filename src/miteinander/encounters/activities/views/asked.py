"""The organiser's list of a date: who asked, who waits, and what to answer them."""

from collections.abc import Callable
from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from miteinander.encounters.activities.asked import asked_for
from miteinander.encounters.activities.enums import Giving, SignUpWay
from miteinander.encounters.activities.models import Participation
from miteinander.encounters.activities.permissions import (
    can_change,
    can_decide,
    can_sign_up_behalf,
)
from miteinander.encounters.activities.queries.door import participations_seen_by
from miteinander.encounters.activities.queries.giving import giving_sentences
from miteinander.encounters.activities.queries.planning import (
    planned_dates,
    title_of,
)
from miteinander.encounters.activities.services import seats
from miteinander.encounters.activities.services.seats import behalf
from miteinander.encounters.activities.services.words import QUESTION
from miteinander.encounters.activities.views.attempts import has_succeeded
from miteinander.foundation.content.queries import read
from miteinander.foundation.core import clock


@login_required
@require_GET
def date_asked(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who asked for a seat. Sides are counted elsewhere; nobody sees them here."""
    date = get_object_or_404(planned_dates(request.user), pk=pk)
    activity = date.activity
    if not can_decide(request.user, activity):
        raise Http404
    reading = read(activity, get_language() or "de")
    is_open = not date.is_cancelled and not date.has_started(clock.now())
    context = {
        "date": date,
        "activity": activity,
        "title": title_of(activity),
        "asked": asked_for(request.user, date),
        "giving": giving_sentences(activity),
        "reading": reading,
        "question": reading.part(QUESTION),
        "is_open": is_open,
        "may_close": is_open and can_change(request.user, activity),
        "may_change": can_change(request.user, activity),
        "may_sign_up": is_open
        and not date.is_closed
        and can_sign_up_behalf(request.user, activity),
        "may_offer": is_open and activity.has_offers_by_hand and date.seats_left > 0,
        "is_drawn_by_lot": activity.giving == Giving.DRAW,
        "is_approved": activity.giving == Giving.APPROVAL,
        "behalf": SignUpWay.BEHALF,
    }
    return render(request, "activities/plan/date_asked.html", context)


def _answered(
    request: HttpRequest, pk: int, step: Callable[..., Participation], done: str
) -> HttpResponse:
    """Take one step for somebody on the list, and go back to it."""
    participation = get_object_or_404(
        participations_seen_by(request.user).select_related("date__activity__organisation"), pk=pk
    )
    if not can_decide(request.user, participation.date.activity):
        raise Http404
    has_succeeded(request, partial(step, actor=request.user, participation_id=pk), done)
    return redirect("activities:asked", participation.date_id)


@login_required
@require_POST
def date_approve(request: HttpRequest, pk: int) -> HttpResponse:
    done = _("You said yes. If no seat is free, the person is on the waiting list now.")
    return _answered(request, pk, seats.approve_request, done)


@login_required
@require_POST
def date_refuse(request: HttpRequest, pk: int) -> HttpResponse:
    return _answered(request, pk, seats.refuse_request, _("You said no. The person is told."))


@login_required
@require_POST
def date_offer(request: HttpRequest, pk: int) -> HttpResponse:
    done = _("The seat is offered. The person is told until when to answer.")
    return _answered(request, pk, seats.offer_by_hand, done)


@login_required
@require_POST
def date_accept(request: HttpRequest, pk: int) -> HttpResponse:
    return _answered(request, pk, behalf.accept_behalf, _("The person has the seat."))


@login_required
@require_POST
def date_give_back(request: HttpRequest, pk: int) -> HttpResponse:
    return _answered(request, pk, behalf.give_back_behalf, _("The seat is given back."))
