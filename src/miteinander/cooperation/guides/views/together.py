"""For coordinators: which guide to ask for which request, proposed for all at once."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from miteinander.cooperation.guides.models import GuideRequest
from miteinander.cooperation.guides.queries.together import proposed_together
from miteinander.cooperation.guides.services import asking
from miteinander.foundation.core import clock
from miteinander.foundation.ui.steps import key_of, only, refused

AT_ONCE = 200


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def assign_together(request: HttpRequest) -> HttpResponse:
    """Propose a guide for each open request; a coordinator chooses who is asked."""
    only(request, "guides.open_overview")
    if request.method == "POST":
        _ask(request)
        return redirect("guides:requests")
    pairs = proposed_together(actor=request.user, now=clock.now())
    context = {
        "pairs": [pair for pair in pairs if pair.candidate][:AT_ONCE],
        "left": [pair.request for pair in pairs if not pair.candidate][:AT_ONCE],
    }
    return render(request, "guides/requests/together.html", context)


def _ask(request: HttpRequest) -> None:
    """Ask each chosen guide; what one refuses does not stop the others."""
    done, wrong = 0, set()
    for typed in request.POST.getlist("pair")[:AT_ONCE]:
        request_id, _dash, guide_id = typed.partition("-")
        told = _ask_one(request, key_of(request_id), key_of(guide_id))
        done += not told
        wrong |= {told} - {""}
    for text in sorted(wrong):
        messages.error(request, text)
    if done:
        told = ngettext("%(count)d guide is asked.", "%(count)d guides are asked.", done)
        messages.success(request, told % {"count": done})
    elif not wrong:
        messages.error(request, _("Choose at least one request."))


def _ask_one(request: HttpRequest, request_id: int, guide_id: int) -> str:
    try:
        return refused(
            lambda: asking.ask_guide(actor=request.user, request_id=request_id, guide_id=guide_id)
        )
    except GuideRequest.DoesNotExist:
        return _("One of the requests is not there any more.")
