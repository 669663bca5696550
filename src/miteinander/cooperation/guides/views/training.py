"""What a trainee sees: the own courses, what is missing, and the own certificates."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from miteinander.cooperation.guides import papers
from miteinander.cooperation.guides.queries import certificates, courses
from miteinander.cooperation.guides.queries.standing import standing_of
from miteinander.cooperation.guides.services import certificates as certificate_services
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import can
from miteinander.foundation.ui.paper import missing_parts


@never_cache
@login_required
@require_GET
def training_mine(request: HttpRequest) -> HttpResponse:
    now = clock.now()
    trainings = courses.trainings_of(actor=request.user)
    context = {
        "standings": [standing_of(trainee=row, now=now) for row in trainings],
        "certificates": certificates.own_certificates(actor=request.user),
        "can_print": not missing_parts(),
    }
    return render(request, "guides/mine.html", context)


@never_cache
@login_required
@require_GET
def certificate_paper(request: HttpRequest, pk: int) -> HttpResponse:
    certificate = get_object_or_404(certificates.certificates(actor=request.user), pk=pk)
    if missing_parts() or not certificate.is_valid:
        raise Http404
    response = HttpResponse(papers.certificate_pdf(certificate), content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="certificate.pdf"'
    return response


@login_required
@require_POST
def certificate_show_name(request: HttpRequest, pk: int) -> HttpResponse:
    certificate = get_object_or_404(certificates.certificates(actor=request.user), pk=pk)
    if not can(request.user, "guides.show_name", certificate):
        raise Http404
    shows = request.POST.get("shows") == "1"
    certificate_services.show_name(actor=request.user, certificate_id=pk, shows=shows)
    messages.success(
        request,
        _("Whoever checks your certificate sees your name now.")
        if shows
        else _("Whoever checks your certificate does not see your name."),
    )
    return redirect("guides:mine")
