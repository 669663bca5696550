"""Leaving a course: by the person, or by a coordinator who was told."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from miteinander.cooperation.guides.forms.leaving import LeaveForm
from miteinander.cooperation.guides.models import Trainee
from miteinander.cooperation.guides.permissions import leavable_trainees
from miteinander.cooperation.guides.services import leaving
from miteinander.foundation.ui.forms import bound
from miteinander.foundation.ui.steps import has_done, is_sent


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def course_leave(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Trainee.objects.filter(leavable_trainees(request.user))
    trainee = get_object_or_404(rows.select_related("person", "course"), pk=pk)
    is_own = trainee.person_id == request.user.pk
    form = bound(LeaveForm, request)

    def leave() -> None:
        reason = form.cleaned_data["reason"]
        leaving.leave_course(actor=request.user, trainee_id=pk, reason=reason)

    if is_sent(request, form) and has_done(form, leave):
        messages.success(request, _("Saved. All coming seats are free again."))
        return redirect("guides:mine") if is_own else redirect("guides:course", trainee.course_id)
    context = {"form": form, "trainee": trainee, "is_own": is_own}
    return render(request, "guides/leave.html", context)
