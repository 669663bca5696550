"""Pages opened by the secret link of a mail, without signing in: yes or no, and how it goes."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from miteinander.cooperation.tandems.enums import TandemStatus
from miteinander.cooperation.tandems.forms.tandem import CheckForm
from miteinander.cooperation.tandems.models import CheckIn, TandemMember
from miteinander.cooperation.tandems.pages import proposal
from miteinander.cooperation.tandems.services import answering, life
from miteinander.foundation.core.permissions import SystemActor
from miteinander.foundation.ui.forms import bound
from miteinander.foundation.ui.steps import has_done, is_sent, refused

BEARER = SystemActor("link of a tandem")


def _member(token: str) -> TandemMember:
    rows = TandemMember.objects.select_related("tandem", "seeker__person")
    return get_object_or_404(rows.exclude(tandem__status=TandemStatus.SUGGESTED), token=token)


@never_cache
@require_GET
def proposal_detail(request: HttpRequest, token: str) -> HttpResponse:
    """Show why two people were brought together; a link may be passed on, so no name."""
    return render(request, "tandems/proposal.html", proposal(_member(token)))


@never_cache
@require_POST
def proposal_answer(request: HttpRequest, token: str) -> HttpResponse:
    member, is_yes = _member(token), "yes" in request.POST
    wrong = refused(lambda: answering.answer(actor=BEARER, member_id=member.pk, is_yes=is_yes))
    if wrong:
        messages.error(request, wrong)
    else:
        messages.success(request, _("Thank you for your answer."))
    return redirect("tandems:proposal", token)


@never_cache
@require_http_methods(["GET", "POST"])
def check_answer(request: HttpRequest, token: str) -> HttpResponse:
    """Ask how it goes; the others never learn the answer."""
    check = get_object_or_404(CheckIn, token=token)
    form = bound(CheckForm, request, initial={"answer": check.answer})

    def note() -> None:
        life.answer_check(actor=BEARER, check_id=check.pk, answer=form.cleaned_data["answer"])

    if is_sent(request, form) and has_done(form, note):
        messages.success(request, _("Thank you. Only coordinators see your answer."))
        return redirect("tandems:check", token)
    return render(request, "tandems/check.html", {"check": check, "form": form})
