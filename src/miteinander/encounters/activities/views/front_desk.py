"""The list at the door, made for a phone."""

import secrets
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from miteinander.encounters.activities.enums import ParticipationStatus, Presence, SignUpWay
from miteinander.encounters.activities.forms.front_desk import SignedListForm, WalkInForm
from miteinander.encounters.activities.models import ActivityDate
from miteinander.encounters.activities.permissions import can_decide, can_see_participants
from miteinander.encounters.activities.queries.door import (
    door_list,
    helpers_seen_by,
    participations_seen_by,
)
from miteinander.encounters.activities.queries.planning import planned_dates, title_of
from miteinander.encounters.activities.services import (
    arrival,
    desk,
    helpers_at_door,
    presence,
    signed_list,
)
from miteinander.encounters.activities.views.attempts import has_succeeded
from miteinander.foundation.core import clock
from miteinander.foundation.ui.forms import bound, is_switch

# A number for each way a language may count, by the names browsers use for them (CLDR).
PLURALS = {"zero": 0, "one": 1, "two": 2, "few": 3, "many": 11, "other": 100}


def date_at_door(request: HttpRequest, pk: int) -> ActivityDate:
    """Fetch a date for somebody who may see who comes."""
    date = get_object_or_404(planned_dates(request.user), pk=pk)
    if not can_see_participants(request.user, date.activity):
        raise Http404
    return date


def row_context() -> dict[str, Any]:
    """Return what every line of the list needs beside its person."""
    return {
        "Presence": Presence,
        "extra": ParticipationStatus.EXTRA,
        "behalf": SignUpWay.BEHALF,
    }


def page_until(date: ActivityDate) -> str:
    """Return until when a browser may keep the page, as browsers count; no separators in it."""
    return str(int(date.ends_at.timestamp() * 1000))


def _gap_context(request: HttpRequest, date: ActivityDate) -> dict[str, Any]:
    """Return what the page needs to go on without network: words for counts, and limits."""
    return {
        "book": desk.book_of(request.user, date.pk),
        "kept_until": str(int((date.ends_at + desk.SENT_WITHIN).timestamp() * 1000)),
        "page_until": page_until(date),
        "waiting_words": {
            category: ngettext(
                "No network. %(count)s mark waits on this phone.",
                "No network. %(count)s marks wait on this phone.",
                number,
            )
            % {"count": "#"}
            for category, number in PLURALS.items()
        },
    }


@login_required
@require_http_methods(["GET", "POST"])
def front_desk(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who comes. A search is a POST, so that no name stands in an address."""
    date = date_at_door(request, pk)
    is_open = presence.is_desk_open(date, clock.now())
    search = request.POST.get("search", "")[:120]
    context = {
        "date": date,
        "activity": date.activity,
        "title": title_of(date.activity),
        "is_open": is_open,
        "may_decide": can_decide(request.user, date.activity),
        "people": door_list(request.user, date, search) if is_open else None,
        "search": search,
        "opens_at": date.starts_at - presence.OPENS_BEFORE,
        "has_ended": date.has_ended(clock.now()),
        "shows_room": arrival.is_room_open(date, clock.now()),
    }
    context |= row_context() | _gap_context(request, date)
    return render(request, "activities/front_desk/front_desk.html", context)


@login_required
@require_POST
def front_desk_mark(request: HttpRequest, pk: int) -> HttpResponse:
    participation = get_object_or_404(participations_seen_by(request.user), pk=pk)
    try:
        presence.mark_presence(
            actor=request.user, participation_id=pk, presence=request.POST.get("mark", "")
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect(reverse("activities:front_desk", args=[participation.date_id]) + f"#p{pk}")


@login_required
@require_POST
def front_desk_mark_helper(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark somebody who helps and has no line on the list yet."""
    offer = get_object_or_404(helpers_seen_by(request.user), pk=pk)
    back = reverse("activities:front_desk", args=[offer.date_id])
    try:
        line = helpers_at_door.mark_helper(
            actor=request.user, offer_id=pk, mark=request.POST.get("mark", "")
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(back)
    return redirect(f"{back}#p{line.pk}")


@login_required
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def front_desk_walk_in(request: HttpRequest, pk: int) -> HttpResponse:
    date = date_at_door(request, pk)
    form = bound(WalkInForm, request, initial={"entry": secrets.token_hex(12)})
    if request.method == "POST" and not is_switch(request) and form.is_valid():
        try:
            added = presence.add_walk_in(
                actor=request.user,
                date_id=pk,
                contact=form.contact(get_language() or "de"),
                entry=form.cleaned_data["entry"],
                beyond_seats=form.cleaned_data["beyond_seats"],
            )
        except presence.NoSeatLeft:
            form.ask_beyond_seats()
        except ValidationError as error:
            form.add_error(None, ValidationError(error.messages))
        else:
            messages.success(request, _("The person is on the list and marked as present."))
            return redirect(reverse("activities:front_desk", args=[pk]) + f"#p{added.pk}")
    context = {
        "form": form,
        "date": date,
        "title": title_of(date.activity),
    }
    return render(request, "activities/front_desk/walk_in.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def front_desk_signed_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Take over a list that people signed on paper: everybody on one page, saved once."""
    date = date_at_door(request, pk)
    if not presence.is_desk_open(date, clock.now()):
        return redirect("activities:front_desk", pk)
    people = door_list(request.user, date)
    here = [row.pk for row in people if row.presence == Presence.PRESENT]
    shown, helpers = [row.pk for row in people], [one.pk for one in people.helpers]
    form = bound(
        SignedListForm,
        request,
        initial={"shown": shown, "before": here, "here": here, "helpers_shown": helpers},
    )
    if request.method == "POST" and not is_switch(request) and form.is_valid():
        step = partial(signed_list.mark_list, actor=request.user, date_id=pk, signed=form.signed)
        has_succeeded(request, step, _("Saved."))
        return redirect("activities:front_desk", pk)
    context = {
        "form": form,
        "date": date,
        "title": title_of(date.activity),
        "rows": [(row, row.pk in form.keys("here")) for row in people],
        "helpers": [(one, one.pk in form.keys("helpers")) for one in people.helpers],
        "absent": Presence.ABSENT,
    }
    return render(request, "activities/front_desk/signed_list.html", context)


@login_required
@require_POST
def front_desk_contact(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how to reach one person. A POST, because every look is recorded."""
    get_object_or_404(participations_seen_by(request.user), pk=pk)
    try:
        participation = presence.open_contact(actor=request.user, participation_id=pk)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("activities:plan")
    context = {
        "person": participation.person,
        "date": participation.date,
        "participation": participation,
    }
    return render(request, "activities/front_desk/contact.html", context)
