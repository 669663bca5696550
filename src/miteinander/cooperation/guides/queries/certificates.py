"""Certificates: for those who may see them, and what the public check tells."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from miteinander.cooperation.guides.models import Certificate, Module
from miteinander.cooperation.guides.permissions import seen_certificates
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import Actor

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12


@dataclass(frozen=True)
class Checked:
    """What anybody learns of a certificate: whether it is valid, and the name if that is wanted."""

    is_valid: bool
    issued_at: datetime
    valid_until: date | None
    has_ended: bool
    organisation: str
    name: str = ""


def plain_number(typed: str) -> str:
    """Return a typed number without gaps and in capitals; empty where it cannot be one."""
    number = "".join(char for char in typed.upper() if char not in " -").strip()
    fits = len(number) == LENGTH and all(char in ALPHABET for char in number)
    return number if fits else ""


def checked(typed: str) -> Checked | None:
    """Look a number up for the public; None is the only answer where there is none."""
    rows = Certificate.objects.select_related(
        "trainee__person", "trainee__course__curriculum__organisation"
    )
    found = rows.filter(number=plain_number(typed) or "-").first()
    if found is None:
        return None
    person = found.trainee.person
    has_ended = found.valid_until is not None and found.valid_until < clock.today()
    shows = found.shows_name and found.is_valid and not has_ended
    return Checked(
        is_valid=found.is_valid and not has_ended,
        issued_at=found.issued_at,
        valid_until=found.valid_until,
        has_ended=has_ended,
        organisation=found.trainee.course.curriculum.organisation.name,
        name=person.name if shows else "",
    )


def certificates(*, actor: Actor) -> QuerySet[Certificate]:
    """Certificates ``actor`` may see, with all that the paper shows."""
    return (
        Certificate.objects.filter(seen_certificates(actor))
        .select_related(
            "trainee__person",
            "trainee__course__curriculum__organisation",
            "trainee__course__activity",
        )
        .prefetch_related("trainee__course__activity__versions")
    )


def own_certificates(*, actor: Actor) -> list[Certificate]:
    """Certificates of ``actor``, the newest first; also those that were revoked."""
    if not actor.is_authenticated:
        return []
    rows = Certificate.objects.filter(trainee__person_id=actor.pk).select_related(
        "trainee__course__curriculum__organisation"
    )
    return list(rows.order_by("-issued_at", "-pk"))


def valid_keys() -> set[int]:
    """Keys of all certificates that were not revoked."""
    valid = Certificate.objects.filter(revoked_at=None).order_by()
    return set(valid.values_list("pk", flat=True))


def modules_of(certificate: Certificate) -> list[Module]:
    """List the modules a certificate tells of, in their order."""
    return list(Module.objects.filter(pk__in=certificate.modules).order_by("position", "pk"))
