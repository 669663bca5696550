"""Who may do what with calendars of their own."""

from miteinander.community.people.models import Person
from miteinander.community.people.permissions import is_person
from miteinander.foundation.core.permissions import Actor, rule


@rule("exchange.keep_key")
def can_keep_key(actor: Actor, person: Person) -> bool:
    """You make and withdraw the secret address of your own calendar; nobody else does."""
    return is_person(actor) and actor.pk == person.pk
