"""Pages that more than one view shows: a request for who asked, an assignment for its guide."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from miteinander.cooperation.guides.enums import AssignmentStatus, GuideTask
from miteinander.cooperation.guides.forms.asking import WordsForm
from miteinander.cooperation.guides.models import Assignment, GuideRequest, RequestContact
from miteinander.cooperation.guides.queries.assignments import assignment_of
from miteinander.cooperation.guides.services import relay
from miteinander.foundation.core import clock
from miteinander.foundation.core.languages import NAMES
from miteinander.foundation.core.permissions import can


def described(row: GuideRequest) -> dict[str, object]:
    """Return the words of what is asked for, for a page."""
    return {
        "row": row,
        "language": NAMES.get(row.language, row.language),
        "tasks": [task.label for task in GuideTask if task.value in row.tasks],
    }


def request_page(request: HttpRequest, row: GuideRequest, form: WordsForm) -> HttpResponse:
    """Show how a request stands, without any contact of who asked: a link may be passed on.

    Of the guide who comes it shows the name, and the address only where the guide wants that.
    """
    assignment = assignment_of(row)
    context = described(row) | {
        "form": form,
        "assignment": assignment,
        "lines": relay.lines_of(assignment) if assignment else [],
        "can_write": RequestContact.objects.filter(request=row).exists(),
    }
    return render(request, "guides/requests/mine.html", context)


def assignment_page(request: HttpRequest, row: Assignment, form: WordsForm) -> HttpResponse:
    """Show an assignment to its guide, or to coordinators without what the two wrote."""
    is_own = can(request.user, "guides.call_for_talk", row)
    now = clock.now()
    context = described(row.request) | {
        "assignment": row,
        "is_own": is_own,
        "may_open": can(request.user, "guides.open_assignment_contact", row),
        "may_note_talk": can(request.user, "guides.note_talk", row),
        "lines": relay.lines_of(row) if is_own else [],
        "can_report": row.status == AssignmentStatus.AGREED and row.starts_at <= now,
        "can_give_back": row.status == AssignmentStatus.AGREED and row.starts_at > now,
        "form": form,
    }
    return render(request, "guides/assignments/detail.html", context)
