"""Who may do what with people. Predicates here are the ground of the rules above."""

from typing import TypeGuard

from miteinander.community.people.models import Person
from miteinander.foundation.core.permissions import Actor, SystemActor, rule


def is_person(actor: Actor) -> TypeGuard[Person]:
    """Somebody who is signed in and may be."""
    return isinstance(actor, Person) and actor.is_active and actor.has_account


def is_system(actor: Actor) -> TypeGuard[SystemActor]:
    """The platform itself."""
    return isinstance(actor, SystemActor)


def is_administrator(actor: Actor) -> bool:
    """Somebody who runs the platform."""
    return is_person(actor) and actor.is_administrator


@rule("people.change")
def can_change(actor: Actor, person: Person) -> bool:
    """You change your own profile; nobody else does."""
    return is_person(actor) and actor.pk == person.pk


@rule("people.erase")
def can_erase(actor: Actor, person: Person) -> bool:
    """You close your own account; an administrator may do it when you ask; so may the clock."""
    return is_system(actor) or is_administrator(actor) or can_change(actor, person)


@rule("people.export")
def can_export(actor: Actor, person: Person) -> bool:
    """You download your own data; an operator may do it at the console when you ask."""
    return is_system(actor) or can_change(actor, person)
