"""Standing offers, where people just come: the list, the page of one, and its opening times."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from miteinander.community.regions.queries import municipalities
from miteinander.encounters.activities.forms.dates import LATER, ONLINE
from miteinander.encounters.activities.forms.standing import (
    FREE_ROWS,
    OfferSearchForm,
    OpeningForm,
)
from miteinander.encounters.activities.models import Activity
from miteinander.encounters.activities.openings import offer_cards
from miteinander.encounters.activities.permissions import is_public
from miteinander.encounters.activities.queries import standing
from miteinander.encounters.activities.queries.planning import title_of
from miteinander.encounters.activities.queries.tasks import LABELS, TaskKey
from miteinander.encounters.activities.services.locking import ChangedMeanwhile, fingerprint
from miteinander.encounters.activities.services.standing import opening_of, set_opening
from miteinander.encounters.activities.views.public import reader_language
from miteinander.encounters.activities.views.tasks import changeable, refuse_conflict, seen_of
from miteinander.encounters.spaces.queries import venues_of
from miteinander.foundation.content.queries import read
from miteinander.foundation.core import clock
from miteinander.foundation.core.pagination import page_of
from miteinander.foundation.core.public import public_page
from miteinander.foundation.ui.forms import bound, is_switch

PLACES_OF_ERRORS = {"past": "last_day", "order": "last_day"}


@require_GET
@public_page
def standing_list(request: HttpRequest) -> HttpResponse:
    form = OfferSearchForm(request.GET, places=list(municipalities()))
    offers = standing.standing_offers(
        today=clock.today(), criteria=form.criteria(), weekday=form.day()
    )
    links = page_of(offers, request.GET)
    context = {
        "form": form,
        "chips": form.chips(),
        "problems": form.problems(),
        "links": links,
        "offers": offer_cards(links.page, language=reader_language(), now=clock.now()),
        "count": links.page.paginator.count,
    }
    return render(request, "activities/standing/list.html", context)


def offer_page(request: HttpRequest, offer: Activity) -> dict[str, Any]:
    """Return what the page of an offer shows; its rows must come from ``queries.standing``."""
    language, wants_original = reader_language(), request.GET.get("original") == "1"
    (card,) = offer_cards([offer], language=language, now=clock.now())
    address = reverse("activities:standing_detail", args=[offer.pk])
    return {
        "shown": card,
        "card": card.card,
        "activity": offer,
        "venue": offer.venue,
        "reading": read(offer, language, original=wants_original),
        "is_public": is_public(offer),
        "address": request.build_absolute_uri(address),
    }


@require_GET
@public_page
def standing_detail(request: HttpRequest, pk: int) -> HttpResponse:
    offer = get_object_or_404(standing.visible_offers(actor=request.user), pk=pk)
    return render(request, "activities/standing/detail.html", offer_page(request, offer))


def _initial(activity: Activity, present: str) -> dict[str, Any]:
    rows = list(activity.opening_hours.all())
    online = ONLINE if activity.is_online else ""
    values: dict[str, Any] = {
        "place": str(activity.venue_id or "") or online or (LATER if rows else ""),
        "is_online": activity.is_online and bool(activity.venue_id),
        "online_url": activity.online_url,
        "rests_in_holidays": activity.rests_in_holidays,
        "closed_days": "\n".join(f"{row.day:%d.%m.%Y}" for row in activity.closed_days.all()),
        "seen": present,
    }
    for number, row in enumerate(rows, start=1):
        values |= {
            f"weekday_{number}": row.weekday,
            f"opens_{number}": row.opens,
            f"closes_{number}": row.closes,
            "first_day": row.first_day,
            "last_day": row.last_day,
        }
    return values


@login_required
@require_http_methods(["GET", "POST"])
def plan_edit_opening(request: HttpRequest, pk: int) -> HttpResponse:
    activity = changeable(request, pk)
    if not activity.is_standing:
        return redirect("activities:edit_dates", pk)
    present = fingerprint(opening_of(activity))
    form = bound(
        OpeningForm, request, initial=_initial(activity, present),
        venues=list(venues_of(request.user, activity.organisation_id)),
        municipalities=municipalities(),
        row_count=len(activity.opening_hours.all()) + FREE_ROWS,
    )  # fmt: skip
    if request.method == "POST" and not is_switch(request) and form.is_valid():
        _save(request, pk, form, present)
        if not form.errors:
            messages.success(request, _("Saved."))
            return redirect("activities:tasks", pk)
    context = {
        "form": form,
        "activity": activity,
        "title": title_of(activity),
        "heading": LABELS[TaskKey.OPENING],
    }
    return render(request, "activities/standing/opening.html", context)


def _save(request: HttpRequest, pk: int, form: OpeningForm, present: str) -> None:
    """Save hours and place; what is refused is said in the form, and nothing is lost."""
    try:
        set_opening(
            actor=request.user, activity_id=pk, opening=form.opening, place=form.chosen_place,
            seen=seen_of(form),
        )  # fmt: skip
    except ChangedMeanwhile:
        refuse_conflict(form, present)
    except ValidationError as error:
        place = PLACES_OF_ERRORS.get(getattr(error, "code", None) or "")
        form.add_error(place, ValidationError(error.messages))
