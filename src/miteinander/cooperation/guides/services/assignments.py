"""What was agreed with a guide: giving it back, the report, and a call for a talk.

Each holds the request first, then the guide, then the assignment, as asking does.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from miteinander.cooperation.guides.enums import (
    AssignmentResult,
    AssignmentStatus,
    RequestStatus,
)
from miteinander.cooperation.guides.messages import (
    AssignmentSoon,
    ReportDue,
    TalkWanted,
)
from miteinander.cooperation.guides.models import Assignment, Guide, GuideRequest
from miteinander.cooperation.guides.permissions_asking import can_see_assignment
from miteinander.cooperation.guides.queries import assignments as queries
from miteinander.cooperation.guides.services import hours
from miteinander.cooperation.guides.services.apart import keep_apart
from miteinander.cooperation.guides.services.releasing import call_off
from miteinander.cooperation.guides.services.requests import end_held
from miteinander.foundation.audit import services as audit
from miteinander.foundation.core import bus, clock
from miteinander.foundation.core.permissions import Actor, require

REPORTED = (AssignmentStatus.HAPPENED, AssignmentStatus.NO_SHOW, AssignmentStatus.CANCELLED)


@dataclass(frozen=True)
class Report:
    """What a guide says afterwards; minutes, kilometres and result only where it took place."""

    status: str
    minutes: int = 0
    kilometres: int = 0
    result: str = ""
    has_follow_up: bool = False
    wants_apart: bool = False


def _held(actor: Actor, assignment_id: int) -> Assignment:
    """Hold request, guide and assignment; who may not know of it finds none."""
    key, guide_id = Assignment.objects.values_list("request_id", "guide_id").get(pk=assignment_id)
    requests = GuideRequest.objects.select_for_update(of=("self",)).select_related("municipality")
    request = requests.get(pk=key)
    guides = Guide.objects.select_for_update(of=("self",)).select_related("person", "municipality")
    guide = guides.get(pk=guide_id)
    row = Assignment.objects.select_for_update(of=("self",)).get(pk=assignment_id)
    row.request, row.guide = request, guide
    if not can_see_assignment(actor, row):
        raise Assignment.DoesNotExist
    return row


def _must_be_agreed(row: Assignment) -> None:
    if row.status == AssignmentStatus.CANCELLED:
        raise ValidationError(_("This assignment was called off."), code="off")
    if row.status != AssignmentStatus.AGREED:
        raise ValidationError(
            _("This was reported already. Your coordinator can correct it."), code="reported"
        )


@transaction.atomic
def give_back(*, actor: Actor, assignment_id: int) -> Assignment:
    """Let a guide who cannot come give an assignment back; the next guide is asked at once.

    It is not counted against anybody. Publishes ``AssignmentOff``.

    Raises:
        ValidationError: it has begun, was called off, or was reported.
    """
    row = _held(actor, assignment_id)
    require(actor, "guides.give_assignment_back", row)
    if row.status == AssignmentStatus.CANCELLED:
        return row
    _must_be_agreed(row)
    if row.starts_at <= clock.now():
        raise ValidationError(_("It has begun. Please report what happened."), code="begun")
    audit.record(actor=actor, verb="guides.give_assignment_back", obj=row)
    call_off(row)
    return row


@transaction.atomic
def report(*, actor: Actor, assignment_id: int, report: Report) -> Assignment:
    """Note what came of an assignment; the same report again is nothing.

    Where it took place its minutes wait to be confirmed as hours, and the request is done.

    Raises:
        ValidationError: not begun yet, reported or called off before, a word that is none of the
            list, no minutes, or the time overlaps with another report of this guide.
    """
    row = _held(actor, assignment_id)
    require(actor, "guides.report_assignment", row)
    if row.reported_at is not None and _said(row) == _to_store(report):
        return row
    _must_be_agreed(row)
    if row.starts_at > clock.now():
        raise ValidationError(_("You can report when it has begun."), code="early")
    _check(row, report)
    row.status, row.minutes, row.kilometres, row.result, row.has_follow_up = _to_store(report)
    row.reported_at = clock.now()
    row.save()
    audit.record(
        actor=actor, verb="guides.report_assignment", obj=row, details={"status": row.status}
    )
    if row.request.status == RequestStatus.AGREED:
        is_off = row.status == AssignmentStatus.CANCELLED
        end_held(actor, row.request, RequestStatus.WITHDRAWN if is_off else RequestStatus.DONE)
    hours.note_hours(actor=actor, assignment=row)
    if report.wants_apart:
        keep_apart(row)
    return row


def _to_store(report: Report) -> tuple[str, int | None, int | None, str, bool]:
    if report.status != AssignmentStatus.HAPPENED:
        return report.status, None, None, "", report.has_follow_up
    return report.status, report.minutes, report.kilometres, report.result, report.has_follow_up


def _said(row: Assignment) -> tuple[str, int | None, int | None, str, bool]:
    return row.status, row.minutes, row.kilometres, row.result, row.has_follow_up


def _check(row: Assignment, report: Report) -> None:
    if report.status not in REPORTED:
        raise ValidationError(_("Choose what happened."), code="unknown_status")
    if report.status != AssignmentStatus.HAPPENED:
        return
    if report.result not in AssignmentResult.values:
        raise ValidationError(_("Choose what came of it."), code="unknown_result")
    hours.check_time(report.minutes, report.kilometres)
    other = queries.overlapping(row, report.minutes)
    if other is not None:
        begin, end = clock.local(other.starts_at), clock.local(other.starts_at)
        end += timedelta(minutes=other.minutes or 0)
        raise ValidationError(
            _(
                "This overlaps with another report of that day: %(begin)s to %(end)s."
                " Please correct the minutes."
            ),
            code="overlap",
            params={"begin": f"{begin:%H:%M}", "end": f"{end:%H:%M}"},
        )


@transaction.atomic
def call_for_talk(*, actor: Actor, assignment_id: int) -> Assignment:
    """Ask the coordinators for a talk; what it is about is said in the talk. Told once."""
    row = _held(actor, assignment_id)
    require(actor, "guides.call_for_talk", row)
    if row.talk_asked_at is None or row.talk_held_at is not None:
        row.talk_asked_at, row.talk_held_at = clock.now(), None
        row.save(update_fields=["talk_asked_at", "talk_held_at"])
        audit.record(actor=actor, verb="guides.call_for_talk", obj=row)
        bus.publish(TalkWanted(assignment_id=row.pk))
    return row


@transaction.atomic
def note_talk(*, actor: Actor, assignment_id: int) -> Assignment:
    """Note that a coordinator has talked with the guide; nothing of the talk is written down."""
    row = _held(actor, assignment_id)
    require(actor, "guides.note_talk", row)
    if row.talk_asked_at is not None and row.talk_held_at is None:
        row.talk_held_at = clock.now()
        row.save(update_fields=["talk_held_at"])
        audit.record(actor=actor, verb="guides.note_talk", obj=row)
    return row


@transaction.atomic
def remind(*, actor: Actor, now: datetime) -> int:
    """Remind guides a day before, and once afterwards of a report that is due; return how many."""
    require(actor, "guides.remind_of_assignments")
    soon = list(queries.to_remind(now))
    due = list(queries.to_report(now))
    for row in soon:
        bus.publish(AssignmentSoon(assignment_id=row.pk))
    for row in due:
        bus.publish(ReportDue(assignment_id=row.pk))
    keys = [row.pk for row in (*soon, *due)]
    Assignment.objects.filter(pk__in=keys).update(reminded_at=now)
    return len(keys)
