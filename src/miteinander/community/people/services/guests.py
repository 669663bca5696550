"""People without an account: how their row comes to be, becomes an account, or goes away."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from miteinander.community.people.enums import AgeGroup, Background
from miteinander.community.people.messages import AddressProven
from miteinander.community.people.models import Person
from miteinander.community.people.queries import people_without_trace
from miteinander.community.people.services.locking import locked
from miteinander.foundation.audit.services import record
from miteinander.foundation.core import bus, clock
from miteinander.foundation.core.inserting import insert_unless_known
from miteinander.foundation.core.permissions import Actor, require
from miteinander.foundation.core.privacy import kept_for
from miteinander.foundation.core.text import one_line

ATTEMPTS = 3  # the row may be deleted, or its telephone taken, between two statements


@dataclass(frozen=True)
class Contact:
    """What somebody says of themselves without an account; empty means not said."""

    name: str = ""
    email: str = ""
    phone: str = ""
    language: str = "de"
    background: str = Background.UNDISCLOSED
    age_group: str = AgeGroup.UNDISCLOSED


@dataclass(frozen=True)
class Guest:
    """The person behind a contact, and whether the row was added just now."""

    person: Person
    is_new: bool

    def is_who(self, contact: Contact) -> bool:
        """Whether the row says no more than ``contact`` does, so that its links may be shown.

        Whoever types a telephone number has proven nothing. A row with an e-mail address is told
        by mail, and one of another name may be somebody else's.
        """
        if self.is_new or contact.email:
            return True
        person = self.person
        is_same = person.name.casefold() == one_line(contact.name).casefold()
        return is_same and not person.email and not person.has_account


def find_or_add_guest(*, actor: Actor, contact: Contact) -> Person:
    """Return the one row of the person behind ``contact``, as :func:`meet_guest` does."""
    return meet_guest(actor=actor, contact=contact).person


def meet_guest(*, actor: Actor, contact: Contact) -> Guest:
    """Find the one row of the person behind ``contact``; add a guest when there is none.

    The e-mail address identifies, and only without one the telephone. Nothing typed here changes
    an account: whoever typed it has proven nothing. A row that knows no name yet (somebody once
    asked for a code and never used it) takes it over. Without any contact the row is always new.
    The row stays held until the transaction ends; whoever also holds a date takes it after this.

    Raises:
        ValidationError: the address is not one (code ``invalid``), or a field does not fit.
    """
    require(actor, "people.add_guest")
    typed = _checked(contact)
    with transaction.atomic(savepoint=False):
        for _attempt in range(ATTEMPTS):
            if insert_unless_known(typed):
                if actor.is_authenticated:
                    record(actor=actor, verb="people.add_guest", obj=typed)
                return Guest(typed, is_new=True)
            if (known := _find(typed)) is not None:
                return Guest(_named(known, typed), is_new=False)
            if typed.email:
                # Two people may share a telephone; it stays with the row that had it first.
                typed.phone = None
        raise IntegrityError("A guest is neither there nor can be added.")


def _checked(contact: Contact) -> Person:
    """Return what was typed as a row that is not stored yet."""
    email = contact.email.strip().lower() if contact.email else None
    if email is not None:
        validate_email(email)
    typed = Person(
        name=one_line(contact.name),
        email=email,
        phone=contact.phone.strip() or None,
        language=contact.language,
        background=contact.background,
        age_group=contact.age_group,
        created_at=clock.now(),
    )
    typed.clean_fields()
    return typed


def _find(typed: Person) -> Person | None:
    """Fetch and hold the row; its key stays free, so that seats and records need not wait."""
    who = {"email": typed.email} if typed.email else {"phone": typed.phone}
    try:
        return Person.objects.select_for_update(no_key=True).get(**who)
    except Person.DoesNotExist:
        return None


def _named(person: Person, typed: Person) -> Person:
    if person.name or person.has_account or not typed.name:
        return person
    person.name, person.language = typed.name, typed.language
    person.background, person.age_group = typed.background, typed.age_group
    person.save(update_fields=["name", "language", "background", "age_group"])
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
    if person.mail_failed_at is not None:  # the code arrived
        person.mail_failed_at = None
        person.save(update_fields=["mail_failed_at"])
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
