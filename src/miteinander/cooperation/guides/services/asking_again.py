"""Asking again: the time to answer is over, or the time of a request has changed."""

from copy import copy
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from miteinander.cooperation.guides.enums import AskAnswer, RequestStatus
from miteinander.cooperation.guides.models import Ask, GuideRequest
from miteinander.cooperation.guides.queries.suggestions import is_able
from miteinander.cooperation.guides.services.asking import (
    ask_next,
    check_future,
    held_ask,
    write_ask,
)
from miteinander.cooperation.guides.services.requests import LONGEST, held_request, let_guides_go
from miteinander.foundation.audit import services as audit
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import Actor, require

AT_ONCE = 100


@transaction.atomic
def change_time(
    *, actor: Actor, request_id: int, starts_at: datetime, minutes: int
) -> GuideRequest:
    """Give a request another time; who was asked or had said yes is asked again.

    Raises:
        ValidationError: the request has ended, or the time is past or too far away.
    """
    request = held_request(actor, request_id)
    require(actor, "guides.ask_guide", request)
    if request.status not in {RequestStatus.OPEN, RequestStatus.AGREED}:
        raise ValidationError(_("This request has ended already."), code="ended")
    check_future(starts_at)
    if not 1 <= minutes <= LONGEST:
        raise ValidationError(_("Enter how many minutes it takes."), code="no_length")
    if (request.starts_at, request.minutes) == (starts_at, minutes):
        return request
    last = request.asks.filter(answer__in=[AskAnswer.OPEN, AskAnswer.YES]).last()
    let_guides_go(request)
    request.starts_at, request.minutes, request.by_day = starts_at, minutes, None
    request.time_turn += 1
    request.status = RequestStatus.OPEN
    request.save(update_fields=["starts_at", "minutes", "by_day", "time_turn", "status"])
    audit.record(actor=actor, verb="guides.change_time", obj=request)
    if last is not None:
        _ask_again(actor, request, last)
    return request


def _ask_again(actor: Actor, request: GuideRequest, last: Ask) -> None:
    """Ask who was asked for the former time; where that guide cannot come then, the next."""
    if is_able(actor=actor, request=request, guide_id=last.guide_id, now=clock.now()):
        write_ask(actor, request, last.guide_id, actor.pk)
        return
    before = copy(last)
    before.request, before.asked_by_id = request, actor.pk
    ask_next(before)


def expire_asks(*, actor: Actor, now: datetime) -> int:
    """Ask the next guide where the time to answer is over; return how many were over."""
    require(actor, "guides.ask_guide")
    due = Ask.objects.filter(answer=AskAnswer.OPEN, deadline__lte=now).order_by("deadline", "pk")
    return sum(_expire(actor, pk, now) for pk in list(due.values_list("pk", flat=True)[:AT_ONCE]))


@transaction.atomic
def _expire(actor: Actor, ask_id: int, now: datetime) -> bool:
    ask = held_ask(ask_id)
    if ask.answer != AskAnswer.OPEN or ask.deadline > now:
        return False
    ask.answer, ask.answered_at = AskAnswer.EXPIRED, now
    ask.save(update_fields=["answer", "answered_at"])
    audit.record(actor=actor, verb="guides.expire_ask", obj=ask)
    ask_next(ask)
    return True
