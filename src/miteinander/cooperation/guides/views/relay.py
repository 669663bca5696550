"""Words a guide and who asked write to each other, and the wish for another guide."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from miteinander.cooperation.guides.forms.asking import WordsForm
from miteinander.cooperation.guides.models import GuideRequest
from miteinander.cooperation.guides.pages import assignment_page, request_page
from miteinander.cooperation.guides.queries.assignments import assignment_of
from miteinander.cooperation.guides.services import apart, relay
from miteinander.cooperation.guides.views.assignments import seen_or_404
from miteinander.cooperation.guides.views.requests import BEARER
from miteinander.foundation.core.permissions import Actor, can
from miteinander.foundation.ui.forms import bound
from miteinander.foundation.ui.steps import has_done, is_sent


def _has_passed_on(
    request: HttpRequest, form: WordsForm, actor: Actor, assignment_id: int, *, is_from_guide: bool
) -> bool:
    def pass_on() -> None:
        relay.pass_on(
            actor=actor, assignment_id=assignment_id, words=form.cleaned_data["words"],
            entry=form.cleaned_data["entry"], is_from_guide=is_from_guide,
        )  # fmt: skip

    is_done = is_sent(request, form) and has_done(form, pass_on)
    if is_done:
        messages.success(request, _("Your message is on its way."))
    return is_done


@login_required
@require_POST
def write_to_requester(request: HttpRequest, pk: int) -> HttpResponse:
    row = seen_or_404(request, pk)
    if not can(request.user, "guides.write_relayed", row):
        raise Http404
    form = bound(WordsForm, request)
    if _has_passed_on(request, form, request.user, pk, is_from_guide=True):
        return redirect("guides:assignment", pk)
    return assignment_page(request, row, form)


@require_POST
def write_to_guide(request: HttpRequest, token: str) -> HttpResponse:
    """Pass on what who asked writes, known by the private link."""
    row = get_object_or_404(GuideRequest.objects.select_related("municipality"), token=token)
    assignment = assignment_of(row)
    if assignment is None:
        messages.error(request, _("You cannot write here any more."))
        return redirect("guides:request_mine", token)
    form = bound(WordsForm, request)
    if _has_passed_on(request, form, BEARER, assignment.pk, is_from_guide=False):
        return redirect("guides:request_mine", token)
    return request_page(request, row, form)


@require_POST
def other_guide(request: HttpRequest, token: str) -> HttpResponse:
    row = get_object_or_404(GuideRequest, token=token)
    apart.want_other_guide(actor=BEARER, request_id=row.pk)
    messages.success(request, _("Noted. Next time we ask somebody else."))
    return redirect("guides:request_mine", token)
