"""Signing somebody up on behalf."""

import secrets
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from miteinander.encounters.activities.enums import ParticipationStatus
from miteinander.encounters.activities.forms.behalf import BehalfForm
from miteinander.encounters.activities.permissions import can_sign_up_behalf
from miteinander.encounters.activities.queries.planning import planned_dates, title_of
from miteinander.encounters.activities.services.seats import AllSeatsTaken, SignUp
from miteinander.encounters.activities.services.seats.behalf import sign_up_behalf
from miteinander.encounters.activities.services.words import QUESTION
from miteinander.foundation.content.queries import read
from miteinander.foundation.ui.forms import bound, is_switch

PLACES = {"too_many_companions": "companions", "not_stated": "is_stated"}


@login_required
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def date_sign_up_behalf(request: HttpRequest, pk: int) -> HttpResponse:
    date = get_object_or_404(planned_dates(request.user), pk=pk)
    activity = date.activity
    if not can_sign_up_behalf(request.user, activity):
        raise Http404
    question = read(activity, get_language() or "de").part(QUESTION)

    def make(*args: Any, **kwargs: Any) -> BehalfForm:
        return BehalfForm(*args, activity=activity, question=question, **kwargs)

    form = bound(make, request, initial={"entry": secrets.token_hex(12)})
    if request.method == "POST" and not is_switch(request) and form.is_valid():
        asked = _asked(request, pk, form)
        if asked is not None:
            messages.success(request, _outcome(asked))
            return redirect("activities:asked", pk)
    context = {"form": form, "date": date, "activity": activity, "title": title_of(activity)}
    return render(request, "activities/plan/sign_up_behalf.html", context)


def _asked(request: HttpRequest, pk: int, form: BehalfForm) -> SignUp | None:
    """Ask for the seat; None means that the form says why it was refused."""
    try:
        return sign_up_behalf(
            actor=request.user,
            date_id=pk,
            contact=form.contact(),
            has_consent=form.cleaned_data["has_consent"],
            entry=form.cleaned_data["entry"],
            wish=form.wish(),
        )
    except AllSeatsTaken:
        form.ask_may_wait()
    except ValidationError as error:
        place = PLACES.get(getattr(error, "code", None) or "")
        form.add_error(place if place in form.fields else None, ValidationError(error.messages))
    return None


def _outcome(asked: SignUp) -> str:
    if not asked.is_own:
        return _("This person is on the list already. Nothing was changed.")
    told = {
        ParticipationStatus.SIGNED_UP: _("The person has a seat."),
        ParticipationStatus.WAITING: _("The person is on the waiting list."),
        ParticipationStatus.REQUESTED: _("The person waits for your answer."),
        ParticipationStatus.APPLIED: _("The person takes part in the draw."),
    }
    return told.get(ParticipationStatus(asked.participation.status), _("Saved."))
