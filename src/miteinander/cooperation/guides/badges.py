"""The certificate as Open Badges 3.0: a signed credential the holder takes along.

Whether it still holds is told by a signed list with one bit for each certificate (Bitstring
Status List 1.0). A bit is clear only while its certificate is valid, so a deleted one counts as
revoked.
"""

import gzip
from collections.abc import Collection
from datetime import datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import make_aware
from django.utils.translation import gettext as _

from miteinander.cooperation.guides.badge_keys import Document, encoded, issuer_id, signed
from miteinander.cooperation.guides.models import Certificate
from miteinander.cooperation.guides.papers import GERMAN, certificate_text, check_address
from miteinander.foundation.ui.context import read_instance

CREDENTIALS = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
SCHEMA = (
    "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"
)
LEAST_BITS = 131_072
BYTE = 8
LIST_HOLDS = timedelta(days=1)


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="seconds")


def issuer_profile() -> Document:
    """Say who issues badges: whoever runs the platform."""
    instance = read_instance()
    profile: Document = {
        "id": issuer_id(),
        "type": ["Profile"],
        "name": instance.name,
        "url": settings.SITE_URL,
    }
    return profile | ({"email": instance.contact_email} if instance.contact_email else {})


def list_address() -> str:
    """Return where the list stands that tells what is revoked."""
    return settings.SITE_URL + reverse("badges:status")


def _achievement(certificate: Certificate) -> Document:
    organisation = certificate.trainee.course.curriculum.organisation
    with translation.override(GERMAN):
        page = settings.SITE_URL + reverse("guides:become")
        home = settings.SITE_URL + reverse("organisations:detail", args=[organisation.slug])
        name = _("Basic training for integration guides")
    told = certificate_text(certificate, GERMAN)
    return {
        "id": f"{page}#{organisation.slug}",
        "type": ["Achievement"],
        "achievementType": "CertificateOfCompletion",
        "inLanguage": GERMAN,
        "name": name,
        "description": told.sentence,
        "criteria": {"narrative": "\n".join([told.units, *(f"* {one}" for one in told.modules)])},
        "creator": {"id": home, "type": ["Profile"], "name": organisation.name},
    }


def _status(certificate: Certificate) -> Document:
    address = list_address()
    return {
        "id": f"{address}#{certificate.pk}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": str(certificate.pk),
        "statusListCredential": address,
    }


def _end(certificate: Certificate) -> datetime | None:
    """Return the end of the last day a certificate is valid, where it has one."""
    if certificate.valid_until is None:
        return None
    return make_aware(datetime.combine(certificate.valid_until + timedelta(days=1), time()))


def credential_of(certificate: Certificate) -> Document:
    """Write the credential; it holds the name, because the holder hands it out."""
    identity = {
        "type": "IdentityObject", "hashed": False, "identityType": "name",
        "identityHash": certificate.trainee.person.name,
    }  # fmt: skip
    credential: Document = {
        "@context": [CREDENTIALS, OPEN_BADGES],
        "id": check_address(certificate),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": certificate_text(certificate, GERMAN).heading,
        "issuer": issuer_profile(),
        "validFrom": _moment(certificate.issued_at),
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": [identity],
            "achievement": _achievement(certificate),
        },
        "credentialStatus": _status(certificate),
        "credentialSchema": [{"id": SCHEMA, "type": "1EdTechJsonSchemaValidator2019"}],
    }
    end = _end(certificate)
    return credential | ({"validUntil": _moment(end)} if end else {})


def badge_of(certificate: Certificate) -> str:
    """Return the signed badge of a certificate."""
    end = _end(certificate)
    return signed(
        credential_of(certificate),
        not_before=int(certificate.issued_at.timestamp()),
        until=int(end.timestamp()) if end else None,
    )


def bits_of(valid: Collection[int]) -> str:
    """Write the list: gzip and base64 with the mark of its alphabet, the first bit leftmost."""
    size = LEAST_BITS
    while size <= max(valid, default=0):
        size *= 2
    bits = bytearray(b"\xff" * (size // BYTE))
    for index in valid:
        bits[index // BYTE] &= ~(1 << (BYTE - 1 - index % BYTE)) & 0xFF
    return "u" + encoded(gzip.compress(bytes(bits), mtime=0))


def status_list(valid: Collection[int], now: datetime) -> str:
    """Return the signed list of what is revoked; it holds for a day, so no old copy does."""
    address = list_address()
    subject: dict[str, Any] = {
        "id": f"{address}#list",
        "type": "BitstringStatusList",
        "statusPurpose": "revocation",
        "encodedList": bits_of(valid),
    }
    credential = {
        "@context": [CREDENTIALS],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer_id(),
        "validFrom": _moment(now),
        "validUntil": _moment(now + LIST_HOLDS),
        "credentialSubject": subject,
    }
    return signed(credential, not_before=int(now.timestamp()))
