"""Rides to a date: the list, entering one, asking, answering. With or without an account.

The pages behind the link of a seat and those of somebody signed in are the same. Everything that
is done to a ride of one's own goes by the secret of that ride. Name and contact of the other one
are shown on a page of their own that is posted to, because every look is recorded.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from miteinander.community.people.models import Person
from miteinander.community.regions import queries as regions
from miteinander.encounters.activities.cards import card_of
from miteinander.encounters.activities.enums import MatchStatus, RideKind
from miteinander.encounters.activities.forms.rides import RideForm, ShareForm
from miteinander.encounters.activities.models import (
    ActivityDate,
    Participation,
    Ride,
    RideMatch,
)
from miteinander.encounters.activities.permissions import (
    can_join_rides,
    can_see_participants,
    public,
)
from miteinander.encounters.activities.queries.planning import planned_dates, title_of
from miteinander.encounters.activities.queries.public import shown
from miteinander.encounters.activities.queries.ride_fit import obstacle
from miteinander.encounters.activities.queries.rides import (
    OwnRide,
    board_of,
    km_between,
    matches_of_rides,
    open_rides,
    ride_counts,
)
from miteinander.encounters.activities.ride_words import candidate_line, line_of, own_page
from miteinander.encounters.activities.services import rides
from miteinander.encounters.activities.views.attempts import has_succeeded
from miteinander.encounters.activities.views.public import reader_language
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import Actor, SystemActor
from miteinander.foundation.ui.forms import bound, is_switch

BEARER = SystemActor("seat link")
KINDS = {"offer": RideKind.OFFERED, "look": RideKind.WANTED}


def _date(date_id: int) -> ActivityDate:
    return get_object_or_404(shown(ActivityDate.objects.filter(public("activity__"))), pk=date_id)


def _by_date(request: HttpRequest, date_id: int) -> tuple[ActivityDate, Person]:
    date = _date(date_id)
    person = get_object_or_404(Person, pk=request.user.pk)
    if not can_join_rides(request.user, (date, person.pk)):
        raise Http404
    return date, person


def _by_seat(token: str) -> tuple[ActivityDate, Person]:
    seat = get_object_or_404(Participation.objects.select_related("person"), token=token)
    date = _date(seat.date_id)
    if not can_join_rides(BEARER, (date, seat.person_id)):
        raise Http404
    return date, seat.person


def _head(date: ActivityDate) -> dict[str, Any]:
    card = card_of(date, language=reader_language(), now=clock.now())
    return {"card": card, "date": date, "is_over": date.has_started(clock.now())}


def _own(row: OwnRide) -> dict[str, Any]:
    def told(matches: list[RideMatch]) -> list[tuple[RideMatch, Any]]:
        return [(match, line_of(match.other_than(row.ride))) for match in matches]

    return {
        "line": line_of(row.ride),
        "to_answer": told(row.to_answer),
        "asked": told(row.asked),
        "agreed": told(row.agreed),
        "has_car": row.has_car,
        "candidates": [candidate_line(candidate) for candidate in row.candidates],
    }


def _board(
    request: HttpRequest,
    place: tuple[ActivityDate, Person],
    back: str,
    new: Callable[[str], str],
) -> HttpResponse:
    date, person = place
    board = board_of(date=date, person_id=person.pk)
    context = _head(date) | {
        "own": [_own(row) for row in board.own],
        "others": [line_of(row.ride) for row in board.others],
        "offer_url": new("offer"),
        "look_url": new("look"),
        "back": back,
        "kind": board.own[0].ride.kind if board.own else "",
    }
    return render(request, "activities/rides/board.html", context)


@never_cache
@login_required
@require_GET
def ride_board(request: HttpRequest, date_id: int) -> HttpResponse:
    place = _by_date(request, date_id)
    back = place[0].get_absolute_url()
    return _board(request, place, back, lambda kind: _address("activities:ride_new", date_id, kind))


@never_cache
@require_GET
def seat_ride_board(request: HttpRequest, token: str) -> HttpResponse:
    back = _address("activities:seat", token)
    return _board(
        request,
        _by_seat(token),
        back,
        lambda kind: _address("activities:seat_ride_new", token, kind),
    )


def _address(name: str, *args: object) -> str:
    return str(redirect(name, *args)["Location"])


def _enter(
    request: HttpRequest, place: tuple[ActivityDate, Person], kind: str, back: str, actor: Actor
) -> HttpResponse:
    date, person = place
    if kind not in KINDS:
        raise Http404
    form = bound(
        RideForm, request, kind=KINDS[kind], places=list(regions.municipalities()),
        initial={"municipality": person.municipality_id},
    )  # fmt: skip
    if form.is_bound and form.is_valid():
        try:
            rides.add_ride(
                actor=actor, date_id=date.pk, person_id=person.pk, language=reader_language(),
                facts=form.facts(),
            )  # fmt: skip
        except ValidationError as error:
            form.refuse(error)
        else:
            messages.success(request, _("Your ride is in the list now."))
            return redirect(back)
    context = _head(date) | {"form": form, "is_offer": kind == "offer", "back": back}
    return render(request, "activities/rides/new.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def ride_new(request: HttpRequest, date_id: int, kind: str) -> HttpResponse:
    back = _address("activities:rides", date_id)
    return _enter(request, _by_date(request, date_id), kind, back, request.user)


@never_cache
@require_http_methods(["GET", "POST"])
def seat_ride_new(request: HttpRequest, token: str, kind: str) -> HttpResponse:
    back = _address("activities:seat_rides", token)
    return _enter(request, _by_seat(token), kind, back, BEARER)


def _ride(token: str) -> Ride:
    ride = get_object_or_404(
        Ride.objects.select_related("person", "municipality").filter(public("date__activity__")),
        token=token,
    )
    ride.date = _date(ride.date_id)
    return ride


def _actor(request: HttpRequest, ride: Ride) -> Actor:
    return request.user if request.user.pk == ride.person_id else BEARER


@never_cache
@require_http_methods(["GET", "POST"])
def ride_ask(request: HttpRequest, token: str, pk: int) -> HttpResponse:
    ride = _ride(token)
    if not can_join_rides(BEARER, (ride.date, ride.person_id)):
        raise Http404
    other = get_object_or_404(open_rides(ride.date).exclude(person=ride.person), pk=pk)
    form = bound(ShareForm, request, person=ride.person)
    if form.is_bound and form.is_valid():
        try:
            rides.ask_for_ride(
                actor=_actor(request, ride), ride_id=ride.pk, other_id=other.pk,
                shares=form.cleaned_data["shares"],
            )  # fmt: skip
        except ValidationError as error:
            form.add_error(None, ValidationError(error.messages))
        else:
            messages.success(request, _("You have asked. We tell you the answer."))
            return redirect(own_page(ride))
    return _question(request, ride, other, form, "activities/rides/ask.html")


def _question(
    request: HttpRequest, ride: Ride, other: Ride, form: ShareForm, template: str
) -> HttpResponse:
    offer, wanted = (ride, other) if ride.is_offered else (other, ride)
    context = _head(ride.date) | {
        "form": form,
        "ride": ride,
        "line": line_of(other),
        "km": km_between(ride.municipality, other.municipality),
        "fits": not obstacle(offer, wanted),
        "back": own_page(ride),
    }
    return render(request, template, context)


@never_cache
@require_http_methods(["GET", "POST"])
def ride_answer(request: HttpRequest, token: str, pk: int) -> HttpResponse:
    ride = _ride(token)
    match = get_object_or_404(matches_of_rides([ride]), pk=pk)
    if match.asked.pk != ride.pk:
        raise Http404
    if match.status != MatchStatus.ASKED:
        return redirect(own_page(ride))
    actor = _actor(request, ride)
    if request.method == "POST" and "no" in request.POST and not is_switch(request):
        rides.decline_ride(actor=actor, match_id=match.pk)
        messages.success(request, _("You said no. The other person is told kindly."))
        return redirect(own_page(ride))
    form = bound(ShareForm, request, person=ride.person)
    if form.is_bound and form.is_valid():
        try:
            rides.agree_ride(actor=actor, match_id=match.pk, shares=form.cleaned_data["shares"])
        except ValidationError as error:
            form.add_error(None, ValidationError(error.messages))
        else:
            messages.success(request, _("You ride together. Now you can reach each other."))
            return redirect(own_page(ride))
    return _question(request, ride, match.other_than(ride), form, "activities/rides/answer.html")


@never_cache
@require_POST
def ride_undo(request: HttpRequest, token: str, pk: int) -> HttpResponse:
    ride = _ride(token)
    match = get_object_or_404(matches_of_rides([ride]), pk=pk)
    rides.undo_ride(actor=_actor(request, ride), ride_id=ride.pk, match_id=match.pk)
    messages.success(request, _("This is undone. The other person is told."))
    return redirect(own_page(ride))


@never_cache
@require_POST
def ride_contact(request: HttpRequest, token: str, pk: int) -> HttpResponse:
    """Show how to reach the other one. A POST, because every look is recorded."""
    ride = _ride(token)
    get_object_or_404(matches_of_rides([ride]), pk=pk)
    try:
        contact = rides.open_ride_contact(actor=_actor(request, ride), ride_id=ride.pk, match_id=pk)
    except RideMatch.DoesNotExist as error:
        raise Http404 from error
    context = _head(ride.date) | {
        "contact": contact, "line": line_of(contact.ride), "ride": ride, "back": own_page(ride),
    }  # fmt: skip
    return render(request, "activities/rides/contact.html", context)


@never_cache
@require_POST
def ride_end(request: HttpRequest, token: str) -> HttpResponse:
    ride = _ride(token)
    done = _("Your ride is taken back. Whoever had agreed is told.")
    actor = _actor(request, ride)
    has_succeeded(request, lambda: rides.end_ride(actor=actor, ride_id=ride.pk), done)
    return redirect(own_page(ride))


@login_required
@require_GET
def date_rides(request: HttpRequest, pk: int) -> HttpResponse:
    """Show organisers from where people look for a ride, to plan a bus; numbers only."""
    date = get_object_or_404(planned_dates(request.user), pk=pk)
    if not can_see_participants(request.user, date.activity):
        raise Http404
    context = {
        "date": date,
        "activity": date.activity,
        "title": title_of(date.activity),
        "counts": ride_counts(date),
        "may_join": can_join_rides(request.user, (date, request.user.pk or 0)),
    }
    return render(request, "activities/rides/date_rides.html", context)
