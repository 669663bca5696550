"""The end of a tandem, whichever way it comes: a no, no answer, a goodbye, a call for help."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from miteinander.cooperation.tandems.enums import (
    Answer,
    EndReason,
    ReportKind,
    SeekerStatus,
    TandemStatus,
)
from miteinander.cooperation.tandems.messages import HelpWanted, TandemOff, TandemThanked
from miteinander.cooperation.tandems.models import SafetyReport, Seeker, Tandem, TandemMember
from miteinander.cooperation.tandems.services.holding import (
    LIVE,
    held_member,
    held_tandem,
    keep_apart,
    must_be_meeting,
)
from miteinander.foundation.audit import services as audit
from miteinander.foundation.core import clock
from miteinander.foundation.core.bus import publish
from miteinander.foundation.core.permissions import Actor, SystemActor, require

AT_ONCE = 200
_CLOCK = SystemActor("tandems")


def close(tandem: Tandem, status: TandemStatus, *, by_member: int = 0) -> None:
    """Write that a tandem is over; the caller holds it and has checked who acts.

    Only where nobody answered in time may the same people be brought together again. Publishes
    ``TandemOff``.
    """
    tandem.status, tandem.ended_at = status, clock.now()
    tandem.save(update_fields=["status", "ended_at"])
    tandem.members.update(is_live=False)
    if status != TandemStatus.LAPSED:
        keep_apart(tandem)
    publish(TandemOff(tandem_id=tandem.pk, by_member=by_member))


def rest(tandem: Tandem, *, leaving_out: tuple[int, ...] = ()) -> None:
    """Let the people of a tandem take a break until they say that they want somebody new."""
    seekers = Seeker.objects.filter(memberships__tandem=tandem, status=SeekerStatus.READY)
    waiting = seekers.exclude(pk__in=leaving_out).order_by()
    keys = list(waiting.values_list("pk", flat=True))
    Seeker.objects.filter(pk__in=keys).update(status=SeekerStatus.PAUSED, changed_at=clock.now())


@transaction.atomic
def end_tandem(*, actor: Actor, member_id: int, reason: str, wants_new: bool) -> TandemMember:
    """End a tandem for a reason only numbers tell of; ending it again is nothing.

    Who ends it waits for somebody new at once where they want that; the others are asked.

    Raises:
        ValidationError: the reason is none of ours.
    """
    member = held_member(member_id)
    require(actor, "tandems.take_part_in_tandem", member)
    if reason not in EndReason.values:
        raise ValidationError(_("Please choose a reason."), code="reason")
    if member.tandem.status not in LIVE:
        return member
    must_be_meeting(member.tandem)
    member.end_reason = reason
    member.save(update_fields=["end_reason"])
    close(member.tandem, TandemStatus.ENDED, by_member=member.pk)
    rest(member.tandem, leaving_out=(member.seeker_id,) if wants_new else ())
    if wants_new:
        Seeker.objects.filter(pk=member.seeker_id).update(waiting_since=clock.now())
    audit.record(actor=actor, verb="tandems.end", obj=member.tandem)
    return member


@transaction.atomic
def thank(*, actor: Actor, member_id: int) -> TandemMember:
    """Thank the others, once. Publishes ``TandemThanked``."""
    member = held_member(member_id)
    require(actor, "tandems.take_part_in_tandem", member)
    if member.thanked_at is None and member.tandem.status != TandemStatus.STOPPED:
        member.thanked_at = clock.now()
        member.save(update_fields=["thanked_at"])
        publish(TandemThanked(member_id=member.pk))
    return member


@transaction.atomic
def report(*, actor: Actor, member_id: int, kind: str) -> SafetyReport:
    """Stop the contact at once and call a coordinator; the same call again is the first.

    The others are told only that it has ended. They stay out of the pool until a coordinator has
    talked. Publishes ``HelpWanted``.

    Raises:
        ValidationError: the kind is none of ours.
    """
    member = held_member(member_id)
    require(actor, "tandems.take_part_in_tandem", member)
    if kind not in ReportKind.values:
        raise ValidationError(_("Please choose what happened."), code="kind")
    known = member.reports.filter(settled_at__isnull=True).first()
    if known is not None:
        return known
    written = SafetyReport.objects.create(
        tandem=member.tandem, reported_by=member, kind=kind, reported_at=clock.now()
    )
    if member.tandem.status in LIVE:
        close(member.tandem, TandemStatus.STOPPED, by_member=member.pk)
        rest(member.tandem)
    others = member.tandem.members.exclude(pk=member.pk).values("seeker_id")
    Seeker.objects.filter(pk__in=others).exclude(status=SeekerStatus.READY).update(
        held_at=clock.now()
    )
    Seeker.objects.filter(pk__in=others, status=SeekerStatus.READY).update(
        status=SeekerStatus.PAUSED, held_at=clock.now()
    )
    audit.record(actor=actor, verb="tandems.report", obj=member.tandem)
    publish(HelpWanted(report_id=written.pk))
    return written


@transaction.atomic
def settle_report(*, actor: Actor, report_id: int, may_go_on: bool) -> SafetyReport:
    """Note that a coordinator has talked; ``may_go_on`` lets the others into the pool again."""
    tandem = held_tandem(SafetyReport.objects.values_list("tandem_id", flat=True).get(pk=report_id))
    require(actor, "tandems.settle", tandem)
    row = SafetyReport.objects.get(pk=report_id)
    if row.settled_at is None:
        row.settled_at, row.settled_by_id = clock.now(), actor.pk
        row.save(update_fields=["settled_at", "settled_by"])
    others = tandem.members.exclude(pk=row.reported_by_id).values("seeker_id")
    if may_go_on:
        Seeker.objects.filter(pk__in=others).update(held_at=None)
    audit.record(
        actor=actor, verb="tandems.settle_report", obj=tandem, details={"may_go_on": may_go_on}
    )
    return row


def let_go(seeker_id: int) -> None:
    """End what somebody is asked about or takes part in: they leave, or are erased.

    The caller has opened a transaction and holds nothing yet.
    """
    live = TandemMember.objects.filter(seeker_id=seeker_id, is_live=True).first()
    if live is None:
        return
    member = held_member(live.pk)
    if member.tandem.status == TandemStatus.PROPOSED:
        close(member.tandem, TandemStatus.REFUSED, by_member=member.pk)
    elif member.tandem.status in LIVE:
        close(member.tandem, TandemStatus.ENDED, by_member=member.pk)
        rest(member.tandem, leaving_out=(seeker_id,))


def lapse(*, actor: Actor, now: datetime) -> int:
    """Let proposals end whose week is over; return how many.

    Who did not answer takes a break until they say that they still want to; who said yes waits on.
    """
    require(actor, "tandems.forget")
    due = Tandem.objects.filter(status=TandemStatus.PROPOSED, deadline__lte=now)
    return sum(_lapse(key, now) for key in due.values_list("pk", flat=True)[:AT_ONCE])


@transaction.atomic
def _lapse(tandem_id: int, now: datetime) -> int:
    tandem = held_tandem(tandem_id)
    if tandem.status != TandemStatus.PROPOSED or tandem.deadline is None or tandem.deadline > now:
        return 0
    close(tandem, TandemStatus.LAPSED)
    silent = tandem.members.filter(answer=Answer.OPEN).values("seeker_id")
    Seeker.objects.filter(pk__in=silent, status=SeekerStatus.READY).update(
        status=SeekerStatus.PAUSED, changed_at=now
    )
    audit.record(actor=_CLOCK, verb="tandems.lapse", obj=tandem)
    return 1
