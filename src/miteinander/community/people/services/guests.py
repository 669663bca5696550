"""People without an account: how their row comes to be, becomes an account, or goes away."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from miteinander.community.people.enums import Background
from miteinander.community.people.messages import AddressProven
from miteinander.community.people.models import Person
from miteinander.community.people.queries import people_without_trace
from miteinander.community.people.services.locking import locked
from miteinander.foundation.audit.services import record
from miteinander.foundation.core import bus, clock
from miteinander.foundation.core.permissions import Actor, require
from miteinander.foundation.core.privacy import kept_for
from miteinander.foundation.core.text import one_line


@dataclass(frozen=True)
class Contact:
    """What somebody says of themselves without an account; empty means not said."""

    name: str = ""
    email: str = ""
    phone: str = ""
    language: str = "de"
    background: str = Background.UNDISCLOSED


@transaction.atomic
def find_or_add_guest(*, actor: Actor, contact: Contact) -> Person:
    """Return the one row of the person behind ``contact``; add a guest when there is none.

    The e-mail address identifies, and only without one the telephone. Nothing typed here changes
    an account: whoever typed it has proven nothing. A row that knows no name yet (somebody once
    asked for a code and never used it) takes it over. Without any contact the row is always new.

    Raises:
        ValidationError: the address is not one (code ``invalid``).
    """
    require(actor, "people.add_guest")
    known = _find(contact)
    if known is None:
        known = _add(actor, contact)
    return _named(known, contact)


def _find(contact: Contact) -> Person | None:
    people = Person.objects.select_for_update()
    if contact.email:
        return people.filter(email=_address(contact)).first()
    if contact.phone:
        return people.filter(phone=contact.phone.strip()).first()
    return None


def _address(contact: Contact) -> str:
    address = contact.email.strip().lower()
    validate_email(address)
    return address


def _add(actor: Actor, contact: Contact) -> Person:
    person = Person(
        name=one_line(contact.name),
        email=_address(contact) if contact.email else None,
        phone=_free_phone(contact),
        language=contact.language,
        background=contact.background,
        created_at=clock.now(),
    )
    person.clean_fields()
    try:
        with transaction.atomic():
            person.save(force_insert=True)
    except IntegrityError:
        # Somebody else added the same contact a moment ago: theirs is the row.
        if (known := _find(contact)) is not None:
            return known
        if not contact.phone:
            raise
        return _add(actor, replace(contact, phone=""))  # only the telephone was taken meanwhile
    if actor.is_authenticated:
        record(actor=actor, verb="people.add_guest", obj=person)
    return person


def _free_phone(contact: Contact) -> str | None:
    """Two people may share a telephone; the number stays with the row that had it first."""
    phone = contact.phone.strip()
    if not phone or Person.objects.filter(phone=phone).exists():
        return None
    return phone


def _named(person: Person, contact: Contact) -> Person:
    if person.name or person.has_account or not (name := one_line(contact.name)):
        return person
    person.name, person.language = name, contact.language
    person.background = contact.background
    person.clean_fields()
    person.save(update_fields=["name", "language", "background"])
    return person


@transaction.atomic
def prove_address(*, actor: Actor, person_id: int) -> Person:
    """Make a row whose address was proven by code an account, with all that the guest did.

    Publishes ``AddressProven`` each time, with ``is_first`` when this made the account.

    Raises:
        ValidationError: the row has no address or may not sign in (code ``no_address``).
    """
    person = locked(person_id)
    require(actor, "people.prove", person)
    if not person.email or not person.is_active:
        raise ValidationError(_("This address cannot be proven."), code="no_address")
    is_first = not person.has_account
    EmailAddress.objects.update_or_create(
        user=person, email=person.email, defaults={"verified": True, "primary": True}
    )
    if is_first:
        person.account_since = clock.now()
        person.save(update_fields=["account_since"])
        record(actor=actor, verb="people.prove", obj=person)
    bus.publish(AddressProven(person_id=person.pk, is_first=is_first))
    return person


@transaction.atomic
def purge_unproven(*, actor: Actor, now: datetime) -> int:
    """Delete guests who never proved an address and left no trace; return how many."""
    require(actor, "people.purge")
    old = Person.objects.filter(
        account_since__isnull=True,
        erased_at__isnull=True,
        created_at__lt=now - kept_for("people.unproven"),
    )
    gone: dict[str, Any] = people_without_trace(old).select_for_update().delete()[1]
    return int(gone.get("people.Person", 0))
