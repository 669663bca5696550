"""Issuing a certificate, revoking it, and the holder's word about the name."""

import secrets
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from miteinander.cooperation.guides.enums import FigureKey, RevokeReason
from miteinander.cooperation.guides.messages import CertificateIssued, CertificateRevoked
from miteinander.cooperation.guides.models import Certificate, Trainee
from miteinander.cooperation.guides.permissions import can_see_certificate, can_see_course
from miteinander.cooperation.guides.queries.certificates import ALPHABET, LENGTH
from miteinander.cooperation.guides.queries.figures import figure_on
from miteinander.cooperation.guides.queries.standing import ModuleState, standing_of
from miteinander.foundation.audit import services as audit
from miteinander.foundation.core import bus, clock
from miteinander.foundation.core.languages import INTERFACE
from miteinander.foundation.core.permissions import Actor, require

YEAR = timedelta(days=365)


class NotEnoughPresence(ValidationError):
    """The recorded presence is not enough for a certificate."""


def _number() -> str:
    """Draw a number of 58 random bits: nobody finds one by trying."""
    return "".join(secrets.choice(ALPHABET) for _place in range(LENGTH))


@transaction.atomic
def issue_certificate(*, actor: Actor, trainee_id: int, language: str) -> Certificate:
    """Issue the certificate of a course, in German and ``language``; a second time it is the same.

    Publishes ``CertificateIssued``.

    Raises:
        NotEnoughPresence: units or a mandatory module are missing.
        ValidationError: no such language.
    """
    trainee = (
        Trainee.objects.select_for_update(of=("self",))
        .select_related("course__curriculum__organisation", "person")
        .get(pk=trainee_id)
    )
    if not can_see_course(actor, trainee.course):
        raise Trainee.DoesNotExist
    require(actor, "guides.teach", trainee.course.curriculum.organisation)
    known = Certificate.objects.filter(trainee=trainee, revoked_at=None).first()
    if known is not None:
        return known
    if language not in INTERFACE:
        raise ValidationError(_("Choose one of the languages."), code="unknown_language")
    standing = standing_of(trainee=trainee, now=clock.now())
    if not standing.is_enough:
        raise NotEnoughPresence(
            _("The recorded presence is not enough for a certificate yet."), code="presence"
        )
    done = [row.module.pk for row in standing.modules if row.state == ModuleState.DONE]
    certificate = Certificate.objects.create(
        trainee=trainee, issued_by_id=actor.pk, number=_number(), language=language,
        units=standing.units, units_total=standing.total, modules=done, issued_at=clock.now(),
        valid_until=_valid_until(clock.today()),
    )  # fmt: skip
    audit.record(actor=actor, verb="guides.issue_certificate", obj=certificate)
    bus.publish(CertificateIssued(certificate_id=certificate.pk))
    return certificate


def _valid_until(today: date) -> date | None:
    """Return the last day of a certificate issued today; None where none was decided."""
    years = figure_on(FigureKey.CERTIFICATE_YEARS, today)
    return today + int(years) * YEAR if years else None


def _revoke(actor: Actor, certificate: Certificate, reason: RevokeReason) -> None:
    certificate.revoked_at, certificate.revoke_reason = clock.now(), reason
    certificate.save(update_fields=["revoked_at", "revoke_reason"])
    audit.record(
        actor=actor, verb="guides.revoke_certificate", obj=certificate, details={"reason": reason}
    )
    bus.publish(CertificateRevoked(certificate_id=certificate.pk))


@transaction.atomic
def revoke_certificate(*, actor: Actor, certificate_id: int) -> Certificate:
    """Revoke a certificate that was issued by mistake; a second time nothing happens."""
    certificate = _held(actor, certificate_id)
    require(actor, "guides.teach", certificate.trainee.course.curriculum.organisation)
    if certificate.is_valid:
        _revoke(actor, certificate, RevokeReason.MISTAKE)
    return certificate


def _held(actor: Actor, certificate_id: int) -> Certificate:
    certificate = (
        Certificate.objects.select_for_update(of=("self",))
        .select_related("trainee__course__curriculum__organisation")
        .get(pk=certificate_id)
    )
    if not can_see_certificate(actor, certificate):
        raise Certificate.DoesNotExist
    return certificate


@transaction.atomic
def show_name(*, actor: Actor, certificate_id: int, shows: bool) -> Certificate:
    """Let the public check tell the holder's name, or no longer; only the holder decides."""
    certificate = _held(actor, certificate_id)
    require(actor, "guides.show_name", certificate)
    if certificate.shows_name != shows:
        certificate.shows_name = shows
        certificate.save(update_fields=["shows_name"])
        audit.record(
            actor=actor, verb="guides.show_name", obj=certificate, details={"shows": shows}
        )
    return certificate


@transaction.atomic
def revoke_without_presence(*, actor: Actor, person_id: int, curriculum_id: int) -> int:
    """Revoke what a person holds and has not been present for any more; return how many."""
    require(actor, "guides.note_attendance")
    held = (
        Certificate.objects.select_for_update(of=("self",))
        .filter(
            trainee__person_id=person_id, trainee__course__curriculum_id=curriculum_id,
            revoked_at=None,
        )
        .select_related("trainee__course__curriculum", "trainee__person")
        .order_by("pk")
    )  # fmt: skip
    revoked = 0
    for certificate in held:
        if not standing_of(trainee=certificate.trainee, now=clock.now()).is_enough:
            _revoke(actor, certificate, RevokeReason.PRESENCE)
            revoked += 1
    return revoked
