"""The page of a tandem for its members, from the moment everybody has said yes."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from miteinander.cooperation.tandems.forms.tandem import (
    EndForm,
    FirstDateForm,
    ReportForm,
    WordsForm,
)
from miteinander.cooperation.tandems.models import TandemMember
from miteinander.cooperation.tandems.pages_tandem import date_begin, near_places, tandem_page
from miteinander.cooperation.tandems.queries.tandems import own_member
from miteinander.cooperation.tandems.services import ending, first_date, life, relay
from miteinander.foundation.ui.forms import bound
from miteinander.foundation.ui.steps import has_done, is_sent, key_of, refused


def _member(request: HttpRequest, pk: int) -> TandemMember:
    member = own_member(actor=request.user, tandem_id=pk)
    if member is None:
        raise Http404
    return member


@never_cache
@login_required
@require_GET
def tandem_detail(request: HttpRequest, pk: int) -> HttpResponse:
    context = tandem_page(_member(request, pk)) | {"form": WordsForm.fresh()}
    return render(request, "tandems/tandem.html", context)


@login_required
@require_POST
def tandem_write(request: HttpRequest, pk: int) -> HttpResponse:
    """Pass words on to the others."""
    member = _member(request, pk)
    form = bound(WordsForm, request)

    def pass_on() -> None:
        typed = form.cleaned_data
        relay.pass_on(
            actor=request.user, member_id=member.pk, words=typed["words"], entry=typed["entry"]
        )

    if is_sent(request, form) and has_done(form, pass_on):
        messages.success(request, _("Your message is on its way."))
        return redirect("tandems:tandem", pk)
    return render(request, "tandems/tandem.html", tandem_page(member) | {"form": form})


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def tandem_date(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose another time or place."""
    member = _member(request, pk)
    form: Any = bound(
        FirstDateForm, request, venues=near_places(member), initial=date_begin(member.tandem)
    )

    def change() -> None:
        typed = form.cleaned_data
        first_date.change_first_date(
            actor=request.user, member_id=member.pk, starts_at=form.starts_at(),
            way=typed["way"], venue_id=typed["venue"],
        )  # fmt: skip

    if is_sent(request, form) and has_done(form, change):
        messages.success(request, _("Proposed. We ask whether it fits."))
        return redirect("tandems:tandem", pk)
    return render(request, "tandems/date.html", {"form": form, "member": member})


def _step(request: HttpRequest, pk: int, step: Callable[..., object], told: str) -> HttpResponse:
    """Take one step as a member, and say what came of it."""
    member = _member(request, pk)
    wrong = refused(lambda: step(actor=request.user, member_id=member.pk))
    if wrong:
        messages.error(request, wrong)
    else:
        messages.success(request, told)
    return redirect("tandems:tandem", pk)


@login_required
@require_POST
def tandem_date_accept(request: HttpRequest, pk: int) -> HttpResponse:
    turn = key_of(request.POST.get("turn", ""))

    def accept(**who: Any) -> None:
        first_date.accept_first_date(turn=turn, **who)

    return _step(request, pk, accept, pgettext("date", "Thank you, that is noted."))


@login_required
@require_POST
def tandem_occasion(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose to go to a meeting together."""
    date_id = key_of(request.POST.get("date", ""))

    def propose(**who: Any) -> None:
        first_date.meet_at_occasion(date_id=date_id, **who)

    return _step(request, pk, propose, _("Proposed. We ask whether it fits."))


@login_required
@require_POST
def tandem_pause(request: HttpRequest, pk: int) -> HttpResponse:
    is_paused = "end" not in request.POST

    def pause(**who: Any) -> None:
        life.pause_tandem(is_paused=is_paused, **who)

    return _step(request, pk, pause, _("Saved."))


@login_required
@require_POST
def tandem_thank(request: HttpRequest, pk: int) -> HttpResponse:
    return _step(request, pk, ending.thank, _("We pass your thanks on."))


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def tandem_end(request: HttpRequest, pk: int) -> HttpResponse:
    member = _member(request, pk)
    form = bound(EndForm, request)

    def end() -> None:
        ending.end_tandem(actor=request.user, member_id=member.pk, **form.cleaned_data)

    if is_sent(request, form) and has_done(form, end):
        messages.success(request, _("The tandem has ended. Thank you for the time you gave."))
        return redirect("tandems:tandem", pk)
    return render(request, "tandems/end.html", {"form": form, "member": member})


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def tandem_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Call for help: the contact stops at once."""
    member = _member(request, pk)
    form = bound(ReportForm, request)

    def report() -> None:
        ending.report(actor=request.user, member_id=member.pk, kind=form.cleaned_data["kind"])

    if is_sent(request, form) and has_done(form, report):
        messages.success(request, _("The contact has stopped. A coordinator calls you soon."))
        return redirect("tandems:tandem", pk)
    return render(request, "tandems/report.html", {"form": form, "member": member})
