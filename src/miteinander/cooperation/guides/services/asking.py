"""Asking guides for a request, one after the other, until somebody says yes.

Every step holds the request first and the guide second, so that of two coordinators, or of a
yes and a withdrawal, one comes first and the other is told.
"""

import secrets
from copy import copy
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from miteinander.cooperation.guides.enums import AskAnswer, RequestStatus
from miteinander.cooperation.guides.messages import AssignmentAgreed, GuideAsked, NobodyLeft
from miteinander.cooperation.guides.models import Ask, Assignment, Guide, GuideRequest
from miteinander.cooperation.guides.queries.suggestions import able_guides, is_able
from miteinander.cooperation.guides.services.requests import (
    FARTHEST,
    held_request,
    let_guides_go,
)
from miteinander.encounters.activities.services.seats.deadlines import offer_deadline
from miteinander.foundation.audit import services as audit
from miteinander.foundation.core import bus, clock
from miteinander.foundation.core.permissions import Actor, SystemActor, require

IF_FLEXIBLE = timedelta(days=7)
_CLOCK = SystemActor("guides")


@transaction.atomic
def ask_guide(*, actor: Actor, request_id: int, guide_id: int) -> Ask:
    """Ask one guide whether to take a request; the same guide again is nothing.

    The answer is wanted within a day, sooner when the time is near, never at night. After a no,
    and when the time to answer is over, the next able guide is asked. Publishes ``GuideAsked``.

    Raises:
        GuideRequest.DoesNotExist: ``actor`` may not know of the request.
        ValidationError: the request is not open, another guide is being asked, or this guide
            cannot take it any more.
    """
    request = held_request(actor, request_id)
    require(actor, "guides.ask_guide", request)
    _must_be_open(request)
    asked = request.asks.filter(answer=AskAnswer.OPEN).first()
    if asked is not None and asked.guide_id == guide_id:
        return asked
    if asked is not None:
        raise ValidationError(_("A guide is being asked already."), code="asked")
    if not is_able(actor=actor, request=request, guide_id=guide_id, now=clock.now()):
        raise ValidationError(
            _("This guide cannot take it any more. Please choose another one."), code="not_able"
        )
    return write_ask(actor, request, guide_id, actor.pk)


def write_ask(actor: Actor, request: GuideRequest, guide_id: int, asked_by: int | None) -> Ask:
    """Write down that a guide is asked; the caller holds the request and has checked both."""
    now = clock.now()
    ask = Ask.objects.create(
        request=request, guide_id=guide_id, asked_by_id=asked_by,
        token=secrets.token_urlsafe(24), time_turn=request.time_turn, asked_at=now,
        deadline=offer_deadline(now, request.starts_at or now + IF_FLEXIBLE),
    )  # fmt: skip
    audit.record(actor=actor, verb="guides.ask_guide", obj=ask)
    bus.publish(GuideAsked(ask_id=ask.pk))
    return ask


def ask_next(before: Ask) -> Ask | None:
    """Ask the best guide who was not asked for this time yet; the caller holds the request.

    Only guides whom the coordinator who asked first may see, so nobody is asked once that role
    ended. Publishes ``NobodyLeft`` where nobody is left.
    """
    request, now = before.request, clock.now()
    is_past = request.starts_at is not None and request.starts_at <= now
    if request.status != RequestStatus.OPEN or is_past or before.asked_by is None:
        return None
    asked = set(request.asks.filter(time_turn=request.time_turn).values_list("guide_id", flat=True))
    able = able_guides(actor=before.asked_by, request=request, now=now).guides
    best = next((guide for guide in able if guide.pk not in asked), None)
    if best is not None:
        return write_ask(_CLOCK, request, best.pk, before.asked_by_id)
    bus.publish(NobodyLeft(request_id=request.pk, ask_id=before.pk))
    return None


def _must_be_open(request: GuideRequest) -> None:
    told = {
        RequestStatus.WITHDRAWN: _("This request was taken back. Nobody has to come."),
        RequestStatus.AGREED: _("Another guide has said yes already. Thank you."),
        RequestStatus.DONE: _("This request has ended already."),
        RequestStatus.UNFILLED: _("This request has ended already."),
    }
    if request.status != RequestStatus.OPEN:
        raise ValidationError(told[RequestStatus(request.status)], code=request.status)


def held_ask(ask_id: int) -> Ask:
    """Hold the request, then the ask."""
    rows = GuideRequest.objects.select_for_update(of=("self",)).select_related("municipality")
    request = rows.get(asks=ask_id)
    ask: Ask = (
        Ask.objects.select_for_update(of=("self",))
        .select_related("guide__person", "asked_by")
        .get(pk=ask_id)
    )
    ask.request = request
    return ask


@transaction.atomic
def answer_ask(
    *, actor: Actor, ask_id: int, is_yes: bool, starts_at: datetime | None = None
) -> Ask:
    """Note the answer of a guide; the same answer again is nothing. A no is never counted.

    ``starts_at`` is when the guide will come, where the time of the request is flexible. A yes
    after the deadline holds as long as nobody else is asked. Publishes ``AssignmentAgreed``.

    Raises:
        ValidationError: the request was taken back, has another time or another guide now, or
            the guide has something else then.
    """
    ask = held_ask(ask_id)
    require(actor, "guides.answer_ask", ask)
    wanted = AskAnswer.YES if is_yes else AskAnswer.NO
    if ask.answer == wanted:
        return ask
    _must_be_answerable(ask)
    was_open = ask.answer == AskAnswer.OPEN
    ask.answer, ask.answered_at = wanted, clock.now()
    ask.save(update_fields=["answer", "answered_at"])
    if is_yes:
        _agree(ask, starts_at)
    elif was_open:
        ask_next(ask)
    audit.record(actor=actor, verb="guides.answer_ask", obj=ask, details={"answer": wanted})
    return ask


def _must_be_answerable(ask: Ask) -> None:
    if ask.answer == AskAnswer.YES:
        raise ValidationError(
            _("You have said yes. You can give it back on the page of your assignment."),
            code="agreed",
        )
    _must_be_open(ask.request)
    if ask.time_turn != ask.request.time_turn:
        raise ValidationError(_("The time was changed. We ask you again."), code="other_time")
    if ask.answer == AskAnswer.WITHDRAWN:
        raise ValidationError(_("You are not asked any more. Thank you."), code="taken_back")
    if ask.request.asks.filter(answer=AskAnswer.OPEN).exclude(pk=ask.pk).exists():
        raise ValidationError(
            _("The time to answer is over, and somebody else is asked now. Thank you."),
            code="late",
        )


def _agree(ask: Ask, starts_at: datetime | None) -> None:
    """Write down that a guide comes, if nothing has come between."""
    Guide.objects.select_for_update().get(pk=ask.guide_id)
    wanted = copy(ask.request)
    wanted.starts_at = wanted.starts_at or _chosen(wanted, starts_at)
    now = clock.now()
    if wanted.starts_at <= now:
        raise ValidationError(_("This time has passed."), code="past")
    is_still_able = is_able(
        actor=_CLOCK, request=wanted, guide_id=ask.guide_id, now=now,
        minds_usual_times=ask.request.starts_at is not None,
    )  # fmt: skip
    if not is_still_able:
        raise ValidationError(
            _("You have something else at this time, or a paper of yours is missing."
              " Please talk to your coordinator."),
            code="not_able",
        )  # fmt: skip
    assignment = Assignment.objects.create(
        request=ask.request, guide_id=ask.guide_id, starts_at=wanted.starts_at,
        ends_at=wanted.starts_at + timedelta(minutes=wanted.minutes), agreed_at=now,
    )  # fmt: skip
    ask.request.status = RequestStatus.AGREED
    ask.request.save(update_fields=["status"])
    bus.publish(AssignmentAgreed(assignment_id=assignment.pk))


def _chosen(request: GuideRequest, starts_at: datetime | None) -> datetime:
    """Check the time a guide chose for a request that is flexible."""
    if starts_at is None:
        raise ValidationError(_("Choose day and time."), code="no_time")
    if request.by_day and clock.local(starts_at).date() > request.by_day:
        raise ValidationError(_("This is later than wished. Choose an earlier day."), code="late")
    check_future(starts_at)
    return starts_at


def check_future(starts_at: datetime) -> None:
    """Refuse a time that has passed, or that is more than a year away."""
    if starts_at <= clock.now():
        raise ValidationError(_("Choose a time in the future."), code="past")
    if starts_at > clock.now() + FARTHEST:
        raise ValidationError(_("Check the year of this day."), code="far")


@transaction.atomic
def stop_asking(*, actor: Actor, request_id: int) -> GuideRequest:
    """Take back that a guide is being asked; nobody else is asked then."""
    request = held_request(actor, request_id)
    require(actor, "guides.ask_guide", request)
    if request.asks.filter(answer=AskAnswer.OPEN).exists():
        let_guides_go(request, keeps_agreed=True)
        audit.record(actor=actor, verb="guides.stop_asking", obj=request)
    return request
