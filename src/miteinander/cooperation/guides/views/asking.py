"""The page on which a guide says yes or no: opened by the link of the mail, without signing in."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from miteinander.cooperation.guides.enums import AskAnswer, RequestStatus
from miteinander.cooperation.guides.forms.asking import MomentForm
from miteinander.cooperation.guides.models import Ask
from miteinander.cooperation.guides.pages import described
from miteinander.cooperation.guides.services import asking
from miteinander.foundation.core.permissions import SystemActor
from miteinander.foundation.ui.steps import has_done, refused

BEARER = SystemActor("link of an ask")


def _ask(token: str) -> Ask:
    rows = Ask.objects.select_related("request__municipality", "guide__person")
    return get_object_or_404(rows.defer("request__municipality__boundary"), token=token)


def _page(request: HttpRequest, ask: Ask, form: MomentForm) -> HttpResponse:
    """Show what is asked for, without any contact: a link may be passed on."""
    is_open = ask.answer in {AskAnswer.OPEN, AskAnswer.EXPIRED, AskAnswer.NO}
    is_same = ask.time_turn == ask.request.time_turn
    others = ask.request.asks.filter(answer=AskAnswer.OPEN).exclude(pk=ask.pk)
    can_answer = is_open and is_same and ask.request.status == RequestStatus.OPEN
    agreed = ask.request.assignments.filter(guide=ask.guide_id, status="agreed").first()
    context = described(ask.request) | {
        "ask": ask, "form": form, "can_answer": can_answer and not others.exists(),
        "assignment": agreed if ask.answer == AskAnswer.YES else None,
    }  # fmt: skip
    return render(request, "guides/assignments/asked.html", context)


@never_cache
@require_GET
def asked(request: HttpRequest, token: str) -> HttpResponse:
    return _page(request, _ask(token), MomentForm())


@never_cache
@require_POST
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Note yes or no; for a flexible request the guide says when."""
    ask = _ask(token)
    is_yes = "yes" in request.POST
    needs_time = is_yes and ask.request.starts_at is None
    form = MomentForm(request.POST if needs_time else {})

    def note() -> None:
        starts_at = form.starts_at() if needs_time else None
        asking.answer_ask(actor=BEARER, ask_id=ask.pk, is_yes=is_yes, starts_at=starts_at)

    if needs_time and not (form.is_valid() and has_done(form, note)):
        return _page(request, _ask(token), form)
    if not needs_time and (wrong := refused(note)):
        messages.error(request, wrong)
        return redirect("guides:asked", token)
    thanks = _("Thank you! You are going.") if is_yes else _("Thank you for your answer.")
    messages.success(request, thanks)
    return redirect("guides:asked", token)
