"""For coordinators: one person of a course, the make-up of a module, and the certificate."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from miteinander.cooperation.guides.forms.courses import IssueForm, MakeUpForm
from miteinander.cooperation.guides.models import Trainee
from miteinander.cooperation.guides.permissions import can_teach
from miteinander.cooperation.guides.queries import certificates, courses
from miteinander.cooperation.guides.queries.standing import ModuleState, standing_of
from miteinander.cooperation.guides.services import certificates as certificate_services
from miteinander.cooperation.guides.services import trainees
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import can
from miteinander.foundation.ui.forms import bound
from miteinander.foundation.ui.paper import missing_parts
from miteinander.foundation.ui.steps import has_done, is_sent


def _trainee(request: HttpRequest, pk: int) -> Trainee:
    mine = courses.courses(actor=request.user).order_by().values("pk")
    rows = Trainee.objects.select_related(
        "course__curriculum__organisation", "course__activity", "person"
    )
    trainee = get_object_or_404(rows, pk=pk, course__in=mine)
    if not can_teach(request.user, trainee.course.curriculum.organisation):
        raise Http404
    return trainee


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def trainee_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what one person has done, and let a missed module be made up."""
    trainee = _trainee(request, pk)
    now = clock.now()
    standing = standing_of(trainee=trainee, now=now)
    open_modules = {row.module.pk for row in standing.modules if row.state != ModuleState.DONE}
    sessions = [
        row for row in courses.make_up_dates(course=trainee.course, now=now)
        if row.module_id in open_modules
    ]  # fmt: skip
    form = bound(MakeUpForm, request, sessions=sessions)

    def take() -> None:
        trainees.make_up(actor=request.user, trainee_id=pk, session_id=form.cleaned_data["session"])

    if is_sent(request, form) and has_done(form, take):
        messages.success(request, _("The person has a seat on this date and gets a mail."))
        return redirect("guides:trainee", pk)
    context = {
        "trainee": trainee, "standing": standing, "form": form, "sessions": sessions,
        "issue_form": IssueForm(initial={"language": trainee.person.language}),
        "can_print": not missing_parts(),
    }  # fmt: skip
    return render(request, "guides/coordination/trainee.html", context)


@login_required
@require_POST
def certificate_issue(request: HttpRequest, pk: int) -> HttpResponse:
    _trainee(request, pk)
    form = IssueForm(request.POST)
    try:
        certificate_services.issue_certificate(
            actor=request.user, trainee_id=pk,
            language=form.cleaned_data["language"] if form.is_valid() else "",
        )  # fmt: skip
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The certificate is issued."))
    return redirect("guides:trainee", pk)


@login_required
@require_POST
def certificate_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    certificate = get_object_or_404(certificates.certificates(actor=request.user), pk=pk)
    if not can(request.user, "guides.teach", certificate.trainee.course.curriculum.organisation):
        raise Http404
    certificate_services.revoke_certificate(actor=request.user, certificate_id=pk)
    messages.success(request, _("The certificate is revoked."))
    return redirect("guides:trainee", certificate.trainee_id)
