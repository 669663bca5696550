"""Asking for a guide: the request, how to reach who asks, and how it ended."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from miteinander.community.regions.models import Region
from miteinander.cooperation.guides.enums import (
    AskAnswer,
    AssignmentKind,
    AssignmentStatus,
    AssignmentTopic,
    GuideTask,
    MeetingWay,
    RequesterKind,
    RequestStatus,
    UnfilledReason,
)
from miteinander.cooperation.guides.messages import AssignmentOff, RequestEnded, RequestMade
from miteinander.cooperation.guides.models import Ask, Assignment, GuideRequest, RequestContact
from miteinander.cooperation.guides.models.sealed import Contacts
from miteinander.cooperation.guides.permissions import can_see_request
from miteinander.foundation.audit import services as audit
from miteinander.foundation.core import bus, clock
from miteinander.foundation.core.languages import SPOKEN
from miteinander.foundation.core.permissions import Actor, require

LONGEST = 12 * 60
FARTHEST = timedelta(days=365)
LONGEST_NOTE = 120


@dataclass(frozen=True)
class Wish:
    """What is asked for: keys of enums only; ``starts_at`` is None when the time is flexible."""

    municipality_id: int
    requester: str
    kind: str
    topic: str
    tasks: tuple[str, ...]
    language: str
    way: str = MeetingWay.IN_PERSON
    has_minors: bool = False
    starts_at: datetime | None = None
    by_day: date | None = None
    minutes: int = 60


@transaction.atomic
def ask_for_guide(
    *, actor: Actor, wish: Wish, contacts: Contacts, language: str, entry: str = ""
) -> GuideRequest:
    """Note that somebody asks for a guide, for themself or for others; anybody may.

    The contact is sealed beside the request. The same filled-in form (``entry``) is known again.
    A coordinator who writes it down on the telephone is noted. Publishes ``RequestMade``.

    Raises:
        ValidationError: a word that is none of the list, no contact, a time in the past or
            more than a year away.
    """
    require(actor, "guides.ask_for_guide")
    _check(wish)
    if not contacts.name or not (contacts.email or contacts.phone):
        raise ValidationError(
            _("Please write an e-mail address or a telephone number."), code="no_contact"
        )
    token = _token(entry)
    known = GuideRequest.objects.filter(token=token).first()
    if known is not None:
        return known
    request = GuideRequest.objects.create(
        municipality_id=wish.municipality_id, token=token, requester=wish.requester,
        kind=wish.kind, topic=wish.topic, tasks=list(wish.tasks), language=wish.language,
        way=wish.way, has_minors=wish.has_minors, starts_at=wish.starts_at,
        by_day=wish.by_day if wish.starts_at is None else None, minutes=wish.minutes,
        entered_by_id=_entered_by(actor, wish.municipality_id), asked_at=clock.now(),
    )  # fmt: skip
    RequestContact.objects.create(request=request, sealed=contacts.sealed(), language=language)
    audit.record(actor=actor, verb="guides.ask_for_guide", obj=request)
    bus.publish(RequestMade(request_id=request.pk))
    return request


@transaction.atomic
def ask_again(*, actor: Actor, request_id: int) -> GuideRequest:
    """Open a new request like one that is over, for another date: its time is flexible.

    The contact is taken over. A second time the same new request is returned. Publishes
    ``RequestMade``.

    Raises:
        GuideRequest.DoesNotExist: ``actor`` may not know of the request.
        ValidationError: the contact was deleted already.
    """
    before = held_request(actor, request_id)
    token = _token(f"again:{before.token}")
    known = GuideRequest.objects.filter(token=token).first()
    if known is not None:
        return known
    kept = RequestContact.objects.filter(request=before).first()
    if kept is None:
        raise ValidationError(_("How to reach who asked was deleted."), code="no_contact")
    request = GuideRequest.objects.create(
        municipality=before.municipality, token=token, requester=before.requester,
        kind=before.kind, topic=before.topic, tasks=before.tasks, language=before.language,
        way=before.way, has_minors=before.has_minors, minutes=before.minutes,
        entered_by_id=actor.pk, asked_at=clock.now(),
    )  # fmt: skip
    RequestContact.objects.create(request=request, sealed=kept.sealed, language=kept.language)
    audit.record(actor=actor, verb="guides.ask_for_guide", obj=request)
    bus.publish(RequestMade(request_id=request.pk))
    return request


def _token(entry: str) -> str:
    """Make the secret of a request, the same again for the same filled-in form."""
    if not entry:
        return secrets.token_urlsafe(24)
    return salted_hmac("guides.request", entry).hexdigest()[:32]


def _entered_by(actor: Actor, municipality_id: int) -> int | None:
    place = Region.objects.get(pk=municipality_id)
    is_written_down = actor.pk is not None and can_see_request(
        actor, GuideRequest(municipality=place)
    )
    return actor.pk if is_written_down else None


def _check(wish: Wish) -> None:
    listed = (
        (wish.requester, RequesterKind.values), (wish.kind, AssignmentKind.values),
        (wish.topic, AssignmentTopic.values), (wish.way, MeetingWay.values),
        (wish.language, SPOKEN), *((task, GuideTask.values) for task in wish.tasks),
    )  # fmt: skip
    if any(word not in choices for word, choices in listed):
        raise ValidationError(_("Choose from the list."), code="unknown_word")
    if not wish.tasks:
        raise ValidationError(_("Choose what the guide should do."), code="no_task")
    if not Region.objects.filter(pk=wish.municipality_id).exists():
        raise ValidationError(_("Choose your municipality."), code="unknown_place")
    if not 1 <= wish.minutes <= LONGEST:
        raise ValidationError(_("Enter how many minutes it takes."), code="no_length")
    _check_time(wish, clock.now())


def _check_time(wish: Wish, now: datetime) -> None:
    if wish.starts_at is not None and wish.starts_at <= now:
        raise ValidationError(_("Choose a time in the future."), code="past")
    if wish.starts_at is not None and wish.starts_at > now + FARTHEST:
        raise ValidationError(_("Check the year of this day."), code="far")
    if wish.by_day is not None and not clock.today() <= wish.by_day <= clock.today() + FARTHEST:
        raise ValidationError(_("Choose a day in the future."), code="past")


@transaction.atomic
def withdraw_request(*, actor: Actor, request_id: int) -> GuideRequest:
    """Take a request back, by its secret link (then the system acts); once is enough."""
    request = GuideRequest.objects.select_for_update().get(pk=request_id)
    require(actor, "guides.withdraw_request")
    if request.status in {RequestStatus.OPEN, RequestStatus.AGREED}:
        end_held(actor, request, RequestStatus.WITHDRAWN, verb="guides.withdraw_request")
    return request


@transaction.atomic
def end_request(*, actor: Actor, request_id: int, reason: str = "") -> GuideRequest:
    """Record that a guide took a request, or with a ``reason`` why nobody could.

    The reasons are what the next course is planned from. Publishes ``RequestEnded``.

    Raises:
        ValidationError: the reason is not one of the list, or the request has ended otherwise.
    """
    request = held_request(actor, request_id)
    if reason and reason not in UnfilledReason.values:
        raise ValidationError(_("Choose from the list."), code="unknown_reason")
    status = RequestStatus.UNFILLED if reason else RequestStatus.DONE
    if (request.status, request.unfilled_reason) == (status, reason):
        return request
    if request.status not in {RequestStatus.OPEN, RequestStatus.AGREED}:
        raise ValidationError(_("This request has ended already."), code="ended")
    end_held(actor, request, status, reason)
    return request


def held_request(actor: Actor, request_id: int) -> GuideRequest:
    """Hold a request for a coordinator; who may not know of it finds none."""
    rows = GuideRequest.objects.select_for_update(of=("self",)).select_related("municipality")
    request = rows.get(pk=request_id)
    if not can_see_request(actor, request):
        raise GuideRequest.DoesNotExist
    return request


def end_held(
    actor: Actor,
    request: GuideRequest,
    status: RequestStatus,
    reason: str = "",
    verb: str = "guides.end_request",
) -> None:
    """Write down how a request ended, and let its guides go; the caller holds it."""
    request.status, request.unfilled_reason = status, reason
    request.ended_at = clock.now()
    request.save(update_fields=["status", "unfilled_reason", "ended_at"])
    let_guides_go(request, keeps_agreed=status == RequestStatus.DONE)
    audit.record(actor=actor, verb=verb, obj=request, details={"status": status})
    bus.publish(RequestEnded(request_id=request.pk))


def let_guides_go(request: GuideRequest, *, keeps_agreed: bool = False) -> None:
    """Ask nobody any more and call off what was agreed; the caller holds the request."""
    now = clock.now()
    asked = Ask.objects.filter(request=request, answer=AskAnswer.OPEN)
    asked.update(answer=AskAnswer.WITHDRAWN, answered_at=now)
    agreed = Assignment.objects.filter(request=request, status=AssignmentStatus.AGREED)
    for assignment in () if keeps_agreed else agreed.select_for_update():
        assignment.status = AssignmentStatus.CANCELLED
        assignment.save(update_fields=["status"])
        bus.publish(AssignmentOff(assignment_id=assignment.pk))


@transaction.atomic
def open_request_contact(*, actor: Actor, request_id: int) -> Contacts | None:
    """Open how to reach who asks; every look is recorded. None once it was deleted.

    Raises:
        CannotOpenError: it was sealed under a secret key that is not known any more.
    """
    request = held_request(actor, request_id)
    kept = RequestContact.objects.filter(request=request).first()
    audit.record(actor=actor, verb="guides.open_request_contact", obj=request)
    return Contacts.opened(kept.sealed) if kept else None
