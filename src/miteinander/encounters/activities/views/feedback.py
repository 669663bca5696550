"""Saying how it was, by a private link and without an account; and reading what was said."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from miteinander.encounters.activities.enums import Answer, Question
from miteinander.encounters.activities.forms.feedback import FeedbackWordsForm
from miteinander.encounters.activities.models import ActivityDate, Feedback, Participation
from miteinander.encounters.activities.permissions import published
from miteinander.encounters.activities.queries.feedback import ENOUGH, results_of
from miteinander.encounters.activities.queries.planning import planned_activity, title_of
from miteinander.encounters.activities.services import feedback
from miteinander.encounters.activities.views.public import reader_language
from miteinander.foundation.content.queries import read
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import SystemActor, can
from miteinander.foundation.ui.forms import bound, is_switch

BEARER = SystemActor("feedback link")


@dataclass(frozen=True)
class Asked:
    """One question with the answer given so far, and whether it is asked now."""

    name: str
    words: str
    answer: str

    @property
    def answer_words(self) -> str:
        """Say the answer in words."""
        return str(Answer(self.answer).label) if self.answer else ""


def _questions(given: Feedback | None) -> list[Asked]:
    return [
        Asked(question.value, str(question.label), getattr(given, question.value, ""))
        for question in Question
    ]


def _asked(questions: list[Asked], wanted: str) -> Asked | None:
    """Pick the question to ask: the one to be changed, else the first without an answer."""
    chosen = [row for row in questions if row.name == wanted]
    return next(iter(chosen or [row for row in questions if not row.answer]), None)


def _seat(date_id: int, token: str) -> Participation:
    dates = ActivityDate.objects.filter(published("activity__")).select_related("activity")
    date = get_object_or_404(dates.prefetch_related("activity__versions"), pk=date_id)
    found = feedback.find_by_link(date, token)
    if found is None:
        raise Http404
    found.date = date
    return found


def _page(
    request: HttpRequest, seat: Participation, token: str, form: FeedbackWordsForm | None = None
) -> HttpResponse:
    given = feedback.feedback_of(seat)
    questions = _questions(given)
    asked = _asked(questions, "" if form else request.GET.get("question", ""))
    context = {
        "date": seat.date,
        "reading": read(seat.date.activity, reader_language()),
        "token": token,
        "is_open": feedback.is_open(seat.date, clock.now()),
        "is_early": seat.date.ends_at > clock.now(),
        "questions": questions,
        "asked": asked,
        "number": questions.index(asked) + 1 if asked else 0,
        "answers": Answer.choices,
        "given": given,
        "form": form or FeedbackWordsForm(initial=_written(given)),
    }
    return render(request, "activities/feedback.html", context)


def _written(given: Feedback | None) -> dict[str, Any]:
    language = given.language if given and given.language else reader_language().split("-")[0]
    return {"words": given.words if given else "", "language": language}


@never_cache
@require_http_methods(["GET", "POST"])
def activity_feedback(request: HttpRequest, date_id: int, token: str) -> HttpResponse:
    seat = _seat(date_id, token)
    if request.method == "GET" or is_switch(request):
        return _page(request, seat, token)
    try:
        feedback.answer_question(
            actor=BEARER,
            participation_id=seat.pk,
            question=request.POST.get("question", ""),
            answer=request.POST.get("answer", ""),
        )
    except ValidationError:
        return _page(request, seat, token)  # the page asks again, or says that it is too late
    return redirect("activities:feedback", date_id, token)


@never_cache
@require_http_methods(["GET", "POST"])
def activity_feedback_words(request: HttpRequest, date_id: int, token: str) -> HttpResponse:
    seat = _seat(date_id, token)
    initial = _written(feedback.feedback_of(seat))
    form = bound(FeedbackWordsForm, request, initial=initial)
    if request.method == "GET" or is_switch(request) or not form.is_valid():
        return _page(request, seat, token, form)
    try:
        feedback.write_feedback_words(
            actor=BEARER,
            participation_id=seat.pk,
            words=form.cleaned_data["words"],
            language=form.cleaned_data["language"],
        )
    except feedback.FeedbackClosed:
        return _page(request, seat, token)
    messages.success(request, _("Thank you. Your words are saved."))
    return redirect("activities:feedback", date_id, token)


@login_required
@require_GET
def plan_feedback(request: HttpRequest, pk: int) -> HttpResponse:
    activity = get_object_or_404(planned_activity(request.user), pk=pk)
    if not can(request.user, "activities.read_feedback", activity):
        raise Http404
    context = {
        "activity": activity,
        "title": title_of(activity),
        "results": results_of(activity, clock.now()),
        "enough": ENOUGH,
    }
    return render(request, "activities/plan/plan_feedback.html", context)
