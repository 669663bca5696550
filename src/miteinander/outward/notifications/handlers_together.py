"""What is told of doing it together becomes letters: co-hosts."""

from collections.abc import Iterable

from miteinander.community.organisations.queries import managers_of
from miteinander.community.people.models import Person
from miteinander.encounters.activities.messages import CoHostAnswered, CoHostAsked, CoHostEnded
from miteinander.encounters.activities.models import Activity, CoHost
from miteinander.encounters.activities.queries.co_hosts import reachable_members
from miteinander.foundation.core import clock
from miteinander.foundation.core.bus import subscribe
from miteinander.foundation.core.permissions import SystemActor
from miteinander.outward.notifications import services
from miteinander.outward.notifications.enums import LetterKind

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
