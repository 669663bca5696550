"""Who may do what with people. Predicates here are the ground of the rules above."""

from typing import TypeGuard

from django.db.models import Q

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


@rule("people.add_guest")
def can_add_guest(_actor: Actor, _obj: object = None) -> bool:
    """Anybody may leave a name and a contact, for themselves or for somebody beside them."""
    return True


@rule("people.prove")
def can_prove(actor: Actor, _person: Person) -> bool:
    """Only the sign-in itself, which saw the code, says that an address is proven."""
    return is_system(actor)


@rule("people.note_mail_failure")
def can_note_mail_failure(actor: Actor, _person: Person) -> bool:
    """Only the platform itself, which was told by a mail server, says that mail fails."""
    return is_system(actor)


@rule("people.end_sessions")
def can_end_sessions(actor: Actor, person: Person) -> bool:
    """You sign out your own devices; an administrator does when yours was stolen."""
    return is_system(actor) or is_administrator(actor) or can_change(actor, person)


@rule("people.disable")
def can_disable(actor: Actor, person: Person) -> bool:
    """An administrator may keep somebody else from signing in."""
    return is_system(actor) or (is_administrator(actor) and actor.pk != person.pk)


@rule("people.oversee")
def can_oversee(actor: Actor, _obj: object = None) -> bool:
    """An administrator sees who has an account."""
    return is_administrator(actor)


@rule("people.appoint")
def can_appoint(actor: Actor, person: Person) -> bool:
    """An administrator, or the operator at the console, appoints somebody with an account."""
    return (is_system(actor) or is_administrator(actor)) and is_person(person)


@rule("people.dismiss")
def can_dismiss(actor: Actor, _person: Person) -> bool:
    """An administrator, or the operator at the console, ends that somebody runs the platform."""
    return is_system(actor) or is_administrator(actor)


@rule("audit.read")
def can_read_record(actor: Actor, _obj: object = None) -> bool:
    """Administrators read the record; the audit app itself knows no people."""
    return is_administrator(actor)


@rule("people.purge")
def can_purge(actor: Actor, _obj: object = None) -> bool:
    """Only the clock deletes what is past its time."""
    return is_system(actor)


def visible_to(actor: Actor) -> Q:
    """People whose data ``actor`` may see here: their own; the platform itself sees all."""
    if is_system(actor):
        return Q()
    return Q(pk=actor.pk) if is_person(actor) else Q(pk__in=[])
