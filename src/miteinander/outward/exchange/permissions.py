"""Who may do what with calendars of their own."""

from miteinander.community.people.models import Person
from miteinander.community.people.permissions import is_person, is_system
from miteinander.foundation.core.permissions import Actor, rule


@rule("exchange.keep_key")
def can_keep_key(actor: Actor, person: Person) -> bool:
    """You make and withdraw the secret address of your own calendar; nobody else does."""
    return is_person(actor) and actor.pk == person.pk


@rule("exchange.forget_key")
def can_forget_key(actor: Actor, _obj: object = None) -> bool:
    """Only the platform itself deletes the address of somebody who was erased."""
    return is_system(actor)
