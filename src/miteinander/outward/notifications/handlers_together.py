"""What is told of doing it together becomes letters: co-hosts, and who helps."""

from collections.abc import Iterable

from miteinander.community.organisations.queries import managers_of
from miteinander.community.people.models import Person
from miteinander.encounters.activities.messages import (
    CoHostAnswered,
    CoHostAsked,
    CoHostEnded,
    DateCancelled,
    DateChanged,
    RoleConfirmed,
    RoleDeclined,
    RoleOffered,
    RoleWithdrawn,
)
from miteinander.encounters.activities.models import Activity, CoHost, RoleOffer
from miteinander.encounters.activities.queries.co_hosts import reachable_members
from miteinander.foundation.core import clock
from miteinander.foundation.core.bus import subscribe
from miteinander.foundation.core.permissions import SystemActor
from miteinander.outward.notifications import services
from miteinander.outward.notifications.enums import LetterKind
from miteinander.outward.notifications.services import helping

_SYSTEM = SystemActor("notifications")


def _co_host(co_host_id: int) -> CoHost:
    rows = CoHost.objects.select_related(
        "activity__organisation", "activity__created_by", "organisation"
    )
    return rows.get(pk=co_host_id)


def planners_of(activity: Activity) -> list[Person]:
    """Return whom to write to about an occasion: its author, else who manages the organisation."""
    author = activity.created_by
    if author is not None and author.email and author.is_active:
        return [author]
    return list(managers_of(activity.organisation))


def _tell(people: Iterable[Person], co_host: CoHost, kind: str) -> None:
    for person in people:
        services.write_letter(
            actor=_SYSTEM,
            key=f"{co_host.pk}:{person.pk}:{clock.now().isoformat()}",
            kind=kind,
            address=person.email or "",
            language=person.language,
            context={"co_host": co_host.pk, "person": person.pk, "status": co_host.status},
        )


@subscribe(CoHostAsked)
def ask_members(message: CoHostAsked) -> None:
    """Ask the members of the other organisation."""
    co_host = _co_host(message.co_host_id)
    _tell(reachable_members(co_host.organisation), co_host, LetterKind.CO_HOST_ASKED)


@subscribe(CoHostAnswered)
def tell_of_answer(message: CoHostAnswered) -> None:
    """Tell whoever plans the meeting what the other organisation said."""
    co_host = _co_host(message.co_host_id)
    _tell(planners_of(co_host.activity), co_host, LetterKind.CO_HOST_ANSWERED)


@subscribe(CoHostEnded)
def tell_of_end(message: CoHostEnded) -> None:
    """Tell the side that did not end it."""
    co_host = _co_host(message.co_host_id)
    others = (
        reachable_members(co_host.organisation)
        if message.by_host
        else planners_of(co_host.activity)
    )
    _tell(others, co_host, LetterKind.CO_HOST_ENDED)


def _offer(offer_id: int) -> RoleOffer:
    return RoleOffer.objects.select_related("person", "date__activity__organisation").get(
        pk=offer_id
    )


def _tell_planners(offer: RoleOffer, kind: str) -> None:
    for person in planners_of(offer.date.activity):
        services.write_letter(
            actor=_SYSTEM,
            key=f"{offer.pk}:{person.pk}:{clock.now().isoformat()}",
            kind=kind,
            address=person.email or "",
            language=person.language,
            context={"offer": offer.pk, "person": person.pk},
        )


def _tell_helper(offer: RoleOffer, kind: str) -> None:
    helping.tell_helper(actor=_SYSTEM, offer=offer, kind=kind, mark=clock.now().isoformat())


@subscribe(RoleOffered)
def tell_of_offer_to_help(message: RoleOffered) -> None:
    """Thank whoever offers to help, and tell the organisers."""
    offer = _offer(message.offer_id)
    _tell_helper(offer, LetterKind.ROLE_ASKED)
    _tell_planners(offer, LetterKind.ROLE_OFFERED)


@subscribe(RoleConfirmed)
def tell_of_yes(message: RoleConfirmed) -> None:
    """Tell somebody that the organisers said yes."""
    _tell_helper(_offer(message.offer_id), LetterKind.ROLE_CONFIRMED)


@subscribe(RoleDeclined)
def tell_of_no(message: RoleDeclined) -> None:
    """Tell somebody that the organisers said no."""
    _tell_helper(_offer(message.offer_id), LetterKind.ROLE_DECLINED)


@subscribe(RoleWithdrawn)
def tell_of_withdrawal(message: RoleWithdrawn) -> None:
    """Tell the organisers that somebody does not help after all."""
    _tell_planners(_offer(message.offer_id), LetterKind.ROLE_WITHDRAWN)


@subscribe(DateChanged)
def tell_helpers_of_change(message: DateChanged) -> None:
    """Tell who helps of a new time or place."""
    helping.tell_helpers(
        actor=_SYSTEM, kind=LetterKind.HELPER_CHANGED, date_id=message.date_id,
        sequence=message.sequence,
    )  # fmt: skip


@subscribe(DateCancelled)
def tell_helpers_of_cancellation(message: DateCancelled) -> None:
    """Tell who helps that a date was called off."""
    helping.tell_helpers(
        actor=_SYSTEM, kind=LetterKind.HELPER_CANCELLED, date_id=message.date_id,
        sequence=message.sequence,
    )  # fmt: skip
