"""For coordinators: the figures of a course for the state's grant, and who was there."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from miteinander.cooperation.guides import papers_subsidy as papers
from miteinander.cooperation.guides.models import Course
from miteinander.cooperation.guides.permissions import can_teach
from miteinander.cooperation.guides.queries import courses, subsidy
from miteinander.cooperation.guides.services import evidence
from miteinander.foundation.content.queries import read
from miteinander.foundation.core import clock
from miteinander.foundation.ui.components import Table
from miteinander.foundation.ui.paper import missing_parts


def taught_course(request: HttpRequest, pk: int) -> Course:
    """Return a course for who plans it; nobody else learns that there is one."""
    course = get_object_or_404(courses.courses(actor=request.user), pk=pk)
    if not can_teach(request.user, course.curriculum.organisation):
        raise Http404
    return course


def file_answer(content: bytes, kind: str, name: str) -> HttpResponse:
    """Answer with a file to keep."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)


@never_cache
@login_required
@require_GET
def subsidy_detail(request: HttpRequest, pk: int) -> HttpResponse:
    course = taught_course(request, pk)
    grant = subsidy.grant_of(course=course, now=clock.now())
    context = {
        "course": course,
        "reading": read(course.activity, get_language() or "de"),
        "grant": grant,
        "table": Table(
            _("State grant"),
            (_("What"), _("Value")),
            [(line.label, line.shown) for line in papers.grant_lines(grant)],
        ),
        "can_print": not missing_parts(),
    }
    return render(request, "guides/coordination/subsidy.html", context)


@never_cache
@login_required
@require_GET
def subsidy_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    course, now = taught_course(request, pk), clock.now()
    if missing_parts():
        raise Http404
    grant = subsidy.grant_of(course=course, now=now)
    return file_answer(papers.grant_pdf(course, grant, now), "application/pdf", f"grant-{pk}.pdf")


@never_cache
@login_required
@require_GET
def subsidy_xlsx(request: HttpRequest, pk: int) -> HttpResponse:
    course = taught_course(request, pk)
    grant = subsidy.grant_of(course=course, now=clock.now())
    return file_answer(papers.grant_xlsx(course, grant), papers.SHEET, f"grant-{pk}.xlsx")


@never_cache
@login_required
@require_POST
def presence_print(request: HttpRequest, pk: int) -> HttpResponse:
    """Print who was there; that it was printed is recorded."""
    course, now = taught_course(request, pk), clock.now()
    if missing_parts():
        raise Http404
    evidence.note_printed_presence(actor=request.user, course_id=pk)
    sheet = subsidy.presence_of(course=course, now=now)
    return file_answer(
        papers.presence_pdf(course, sheet, now), "application/pdf", f"presence-{pk}.pdf"
    )
