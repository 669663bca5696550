"""Reads of this app: who left a trace and who did not, and what a person may take along."""

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from miteinander.community.people.enums import SwitchOffReason
from miteinander.community.people.models import Person, SpokenLanguage
from miteinander.foundation.audit.models import AuditEntry
from miteinander.foundation.core.permissions import Actor, require
from miteinander.foundation.core.privacy import exported, kept_for
from miteinander.foundation.core.text import fold

Trace = Callable[[Collection[int], datetime], Collection[int]]
_TRACES: list[Trace] = []
# What belongs to the sign-in itself goes with the row and keeps nobody.
_OWN = frozenset({"people", "account", "mfa", "usersessions"})
_PLAIN = (
    "name", "email", "phone", "language", "background", "age_group",
    "created_at", "account_since", "last_login", "mail_failed_at", "is_administrator",
)  # fmt: skip


@dataclass(frozen=True)
class Device:
    """Where somebody is signed in."""

    pk: int
    agent: str
    signed_in_at: datetime
    seen_at: datetime
    is_current: bool


@dataclass(frozen=True)
class Passkey:
    """A way to sign in without a code."""

    pk: int
    name: str
    added_at: datetime
    used_at: datetime | None


@dataclass(frozen=True)
class Switch:
    """That an account was switched off or on again."""

    at: datetime
    by: str
    sentence: str
    reason: str


def register_trace(trace: Trace) -> Trace:
    """Let ``trace`` say which of some people (ids) have been heard of since a moment.

    Other apps register theirs in ``apps.ready()``, so that nobody who still comes is erased.
    """
    _TRACES.append(trace)
    return trace


def people_without_trace(people: QuerySet[Person]) -> QuerySet[Person]:
    """Narrow ``people`` to those whom no row of any other app names."""
    for field in Person._meta.get_fields(include_hidden=True):
        related: Any = field
        if not field.auto_created or field.concrete or not field.is_relation:
            continue
        if related.related_model._meta.app_label not in _OWN:
            rows = related.related_model._base_manager.filter(
                **{related.field.name: OuterRef("pk")}
            )
            people = people.exclude(Exists(rows))
    return people.order_by("pk")


def rows_that_yield(email: str) -> QuerySet[Person]:
    """Find the row of a guest who only asked for a code; it leaves ``email`` to who proves it."""
    guests = Person.objects.filter(email=email, account_since__isnull=True, is_active=True)
    return people_without_trace(guests)


def keeper_of(*, email: str) -> Person | None:
    """Return the row that keeps ``email`` from going to somebody else, None where it may go."""
    yielding = rows_that_yield(email).order_by().values("pk")
    return Person.objects.filter(email=email).exclude(pk__in=yielding).first()


def accounts(*, actor: Actor) -> QuerySet[Person]:
    """Everybody with an account, switched off or not, by name; for administrators."""
    require(actor, "people.oversee")
    return Person.objects.filter(account_since__isnull=False).order_by("name", "pk")


def accounts_matching(*, actor: Actor, typed: str, most: int) -> list[Person]:
    """List accounts whose name or e-mail holds every word of ``typed``, at most ``most``.

    Compared as people read: no difference between cases, accents, or Arabic and Persian letters.
    """
    wanted, found = fold(typed).split(), list[Person]()
    for person in accounts(actor=actor).iterator():
        text = fold(f"{person.name} {person.email}")
        if all(word in text for word in wanted):
            found.append(person)
        if len(found) == most:
            break
    return found


def switches_of(*, actor: Actor, person: Person, most: int = 10) -> list[Switch]:
    """Tell when an account was switched off and on, by whom and why, the newest first."""
    require(actor, "people.oversee")
    rows = AuditEntry.objects.filter(
        verb__in=("people.disable", "people.enable"),
        content_type__app_label="people",
        content_type__model="person",
        object_id=person.pk,
    ).select_related("actor")
    reasons = dict(SwitchOffReason.choices)
    return [
        Switch(
            at=row.at,
            by=row.actor.name if row.actor else "",
            sentence=row.sentence,
            reason=str(reasons.get(row.details.get("reason", ""), "")),
        )
        for row in rows.order_by("-at", "-pk")[:most]
    ]


def idle_people(*, actor: Actor, now: datetime) -> list[int]:
    """List the ids of people nobody has heard of for as long as ``people.idle`` says."""
    require(actor, "people.purge")
    since = now - kept_for("people.idle")
    candidates = list(
        Person.objects.filter(erased_at__isnull=True, is_administrator=False)
        .annotate(seen_at=Coalesce(F("last_login"), F("created_at")))
        .filter(Q(seen_at__lt=since) & Q(created_at__lt=since))
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    heard_of = {pk for trace in _TRACES for pk in trace(candidates, since)}
    return [pk for pk in candidates if pk not in heard_of]


def spoken_by(person: Person) -> list[SpokenLanguage]:
    """List the languages ``person`` speaks, in the order they were added."""
    return list(person.spoken_languages.order_by("pk"))


def devices(*, actor: Person, current: str) -> list[Device]:
    """List where ``actor`` is signed in, this device first, then the most recently used."""
    rows = UserSession.objects.filter(user_id=actor.pk).order_by("-last_seen_at", "-pk")
    found = [
        Device(
            pk=row.pk,
            agent=row.user_agent,
            signed_in_at=row.created_at,
            seen_at=row.last_seen_at,
            is_current=row.session_key == current,
        )
        for row in rows
    ]
    return sorted(found, key=lambda device: not device.is_current)


def passkeys(*, actor: Person) -> list[Passkey]:
    """List the passkeys of ``actor``, the oldest first."""
    rows = Authenticator.objects.filter(user_id=actor.pk, type=Authenticator.Type.WEBAUTHN)
    return [
        Passkey(pk=row.pk, name=row.data["name"], added_at=row.created_at, used_at=row.last_used_at)
        for row in rows.order_by("pk")
    ]


def personal_data(person: Person) -> dict[str, Any]:
    """Tell everything this app knows of ``person``, ready for JSON."""
    return {
        **{name: getattr(person, name) for name in _PLAIN},
        "municipality": person.municipality.name if person.municipality else None,
        "spoken_languages": [
            {"language": row.language, "level": row.level} for row in spoken_by(person)
        ],
        "passkeys": [
            {"name": row.name, "added_at": row.added_at, "used_at": row.used_at}
            for row in passkeys(actor=person)
        ],
        "devices": list(
            UserSession.objects.filter(user_id=person.pk)
            .order_by("pk")
            .values("ip", "user_agent", "created_at", "last_seen_at")
        ),
    }


def export_of(*, actor: Actor, person: Person) -> str:
    """Return everything all apps know of ``person`` as JSON text."""
    require(actor, "people.export", person)
    return json.dumps(exported(person), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
