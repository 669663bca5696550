"""Reactions of this app: a matching is calculated, who was erased is forgotten."""

from miteinander.community.people.messages import PersonErased
from miteinander.cooperation.tandems import jobs
from miteinander.cooperation.tandems.messages import MatchingStarted
from miteinander.cooperation.tandems.services import privacy
from miteinander.foundation.core.bus import subscribe
from miteinander.foundation.core.permissions import SystemActor

_SYSTEM = SystemActor("tandems")


@subscribe(MatchingStarted)
def calculate_matching(message: MatchingStarted) -> None:
    """Let a job calculate it, which stands or falls with the note that it began."""
    jobs.calculate_matching.enqueue(message.run_id)


@subscribe(PersonErased)
def forget_erased_person(message: PersonErased) -> None:
    """Delete what tells of somebody who was erased."""
    privacy.forget_person(actor=_SYSTEM, person_id=message.person_id)
