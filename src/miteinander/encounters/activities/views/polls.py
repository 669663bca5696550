"""Answering a date poll by its link, and by the private link of the answer; then taking the seat.

Privacy: whoever types a contact has proven nothing. The private link of an answer is in the mail
only: on the screen it would tell whether a telephone number is known.
"""

import secrets
from typing import Any

from allauth.core import ratelimit
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from miteinander.community.people.models import Person
from miteinander.community.people.services import Contact
from miteinander.encounters.activities.forms.polls import (
    GuestVotesForm,
    PolledSeatForm,
    VotesForm,
    initial_votes,
)
from miteinander.encounters.activities.models import ActivityDate, DatePoll, PollAnswer
from miteinander.encounters.activities.permissions import is_public
from miteinander.encounters.activities.queries import polls as queries
from miteinander.encounters.activities.queries import public
from miteinander.encounters.activities.services import polls, seats
from miteinander.encounters.activities.services.polls.holding import PollIsClosed
from miteinander.encounters.activities.views.public import reader_language
from miteinander.encounters.activities.views.sign_up import confirmation, page_of
from miteinander.foundation.content.queries import read
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import SystemActor
from miteinander.foundation.ui.forms import bound, is_switch

BEARER = SystemActor("poll link")


def _poll_page(request: HttpRequest, poll: DatePoll) -> dict[str, Any]:
    """Return what every page of a poll shows of its occasion."""
    wants_original = request.GET.get("original") == "1"
    reading = read(poll.activity, reader_language(), original=wants_original)
    return {"poll": poll, "activity": poll.activity, "reading": reading}


def _gone(request: HttpRequest) -> HttpResponse:
    """Say that there is nothing to answer any more, without a word about what it was."""
    return render(request, "activities/polls/poll_gone.html", status=410)


def _is_sent(request: HttpRequest, form: VotesForm) -> bool:
    return request.method == "POST" and not is_switch(request) and form.is_valid()


@never_cache
@require_http_methods(["GET", "POST"])
def poll_page(request: HttpRequest, token: str) -> HttpResponse:
    found = get_object_or_404(DatePoll, token=token)
    poll = queries.shown_polls().filter(pk=found.pk).first()
    if poll is None:
        return _gone(request)
    if not poll.takes_answers(clock.now()):
        return _over(request, poll)
    person = request.user if request.user.is_authenticated else None
    try:
        return _answer_person(request, poll, person) if person else _answer_guest(request, poll)
    except PollIsClosed:
        return redirect("activities:poll", token)


def _over(request: HttpRequest, poll: DatePoll) -> HttpResponse:
    context = _poll_page(request, poll) | {"date": _public_date(poll)}
    return render(request, "activities/polls/poll_over.html", context)


def _answer_person(request: HttpRequest, poll: DatePoll, person: Person) -> HttpResponse:
    answer = queries.answer_of(poll, person)
    form = bound(
        VotesForm, request, counts=queries.results_of(poll, clock.now()),
        initial=initial_votes(queries.choices_of(answer)),
    )  # fmt: skip
    if _is_sent(request, form):
        polls.answer_poll(
            actor=person, poll_id=poll.pk, person_id=person.pk, language=reader_language(),
            side=person.background, choices=form.choices(),
        )  # fmt: skip
        messages.success(request, _("Thank you. Your answer is saved."))
        return redirect("activities:poll", poll.token)
    context = _poll_page(request, poll) | {"form": form, "answer": answer}
    return render(request, "activities/polls/poll_page.html", context)


def _answer_guest(request: HttpRequest, poll: DatePoll) -> HttpResponse:
    form = bound(
        GuestVotesForm, request, counts=queries.results_of(poll, clock.now()),
        initial={"entry": secrets.token_urlsafe(16)},
    )  # fmt: skip
    if _is_sent(request, form):
        contact = form.contact()
        if not ratelimit.consume(request, action="sign_up", key=contact.email or contact.phone):
            return render(request, "activities/polls/poll_wait.html", status=429)
        try:
            polls.answer_poll_guest(
                actor=request.user, poll_id=poll.pk, contact=contact, choices=form.choices(),
                entry=form.cleaned_data["entry"],
            )  # fmt: skip
        except PollIsClosed:
            raise
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("activities:poll_thanks", poll.token)
    context = _poll_page(request, poll) | {"form": form}
    return render(request, "activities/polls/poll_page.html", context)


@never_cache
@require_GET
def poll_thanks(request: HttpRequest, token: str) -> HttpResponse:
    """Thank a guest in words that are true for whoever typed that contact."""
    poll = get_object_or_404(queries.shown_polls(), token=token)
    context = _poll_page(request, poll)
    return render(request, "activities/polls/poll_thanks.html", context)


def _answer(token: str) -> PollAnswer | None:
    """Find an answer by its private link; None when its occasion is out of sight."""
    answer = get_object_or_404(PollAnswer.objects.select_related("person"), token=token)
    poll = queries.shown_polls().filter(pk=answer.poll_id).first()
    if poll is None:
        return None
    answer.poll = poll
    return answer


@never_cache
@require_http_methods(["GET", "POST"])
def poll_mine(request: HttpRequest, token: str) -> HttpResponse:
    answer = _answer(token)
    if answer is None:
        return _gone(request)
    if not answer.poll.takes_answers(clock.now()):
        return _over_mine(request, answer)
    form = bound(
        VotesForm, request, counts=queries.results_of(answer.poll, clock.now()),
        initial=initial_votes(queries.choices_of(answer)),
    )  # fmt: skip
    if _is_sent(request, form):
        try:
            polls.change_answer(actor=BEARER, answer_id=answer.pk, choices=form.choices())
        except PollIsClosed:
            return redirect("activities:poll_mine", token)
        messages.success(request, _("Thank you. Your answer is saved."))
        return redirect("activities:poll_mine", token)
    context = _poll_page(request, answer.poll) | {"form": form, "answer": answer, "is_mine": True}
    return render(request, "activities/polls/poll_page.html", context)


def _public_date(poll: DatePoll) -> ActivityDate | None:
    """Return the date the poll became, as the public sees it; None before that."""
    if poll.date_id is None or not is_public(poll.activity):
        return None
    dates = public.shown(public.public_dates()).select_related("activity__required__organisation")
    return dates.filter(pk=poll.date_id).first()


def _seat_form(answer: PollAnswer, date: ActivityDate, data: Any = None) -> PolledSeatForm:
    has_question = bool(page_of(date)["reading"].part("question"))
    return PolledSeatForm(data, date=date, has_question=has_question, polled=answer)


def _over_mine(request: HttpRequest, answer: PollAnswer, **more: Any) -> HttpResponse:
    """Show the date it became, and the button that takes the seat."""
    date = _public_date(answer.poll)
    if date is None:
        return _over(request, answer.poll)
    context = _poll_page(request, answer.poll) | page_of(date) | {"answer": answer}
    more = {"form": _seat_form(answer, date)} | more
    return render(request, "activities/polls/poll_seat.html", context | more)


@never_cache
@require_POST
def poll_take_seat(request: HttpRequest, token: str) -> HttpResponse:
    answer = _answer(token)
    date = _public_date(answer.poll) if answer is not None else None
    if answer is None or date is None:
        return _gone(request)
    form = _seat_form(answer, date, request.POST)
    if is_switch(request) or not form.is_valid():
        shown = _seat_form(answer, date) if is_switch(request) else form
        return _over_mine(request, answer, form=shown)
    person, may_wait = answer.person, request.POST.get("may_wait") == "1"
    contact = Contact(
        name=person.name, email=person.email or "", phone=person.phone or "",
        language=answer.language, background=answer.side, age_group=person.age_group,
    )  # fmt: skip
    try:
        taken = seats.sign_up_guest(
            actor=BEARER, date_id=date.pk, contact=contact, entry=answer.token,
            wish=form.wish(may_wait=may_wait),
        )  # fmt: skip
    except seats.AllSeatsTaken:
        return _over_mine(request, answer, form=form, is_full=True)
    except ValidationError as error:
        return _over_mine(request, answer, form=form, problem=" ".join(error.messages))
    return confirmation(date, taken, email=contact.email, is_proven=True)
