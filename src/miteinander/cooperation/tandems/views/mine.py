"""Somebody's own page: where they stand, what they said, and what they are asked."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from miteinander.cooperation.tandems.models import Seeker
from miteinander.cooperation.tandems.pages import own_page
from miteinander.cooperation.tandems.queries.seekers import seeker_of
from miteinander.cooperation.tandems.services import seekers
from miteinander.foundation.ui.steps import refused


@never_cache
@login_required
@require_GET
def seeker_mine(request: HttpRequest) -> HttpResponse:
    """Show where somebody stands; who has not begun is told what a tandem is."""
    seeker = seeker_of(request.user.pk)
    if seeker is None:
        return redirect("tandems:about")
    return render(request, "tandems/mine.html", own_page(seeker))


def _step(request: HttpRequest, step: Callable[..., Seeker], told: str) -> HttpResponse:
    seeker = seeker_of(request.user.pk)
    if seeker is None:
        return redirect("tandems:about")
    wrong = refused(lambda: step(actor=request.user, seeker_id=seeker.pk))
    if wrong:
        messages.error(request, wrong)
    else:
        messages.success(request, told)
    return redirect("tandems:mine")


@login_required
@require_POST
def seeker_break(request: HttpRequest) -> HttpResponse:
    return _step(request, seekers.take_break, pgettext("tandem", "You take a break."))


@login_required
@require_POST
def seeker_go_on(request: HttpRequest) -> HttpResponse:
    return _step(request, seekers.go_on, _("Good that you are back."))


@login_required
@require_POST
def seeker_leave(request: HttpRequest) -> HttpResponse:
    return _step(request, seekers.leave, _("You do not take part any more. Thank you."))
