"""Reactions of this app: somebody who was erased is forgotten here too."""

from miteinander.community.organisations import services
from miteinander.community.people.messages import PersonErased
from miteinander.community.people.models import Person
from miteinander.foundation.core.bus import subscribe
from miteinander.foundation.core.permissions import SystemActor


@subscribe(PersonErased)
def forget_erased_person(message: PersonErased) -> None:
    """Delete memberships, roles and invitations; the row still knows the address now."""
    email = Person.objects.values_list("email", flat=True).get(pk=message.person_id)
    services.forget_person(actor=SystemActor(), person_id=message.person_id, email=email or "")
