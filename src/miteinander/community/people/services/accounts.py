"""The life of a row that is there: profile, languages, switching off and erasing."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from miteinander.community.people.enums import AgeGroup, Background, SwitchOffReason
from miteinander.community.people.messages import PersonDisabled, PersonErased
from miteinander.community.people.models import Person, SpokenLanguage
from miteinander.community.people.queries import export_of, idle_people
from miteinander.community.people.services.devices import forget_sessions
from miteinander.community.people.services.locking import locked
from miteinander.community.regions.models import Region
from miteinander.foundation.audit.services import record
from miteinander.foundation.core import bus, clock
from miteinander.foundation.core.permissions import Actor, require
from miteinander.foundation.core.text import one_line

ERASED_AT_ONCE = 500
PROFILE = ("name", "phone", "municipality", "language", "background", "age_group")


@dataclass(frozen=True)
class Profile:
    """What a person says of themselves; every field is written as given."""

    name: str
    phone: str = ""
    municipality: Region | None = None
    language: str = "de"
    background: str = Background.UNDISCLOSED
    age_group: str = AgeGroup.UNDISCLOSED


@transaction.atomic
def change_profile(*, actor: Actor, person_id: int, profile: Profile) -> Person:
    """Write what a person says of themselves.

    Raises:
        ValidationError: a field is not valid, or the telephone is already somebody else's.
    """
    person = locked(person_id)
    require(actor, "people.change", person)
    person.name = one_line(profile.name)
    person.phone = profile.phone.strip() or None
    person.municipality = profile.municipality
    person.language, person.background = profile.language, profile.background
    person.age_group = profile.age_group
    person.clean_fields()
    if person.phone and Person.objects.filter(phone=person.phone).exclude(pk=person.pk).exists():
        message = _("Somebody else has given this number. Please use another one or leave it out.")
        raise ValidationError({"phone": ValidationError(message, code="phone_taken")})
    person.save(update_fields=PROFILE)
    record(actor=actor, verb="people.change", obj=person)
    return person


@transaction.atomic
def say_background(*, actor: Actor, person_id: int, background: str) -> Person:
    """Write which of the two sides a person says to belong to, and nothing else of the profile.

    Raises:
        ValidationError: it is none of the choices.
    """
    return _say(actor, person_id, "background", background)


@transaction.atomic
def say_name(*, actor: Actor, person_id: int, name: str) -> Person:
    """Write how a person is called, and nothing else of the profile.

    Raises:
        ValidationError: it is empty or too long.
    """
    return _say(actor, person_id, "name", one_line(name))


def _say(actor: Actor, person_id: int, field: str, value: str) -> Person:
    person = locked(person_id)
    require(actor, "people.change", person)
    setattr(person, field, value)
    person.clean_fields(exclude=[name for name in PROFILE if name != field])
    person.save(update_fields=[field])
    record(actor=actor, verb="people.change", obj=person)
    return person


@transaction.atomic
def add_spoken_language(
    *, actor: Actor, person_id: int, language: str, level: str
) -> SpokenLanguage:
    """Note that a person speaks ``language``; one that is there already gets the new level."""
    person = locked(person_id)
    require(actor, "people.change", person)
    SpokenLanguage(person=person, language=language, level=level).clean_fields()
    row, _is_new = SpokenLanguage.objects.update_or_create(
        person=person, language=language, defaults={"level": level}
    )
    record(actor=actor, verb="people.change", obj=person)
    return row


@transaction.atomic
def remove_spoken_language(*, actor: Actor, person_id: int, language: str) -> None:
    """Take ``language`` off the list; one that is not there changes nothing."""
    person = locked(person_id)
    require(actor, "people.change", person)
    person.spoken_languages.filter(language=language).delete()
    record(actor=actor, verb="people.change", obj=person)


@transaction.atomic
def disable_person(*, actor: Actor, person_id: int, reason: str) -> Person:
    """Keep a person from signing in and end all sessions at once; the record keeps ``reason``.

    Raises:
        ValidationError: it is the last administrator (code ``last_administrator``), or the reason
            is none of ours (code ``unknown_reason``).
    """
    person = locked(person_id)
    require(actor, "people.disable", person)
    if reason not in SwitchOffReason.values:
        raise ValidationError(_("Please choose a reason."), code="unknown_reason")
    _keep_one_administrator(person)
    person.is_active = False
    person.save(update_fields=["is_active"])
    forget_sessions(person)
    record(actor=actor, verb="people.disable", obj=person, details={"reason": reason})
    bus.publish(PersonDisabled(person_id=person.pk))
    return person


@transaction.atomic
def enable_person(*, actor: Actor, person_id: int) -> Person:
    """Let a person sign in again; an erased one stays erased.

    Raises:
        ValidationError: the person was erased (code ``erased``).
    """
    person = locked(person_id)
    require(actor, "people.disable", person)
    if person.erased_at is not None:
        raise ValidationError(_("This account was closed for good."), code="erased")
    person.is_active = True
    person.save(update_fields=["is_active"])
    record(actor=actor, verb="people.enable", obj=person)
    return person


@transaction.atomic
def appoint_administrator(*, actor: Actor, person_id: int) -> Person:
    """Let a person with an account run the platform."""
    person = locked(person_id)
    require(actor, "people.appoint", person)
    person.is_administrator = True
    person.save(update_fields=["is_administrator"])
    record(actor=actor, verb="people.appoint", obj=person)
    return person


@transaction.atomic
def dismiss_administrator(*, actor: Actor, person_id: int) -> Person:
    """Take the running of the platform away from a person.

    Raises:
        ValidationError: it is the last administrator (code ``last_administrator``).
    """
    person = locked(person_id)
    require(actor, "people.dismiss", person)
    _keep_one_administrator(person)
    person.is_administrator = False
    person.save(update_fields=["is_administrator"])
    record(actor=actor, verb="people.dismiss", obj=person)
    return person


@transaction.atomic
def erase_person(*, actor: Actor, person_id: int) -> Person:
    """Empty a person's row for good and publish ``PersonErased``; erasing twice changes nothing.

    The row itself stays, with its background and age group, so that figures counted before stay the
    same; with name, contacts, place and languages gone nobody can tell any more whose row it
    was.

    Raises:
        ValidationError: it is the last administrator (code ``last_administrator``).
    """
    person = locked(person_id)
    require(actor, "people.erase", person)
    if person.erased_at is not None:
        return person
    _keep_one_administrator(person)
    record(actor=actor, verb="people.erase", obj=person)
    bus.publish(PersonErased(person_id=person.pk))
    forget_sessions(person)
    for model in (SpokenLanguage, EmailAddress, Authenticator):
        owner = "person" if model is SpokenLanguage else "user"
        model.objects.filter(**{owner: person}).delete()
    _empty(person)
    return person


def _empty(person: Person) -> None:
    emptied: dict[str, Any] = {
        "name": "", "email": None, "phone": None, "municipality": None, "language": "de",
        "last_login": None, "mail_failed_at": None, "is_administrator": False, "is_active": False,
        "account_since": None, "erased_at": clock.now(),
    }  # fmt: skip
    for field, value in emptied.items():
        setattr(person, field, value)
    person.save(update_fields=list(emptied))


def _keep_one_administrator(person: Person) -> None:
    administrators = Person.objects.select_for_update().filter(
        is_administrator=True, is_active=True
    )
    if person.is_administrator and not administrators.exclude(pk=person.pk).exists():
        message = _("You are the only administrator. Please appoint another one first.")
        raise ValidationError(message, code="last_administrator")


def erase_idle(*, actor: Actor, now: datetime) -> int:
    """Erase people nobody has heard of for as long as ``people.idle`` says; return how many."""
    require(actor, "people.purge")
    gone = idle_people(actor=actor, now=now)[:ERASED_AT_ONCE]
    for person_id in gone:
        erase_person(actor=actor, person_id=person_id)
    return len(gone)


@transaction.atomic
def export_person(*, actor: Actor, person_id: int) -> str:
    """Return everything all apps know of a person as JSON text, and note who asked for it."""
    person = locked(person_id)
    text = export_of(actor=actor, person=person)
    record(actor=actor, verb="people.export", obj=person)
    return text
