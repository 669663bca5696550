"""What a tandem is, and the questions: one page, one thing, kept at once."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from miteinander.cooperation.tandems.enums import SeekerStatus
from miteinander.cooperation.tandems.forms.questions import FORMS
from miteinander.cooperation.tandems.models import Seeker
from miteinander.cooperation.tandems.queries.seekers import seeker_of
from miteinander.cooperation.tandems.services import questionnaire
from miteinander.foundation.core.permissions import can
from miteinander.foundation.core.public import public_page
from miteinander.foundation.ui.forms import bound
from miteinander.foundation.ui.steps import has_done, is_sent, only


@require_GET
@public_page
def tandem_about(request: HttpRequest) -> HttpResponse:
    """Say what a tandem is, and how it goes."""
    return render(request, "tandems/about.html")


@login_required
@require_POST
def seeker_begin(request: HttpRequest) -> HttpResponse:
    """Begin the questions, or go on with them."""
    only(request, "tandems.take_part")
    seeker = questionnaire.begin(actor=request.user)
    if seeker.status != SeekerStatus.DRAFT:
        return redirect("tandems:mine")
    return redirect("tandems:question", seeker.step)


def _seeker(request: HttpRequest) -> Seeker:
    seeker = seeker_of(request.user.pk)
    if seeker is None or not can(request.user, "tandems.change_seeker", seeker):
        raise Http404
    return seeker


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def seeker_question(request: HttpRequest, key: str) -> HttpResponse:
    """Ask one question; somebody who has answered them all comes back to their own page."""
    seeker = _seeker(request)
    if key not in FORMS:
        raise Http404
    form_class = FORMS[key]
    form: Any = bound(form_class, request, initial=form_class.begin(seeker))

    def keep() -> None:
        questionnaire.answer_question(
            actor=request.user, seeker_id=seeker.pk, key=key, answers=form.answers(),
            side=form.cleaned_data.get("side", ""), name=form.cleaned_data.get("name", ""),
        )  # fmt: skip

    if is_sent(request, form) and has_done(form, keep):
        return _after(request, key)
    return render(request, "tandems/question.html", _page(seeker, key, form))


def _after(request: HttpRequest, key: str) -> HttpResponse:
    seeker = _seeker(request)
    following = questionnaire.next_key(seeker, key)
    if seeker.status != SeekerStatus.DRAFT or not following:
        return redirect("tandems:mine")
    return redirect("tandems:question", following)


def _page(seeker: Seeker, key: str, form: Any) -> dict[str, Any]:
    keys = [one for one in questionnaire.KEYS
            if one != "practises" or "language" in seeker.wants or key == one]  # fmt: skip
    place = keys.index(key)
    return {
        "seeker": seeker, "key": key, "form": form, "number": place + 1, "count": len(keys),
        "before": keys[place - 1] if place else "", "is_draft": seeker.status == "draft",
    }  # fmt: skip
