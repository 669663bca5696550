"""Hours: noted by a report, counted once a coordinator confirmed them, corrected with a trace.

Whoever decides holds the guide first, so that two coordinators who confirm at once cannot
exceed the limit of a year together.
"""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from miteinander.cooperation.guides.enums import (
    AssignmentStatus,
    CorrectionReason,
    FigureKey,
    GuideStatus,
    HoursStatus,
)
from miteinander.cooperation.guides.models import Assignment, Guide, Hours, HoursCorrection
from miteinander.cooperation.guides.permissions import can_see_guide
from miteinander.cooperation.guides.queries.figures import figure_on
from miteinander.cooperation.guides.queries.hours import HOUR, cap_minutes, paid_minutes
from miteinander.cooperation.guides.queries.payments import budgets_for, paid_of_team
from miteinander.foundation.audit import services as audit
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import Actor, require

MOST_MINUTES = 12 * 60
MOST_KILOMETRES = 999
OLDEST_DAYS = 366


def _held_guide(guide_id: int) -> Guide:
    rows = Guide.objects.select_for_update(of=("self",)).select_related("municipality")
    return rows.get(pk=guide_id)


@transaction.atomic
def note_hours(*, actor: Actor, assignment: Assignment) -> Hours | None:
    """Note the time of an assignment that took place; the same report notes it once.

    Nothing is noted where it did not take place, or where no minutes were reported.
    """
    guide = _held_guide(assignment.guide_id)
    require(actor, "guides.note_hours", guide)
    if assignment.status != AssignmentStatus.HAPPENED or not assignment.minutes:
        return None
    known = Hours.objects.filter(assignment=assignment).first()
    if known is not None:
        return known
    row = Hours.objects.create(
        guide=guide, assignment=assignment, day=clock.local(assignment.starts_at).date(),
        minutes=assignment.minutes, kilometres=assignment.kilometres or 0,
        reported_at=clock.now(),
    )  # fmt: skip
    audit.record(actor=actor, verb="guides.note_hours", obj=row)
    return row


@transaction.atomic
def report_hours(
    *, actor: Actor, guide_id: int, day: date, minutes: int, kilometres: int = 0
) -> Hours:
    """Report other time, such as a reflection group; the same time of a day is noted once.

    Raises:
        ValidationError: the day is to come or long ago, too many minutes, or the guide left.
    """
    guide = _held_guide(guide_id)
    if not can_see_guide(actor, guide):
        raise Guide.DoesNotExist
    require(actor, "guides.report_hours", guide)
    if guide.status != GuideStatus.ACTIVE:
        raise ValidationError(_("This guide has left the network."), code="left")
    check_time(minutes, kilometres)
    if not 0 <= (clock.today() - day).days <= OLDEST_DAYS:
        raise ValidationError(_("Choose a day of the last twelve months."), code="wrong_day")
    same = Hours.objects.filter(
        guide=guide, assignment=None, day=day, minutes=minutes, kilometres=kilometres
    ).first()
    if same is not None:
        return same
    row = Hours.objects.create(
        guide=guide, day=day, minutes=minutes, kilometres=kilometres, reported_at=clock.now()
    )
    audit.record(actor=actor, verb="guides.report_hours", obj=row)
    return row


def check_time(minutes: int, kilometres: int) -> None:
    """Refuse minutes and kilometres nobody gives in a day."""
    if not 1 <= minutes <= MOST_MINUTES:
        raise ValidationError(_("Enter 1 to 720 minutes."), code="wrong_minutes")
    if not 0 <= kilometres <= MOST_KILOMETRES:
        raise ValidationError(_("Enter 0 to 999 kilometres."), code="wrong_kilometres")


def _held(actor: Actor, hours_id: int) -> Hours:
    """Hold the guide, then the hours; who may not know of them finds none."""
    guide = _held_guide(Hours.objects.values_list("guide_id", flat=True).get(pk=hours_id))
    if not can_see_guide(actor, guide):
        raise Hours.DoesNotExist
    require(actor, "guides.decide_hours", guide)
    row = Hours.objects.select_for_update(of=("self",)).get(pk=hours_id)
    row.guide = guide
    return row


def _must_be_open(row: Hours) -> None:
    if row.status != HoursStatus.REPORTED:
        raise ValidationError(_("Somebody has decided this already."), code="decided")


def _cents(key: FigureKey, day: date) -> int:
    value = figure_on(key, day)
    if value is None:
        raise ValidationError(
            _("No allowance is entered for this day. Ask an administrator."), code="no_figure"
        )
    return int((value * 100).to_integral_value())


@transaction.atomic
def confirm_hours(*, actor: Actor, hours_id: int, is_paid: bool = True) -> Hours:
    """Confirm hours, with the allowance that held on their day; ``is_paid`` False pays no hour.

    Travel is paid either way. The limit of a year counts paid hours only.

    Raises:
        ValidationError: decided already, above the limit of the year, or no figure for the day.
    """
    row = _held(actor, hours_id)
    _must_be_open(row)
    if is_paid:
        _check_cap(row, row.minutes)
    row.status = HoursStatus.CONFIRMED
    row.rate_cents = _cents(FigureKey.RATE_HOUR, row.day) if is_paid else 0
    row.km_cents = _cents(FigureKey.RATE_KM, row.day) if row.kilometres else 0
    row.decided_by_id, row.decided_at = actor.pk, clock.now()
    row.save(update_fields=["status", "rate_cents", "km_cents", "decided_by", "decided_at"])
    audit.record(actor=actor, verb="guides.confirm_hours", obj=row, details={"is_paid": is_paid})
    return row


def _check_cap(row: Hours, minutes: int) -> None:
    """Refuse what is above the limit of the guide, or of a team; budgets are held in order."""
    cap = cap_minutes(row.guide, row.day)
    before = paid_minutes(guide_id=row.guide_id, year=row.day.year, but=row.pk)
    if cap is not None and before + minutes > cap:
        raise ValidationError(
            _(
                "This is above the limit for the year. "
                "Correct the time, or confirm it without allowance."
            ),
            code="above_cap",
        )
    teams = budgets_for(municipality_id=row.guide.municipality_id, year=row.day.year)
    for budget in teams.select_for_update():
        if paid_of_team(budget, but=row.pk) + minutes > budget.hours * HOUR:
            raise ValidationError(
                _(
                    "This is above the hours of the team for the year."
                    " Confirm it without allowance."
                ),
                code="above_budget",
            )


@transaction.atomic
def refuse_hours(*, actor: Actor, hours_id: int) -> Hours:
    """Do not count hours.

    Raises:
        ValidationError: somebody decided already.
    """
    row = _held(actor, hours_id)
    _must_be_open(row)
    row.status, row.decided_by_id, row.decided_at = HoursStatus.REFUSED, actor.pk, clock.now()
    row.save(update_fields=["status", "decided_by", "decided_at"])
    audit.record(actor=actor, verb="guides.refuse_hours", obj=row)
    return row


@transaction.atomic
def correct_hours(
    *, actor: Actor, hours_id: int, minutes: int, kilometres: int, reason: str
) -> Hours:
    """Change minutes and kilometres of hours; what stood there before stays readable.

    Confirmed hours stay confirmed, with the allowance they had.

    Raises:
        ValidationError: nothing changes, no reason, not counted, or above the limit of the year.
    """
    row = _held(actor, hours_id)
    check_time(minutes, kilometres)
    if row.status == HoursStatus.REFUSED:
        raise ValidationError(_("Somebody has decided this already."), code="decided")
    if reason not in CorrectionReason.values:
        raise ValidationError(_("Choose why."), code="no_reason")
    if (minutes, kilometres) == (row.minutes, row.kilometres):
        raise ValidationError(_("Nothing has changed."), code="unchanged")
    is_confirmed = row.status == HoursStatus.CONFIRMED
    if is_confirmed and row.rate_cents and minutes > row.minutes:
        _check_cap(row, minutes)
    HoursCorrection.objects.create(
        hours=row, minutes_before=row.minutes, minutes_after=minutes,
        kilometres_before=row.kilometres, kilometres_after=kilometres, reason=reason,
        corrected_by_id=actor.pk, corrected_at=clock.now(),
    )  # fmt: skip
    row.minutes, row.kilometres = minutes, kilometres
    if is_confirmed and kilometres and not row.km_cents:
        row.km_cents = _cents(FigureKey.RATE_KM, row.day)
    row.save(update_fields=["minutes", "kilometres", "km_cents"])
    audit.record(actor=actor, verb="guides.correct_hours", obj=row, details={"reason": reason})
    return row
