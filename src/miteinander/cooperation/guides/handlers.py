"""Reactions of this app: marks at the door count, who was erased is forgotten."""

from miteinander.community.people.messages import PersonErased
from miteinander.cooperation.guides.services import attendance, privacy
from miteinander.encounters.activities.messages import PresenceMarked
from miteinander.foundation.core.bus import subscribe
from miteinander.foundation.core.permissions import SystemActor

_SYSTEM = SystemActor("guides")


@subscribe(PresenceMarked)
def note_attendance(message: PresenceMarked) -> None:
    """Take a mark at the door over, or take it back."""
    attendance.note_mark(actor=_SYSTEM, participation_id=message.participation_id)


@subscribe(PersonErased)
def forget_erased_person(message: PersonErased) -> None:
    """Delete what tells of somebody who was erased."""
    privacy.forget_person(actor=_SYSTEM, person_id=message.person_id)
