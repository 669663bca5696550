"""The life of a row that is there: profile, sessions, switching off and erasing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from miteinander.community.people.enums import Background
from miteinander.community.people.messages import PersonErased
from miteinander.community.people.models import Person, SpokenLanguage
from miteinander.community.people.queries import idle_people
from miteinander.community.regions.models import Region
from miteinander.foundation.audit.services import record
from miteinander.foundation.core import bus, clock
from miteinander.foundation.core.permissions import Actor, require
from miteinander.foundation.core.text import one_line

ERASED_AT_ONCE = 500


@dataclass(frozen=True)
class Profile:
    """What a person says of themselves; every field is written as given."""

    name: str
    phone: str = ""
    municipality: Region | None = None
    language: str = "de"
    background: str = Background.UNDISCLOSED


def _locked(person_id: int) -> Person:
    return Person.objects.select_for_update().get(pk=person_id)


@transaction.atomic
def change_profile(*, actor: Actor, person_id: int, profile: Profile) -> Person:
    """Write what a person says of themselves.

    Raises:
        ValidationError: a field is not valid, or the telephone is already somebody else's.
    """
    person = _locked(person_id)
    require(actor, "people.change", person)
    person.name = one_line(profile.name)
    person.phone = profile.phone.strip() or None
    person.municipality = profile.municipality
    person.language, person.background = profile.language, profile.background
    person.clean_fields()
    if person.phone and Person.objects.filter(phone=person.phone).exclude(pk=person.pk).exists():
        message = _("Somebody else has given this number. Please use another one or leave it out.")
        raise ValidationError({"phone": ValidationError(message, code="phone_taken")})
    person.save(update_fields=["name", "phone", "municipality", "language", "background"])
    record(actor=actor, verb="people.change", obj=person)
    return person


@transaction.atomic
def set_spoken_languages(
    *, actor: Actor, person_id: int, languages: Sequence[tuple[str, str]]
) -> None:
    """Replace the languages a person speaks by ``languages``, pairs of language and level."""
    person = _locked(person_id)
    require(actor, "people.change", person)
    rows = [
        SpokenLanguage(person=person, language=language, level=level)
        for language, level in dict(languages).items()
    ]
    for row in rows:
        row.clean_fields()
    person.spoken_languages.all().delete()
    SpokenLanguage.objects.bulk_create(rows)
    record(actor=actor, verb="people.change", obj=person)


@transaction.atomic
def end_sessions(*, actor: Actor, person_id: int, keep: str = "") -> int:
    """End every session of a person except the one with the key ``keep``; return how many."""
    person = _locked(person_id)
    require(actor, "people.end_sessions", person)
    return _end_sessions(person, keep=keep)


def _end_sessions(person: Person, *, keep: str = "") -> int:
    ended = UserSession.objects.filter(user=person).exclude(session_key=keep)
    keys = list(ended.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    ended.delete()
    return len(keys)


@transaction.atomic
def disable_person(*, actor: Actor, person_id: int) -> Person:
    """Keep a person from signing in and end all sessions at once.

    Raises:
        ValidationError: it is the last administrator (code ``last_administrator``).
    """
    person = _locked(person_id)
    require(actor, "people.disable", person)
    _keep_one_administrator(person)
    person.is_active = False
    person.save(update_fields=["is_active"])
    _end_sessions(person)
    record(actor=actor, verb="people.disable", obj=person)
    return person


@transaction.atomic
def enable_person(*, actor: Actor, person_id: int) -> Person:
    """Let a person sign in again; an erased one stays erased.

    Raises:
        ValidationError: the person was erased (code ``erased``).
    """
    person = _locked(person_id)
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
    person = _locked(person_id)
    require(actor, "people.appoint", person)
    person.is_administrator = True
    person.save(update_fields=["is_administrator"])
    record(actor=actor, verb="people.appoint", obj=person)
    return person


@transaction.atomic
def erase_person(*, actor: Actor, person_id: int) -> Person:
    """Empty a person's row for good and publish ``PersonErased``; erasing twice changes nothing.

    The row itself stays, with its background, so that figures counted before stay the same; with
    name, contacts, place and languages gone nobody can tell any more whose row it was.

    Raises:
        ValidationError: it is the last administrator (code ``last_administrator``).
    """
    person = _locked(person_id)
    require(actor, "people.erase", person)
    if person.erased_at is not None:
        return person
    _keep_one_administrator(person)
    record(actor=actor, verb="people.erase", obj=person)
    bus.publish(PersonErased(person_id=person.pk))
    _end_sessions(person)
    for model in (SpokenLanguage, EmailAddress, Authenticator):
        owner = "person" if model is SpokenLanguage else "user"
        model.objects.filter(**{owner: person}).delete()
    _empty(person)
    return person


def _empty(person: Person) -> None:
    emptied: dict[str, Any] = {
        "name": "", "email": None, "phone": None, "municipality": None, "language": "de",
        "last_login": None, "is_administrator": False, "is_active": False,
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
def clear_ended_sessions(*, actor: Actor, now: datetime) -> int:
    """Delete sessions that ran out, and the notes about devices without one; return how many."""
    require(actor, "people.purge")
    Session.objects.filter(expire_date__lt=now).delete()
    alive = Session.objects.filter(session_key=OuterRef("session_key"))
    return int(UserSession.objects.exclude(Exists(alive)).delete()[0])
