"""Requests for guides, and who could take one."""

from dataclasses import dataclass

from django.db.models import F, Q, QuerySet

from miteinander.cooperation.guides.enums import RequestStatus, UnfilledReason
from miteinander.cooperation.guides.models import Guide, GuideRequest, RequestContact, timetable
from miteinander.cooperation.guides.models.sealed import Contacts
from miteinander.cooperation.guides.permissions import seen_guides, seen_requests
from miteinander.cooperation.guides.queries.network import active_guides, valid_certificates
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import Actor
from miteinander.foundation.core.sealing import CannotOpenError

MOST = 50


@dataclass(frozen=True)
class Able:
    """Guides who could take a request, and if there are none, the first rule nobody meets."""

    guides: list[Guide]
    missing: UnfilledReason | None


def requests_seen(*, actor: Actor, status: str = "") -> QuerySet[GuideRequest]:
    """Requests from the places ``actor`` coordinates, open ones first, oldest first."""
    found = GuideRequest.objects.filter(seen_requests(actor))
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


def able_guides(*, actor: Actor, request: GuideRequest) -> Able:
    """Find who meets all that a request needs, of the guides ``actor`` may see; by name.

    A valid certificate, the declaration of confidentiality, no pause, the language, the place
    (where people meet in person), the time of the week, not among what they do not want, and
    where children are there a police certificate that is valid on the day.
    """
    found = _trusted(actor, request)
    steps = (
        (UnfilledReason.LANGUAGE, Q(languages__code=request.language)),
        (UnfilledReason.AREA, _near(request)),
        (UnfilledReason.TIME, _free(request)),
        (UnfilledReason.DOCUMENTS, _inspected(request)),
    )
    for reason, condition in steps:
        found = found.filter(condition)
        if not found.exists():
            return Able([], reason)
    rows = found.select_related("person", "municipality").defer("municipality__boundary")
    guides = [
        guide for guide in rows.prefetch_related("languages").order_by("person__name", "pk")
        if request.way in guide.ways and request.topic not in guide.unwanted
    ]  # fmt: skip
    return Able(guides[:MOST], None if guides else UnfilledReason.TIME)


def _trusted(actor: Actor, request: GuideRequest) -> QuerySet[Guide]:
    day = clock.local(request.starts_at).date() if request.starts_at else clock.today()
    held = valid_certificates(day).values("trainee__person")
    return (
        active_guides(day)
        .filter(seen_guides(actor), confidentiality_on__isnull=False, person__in=held)
        .annotate(slots=F("times").bitand(_bit(request)))
    )


def _bit(request: GuideRequest) -> int:
    return timetable.bit_at(request.starts_at) if request.starts_at else timetable.EVERY_TIME


def _near(request: GuideRequest) -> Q:
    return Q(areas=request.municipality_id) if request.way == "person" else Q()


def _free(request: GuideRequest) -> Q:
    return Q(times=0) | Q(slots__gt=0) if request.starts_at else Q()


def _inspected(request: GuideRequest) -> Q:
    day = clock.local(request.starts_at).date() if request.starts_at else clock.today()
    return Q(police_valid_until__gte=day) if request.has_minors else Q()


def address_of_requester(request_id: int) -> tuple[str, str]:
    """The e-mail address for mails to who asked, and the language; empty once deleted."""
    kept = RequestContact.objects.filter(request_id=request_id).first()
    if kept is None:
        return "", ""
    try:
        return Contacts.opened(kept.sealed).email, kept.language
    except CannotOpenError:
        return "", ""
