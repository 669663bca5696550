"""Requests for guides."""

from django.db.models import Exists, OuterRef, QuerySet

from miteinander.cooperation.guides.enums import RequestStatus
from miteinander.cooperation.guides.models import Assignment, GuideRequest, RequestContact
from miteinander.cooperation.guides.models.sealed import Contacts
from miteinander.cooperation.guides.permissions import seen_requests
from miteinander.foundation.core.permissions import Actor
from miteinander.foundation.core.sealing import CannotOpenError


def requests_seen(*, actor: Actor, status: str = "") -> QuerySet[GuideRequest]:
    """Requests from the places ``actor`` coordinates, open ones first, oldest first.

    ``wants_another`` tells that a report says another date is wanted.
    """
    wanted = Assignment.objects.filter(request=OuterRef("pk"), has_follow_up=True)
    found = GuideRequest.objects.filter(seen_requests(actor)).annotate(wants_another=Exists(wanted))
    if status:
        found = found.filter(status=status)
    return (
        found.select_related("municipality", "contact")
        .defer("municipality__boundary")
        .order_by("ended_at", "asked_at", "pk")
    )


def open_request_count(*, actor: Actor) -> int:
    """How many requests wait."""
    return requests_seen(actor=actor, status=RequestStatus.OPEN).count()


def address_of_requester(request_id: int) -> tuple[str, str]:
    """The e-mail address for mails to who asked, and the language; empty once deleted."""
    kept = RequestContact.objects.filter(request_id=request_id).first()
    if kept is None:
        return "", ""
    try:
        return Contacts.opened(kept.sealed).email, kept.language
    except CannotOpenError:
        return "", ""
