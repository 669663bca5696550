"""Reactions of this app: who was erased is forgotten."""

from miteinander.community.people.messages import PersonErased
from miteinander.cooperation.tandems.services import privacy
from miteinander.foundation.core.bus import subscribe
from miteinander.foundation.core.permissions import SystemActor

_SYSTEM = SystemActor("tandems")


@subscribe(PersonErased)
def forget_erased_person(message: PersonErased) -> None:
    """Delete what tells of somebody who was erased."""
    privacy.forget_person(actor=_SYSTEM, person_id=message.person_id)
