"""What keeps a person signed in or lets them in again: sessions and passkeys."""

from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from miteinander.community.people.messages import SessionsEnded
from miteinander.community.people.models import Person
from miteinander.community.people.services.locking import locked
from miteinander.foundation.audit.services import record
from miteinander.foundation.core import bus
from miteinander.foundation.core.permissions import Actor, require
from miteinander.foundation.core.text import one_line

NAME_LENGTH = 60


@transaction.atomic
def end_sessions(*, actor: Actor, person_id: int, keep: str = "") -> int:
    """End every session of a person except the one with the key ``keep``; return how many."""
    person = locked(person_id)
    require(actor, "people.end_sessions", person)
    ended = forget_sessions(person, keep=keep)
    record(actor=actor, verb="people.end_sessions", obj=person)
    return ended


@transaction.atomic
def end_session(*, actor: Actor, person_id: int, session_id: int) -> int:
    """End one session of a person; one that is gone or somebody else's changes nothing."""
    person = locked(person_id)
    require(actor, "people.end_sessions", person)
    ended = _end(UserSession.objects.filter(user=person, pk=session_id))
    if ended:
        record(actor=actor, verb="people.end_sessions", obj=person)
    return ended


@transaction.atomic
def note_sign_out(*, actor: Actor, person_id: int, session_key: str) -> None:
    """Tell the other apps that a person signed out here; the session itself is gone already."""
    person = locked(person_id)
    require(actor, "people.end_sessions", person)
    bus.publish(SessionsEnded(session_keys=(session_key,)))


def forget_sessions(person: Person, *, keep: str = "") -> int:
    """Delete the sessions of ``person`` except ``keep``, for services that have asked already."""
    return _end(UserSession.objects.filter(user=person).exclude(session_key=keep))


def _end(sessions: QuerySet[Any]) -> int:
    keys = list(sessions.values_list("session_key", flat=True))
    if keys:
        bus.publish(SessionsEnded(session_keys=tuple(keys)))
    Session.objects.filter(session_key__in=keys).delete()
    sessions.delete()
    return len(keys)


@transaction.atomic
def clear_ended_sessions(*, actor: Actor, now: datetime) -> int:
    """Delete sessions that ran out, and the notes about devices without one; return how many."""
    require(actor, "people.purge")
    Session.objects.filter(expire_date__lt=now).delete()
    alive = Session.objects.filter(session_key=OuterRef("session_key"))
    return int(UserSession.objects.exclude(Exists(alive)).delete()[0])


@transaction.atomic
def add_passkey(
    *, actor: Actor, person_id: int, name: str, credential: dict[str, Any]
) -> Authenticator:
    """Store a passkey whose ceremony was checked; ``name`` is what its owner calls it."""
    person = locked(person_id)
    require(actor, "people.change", person)
    passkey = Authenticator.objects.create(
        user=person,
        type=Authenticator.Type.WEBAUTHN,
        data={"name": one_line(name)[:NAME_LENGTH], "credential": credential},
    )
    record(actor=actor, verb="people.add_passkey", obj=person)
    return passkey


@transaction.atomic
def remove_passkey(*, actor: Actor, person_id: int, passkey_id: int) -> None:
    """Delete a passkey of a person; one that is gone or somebody else's changes nothing."""
    person = locked(person_id)
    require(actor, "people.change", person)
    mine = Authenticator.objects.filter(
        user=person, type=Authenticator.Type.WEBAUTHN, pk=passkey_id
    )
    if mine.delete()[0]:
        record(actor=actor, verb="people.remove_passkey", obj=person)
