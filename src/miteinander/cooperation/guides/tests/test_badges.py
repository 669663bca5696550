"""A badge is checked by somebody else's program: signature, issuer, end, and revocation."""

import base64
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse
from openbadgeslib.ob3.credential import OpenBadgeCredential
from openbadgeslib.ob3.status import decode_encoded_list
from openbadgeslib.ob3.verifier import OB3VerificationError, OB3Verifier

from miteinander.community.organisations.tests.factories import CoordinatorRoleFactory
from miteinander.community.people.tests.factories import PersonFactory
from miteinander.cooperation.guides.badge_keys import issuer_id
from miteinander.cooperation.guides.badges import LEAST_BITS, bits_of
from miteinander.cooperation.guides.models import Certificate
from miteinander.cooperation.guides.services import certificates
from miteinander.cooperation.guides.services.attendance import note_mark
from miteinander.cooperation.guides.tests.factories import (
    CertificateFactory,
    TraineeFactory,
    attend,
)
from miteinander.encounters.activities.tests.factories import ParticipationFactory
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import SystemActor

pytestmark = pytest.mark.django_db
SITE = "https://vips.example"
Check = Callable[[str], OpenBadgeCredential]


@pytest.fixture(autouse=True)
def at_home(settings: LazySettings) -> None:
    settings.SITE_URL = SITE


@pytest.fixture
def certificate() -> Certificate:
    found: Certificate = CertificateFactory.create(
        trainee__person=PersonFactory.create(name="Amal Ärger")
    )
    return found


def taken(certificate: Certificate) -> str:
    client = Client()
    client.force_login(certificate.trainee.person)
    answer = client.get(reverse("guides:badge", args=[certificate.pk]))
    assert answer["Content-Type"] == "application/vc+jwt"
    return answer.content.decode()


@pytest.fixture
def check() -> Check:
    """The other program: it knows the badge only, and fetches keys and list from our pages."""

    def fetch(address: str) -> bytes:
        assert address.startswith(f"{SITE}/badges/")
        answer = Client().get(urlsplit(address).path)
        assert answer.status_code == 200
        return answer.content

    def verify(badge: str) -> OpenBadgeCredential:
        verifier = OB3Verifier.for_issuer_did(issuer_id(), download=fetch)
        return verifier.verify(badge, check_status=True, download=fetch)

    return verify


def test_another_program_finds_the_badge_right(certificate: Certificate, check: Check) -> None:
    read = check(taken(certificate))

    assert read.issuer.id == "did:web:vips.example:badges"
    assert read.id == f"{SITE}/c/{certificate.number}/"
    assert "24" in (read.achievement.criteria_narrative or "")
    assert read.credential_status[0]["statusListIndex"] == str(certificate.pk)


def test_a_revoked_badge_is_refused(certificate: Certificate, check: Check) -> None:
    badge = taken(certificate)
    organisation = certificate.trainee.course.curriculum.organisation
    actor = CoordinatorRoleFactory.create(region=organisation.municipality).person
    certificates.revoke_certificate(actor=actor, certificate_id=certificate.pk)

    with pytest.raises(OB3VerificationError, match="revocation"):
        check(badge)


def test_undoing_presence_revokes_the_badge(check: Check) -> None:
    trainee = TraineeFactory.create(person=PersonFactory.create())
    attend(trainee, 1, 2, 3, 4, 5, 6, 8)
    region = trainee.course.curriculum.organisation.municipality
    row = certificates.issue_certificate(
        actor=CoordinatorRoleFactory.create(region=region).person,
        trainee_id=trainee.pk, language="uk",
    )  # fmt: skip
    badge = taken(row)
    check(badge)
    session = trainee.course.sessions.get(module__position=3)
    seat = ParticipationFactory.create(date=session.date, person=trainee.person, presence="absent")
    note_mark(actor=SystemActor("guides"), participation_id=seat.pk)

    with pytest.raises(OB3VerificationError, match="revocation"):
        check(badge)


def test_a_deleted_certificate_does_not_come_back(certificate: Certificate, check: Check) -> None:
    badge = taken(certificate)
    certificate.delete()

    with pytest.raises(OB3VerificationError, match="revocation"):
        check(badge)


def test_a_changed_badge_is_refused(certificate: Certificate, check: Check) -> None:
    head, body, signature = taken(certificate).split(".")
    text = base64.urlsafe_b64decode(body + "==").decode().replace("Amal", "Omar")
    forged = base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")

    with pytest.raises(OB3VerificationError):
        check(f"{head}.{forged}.{signature}")


def test_a_badge_of_another_house_is_refused(
    certificate: Certificate, check: Check, settings: LazySettings
) -> None:
    own = settings.SECRET_KEY
    settings.SECRET_KEY = "another-house-" * 4
    badge = taken(certificate)
    settings.SECRET_KEY = own

    with pytest.raises(OB3VerificationError):
        check(badge)


def test_a_new_secret_keeps_old_badges(
    certificate: Certificate, check: Check, settings: LazySettings
) -> None:
    badge = taken(certificate)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a-new-secret-of-this-house-" * 3

    assert check(badge).id == check(taken(certificate)).id


def test_a_badge_ends_with_its_certificate(certificate: Certificate, check: Check) -> None:
    today = clock.today()
    for days, is_refused in ((0, False), (-2, True)):
        Certificate.objects.update(
            issued_at=clock.now() - timedelta(days=9), valid_until=today + timedelta(days=days)
        )
        badge = taken(certificate)
        if is_refused:
            with pytest.raises(OB3VerificationError, match="expired"):
                check(badge)
        else:
            check(badge)


def test_only_the_holder_takes_it_and_only_while_it_is_valid(
    certificate: Certificate, client: Client
) -> None:
    page = reverse("guides:badge", args=[certificate.pk])
    region = certificate.trainee.course.curriculum.organisation.municipality
    for person in (PersonFactory.create(), CoordinatorRoleFactory.create(region=region).person):
        client.force_login(person)
        assert client.get(page).status_code == 404
    Certificate.objects.update(revoked_at=clock.now(), revoke_reason="mistake")
    client.force_login(certificate.trainee.person)

    assert client.get(page).status_code == 404


@pytest.mark.parametrize("valid", [set(), {1}, {7, 8, 131_071}, {131_072, 300_000}])
def test_a_bit_is_clear_for_what_is_valid_and_for_nothing_else(valid: set[int]) -> None:
    bits = decode_encoded_list(bits_of(valid))

    clear = {
        8 * at + place
        for at, byte in enumerate(bits)
        if byte != 0xFF
        for place in range(8)
        if not byte & (0x80 >> place)
    }
    assert clear == valid
    assert len(bits) * 8 >= LEAST_BITS


def test_the_public_pages_hold_no_private_half_and_no_name(
    certificate: Certificate, client: Client
) -> None:
    pages: dict[str, Any] = {
        name: client.get(reverse(f"badges:{name}")).content.decode()
        for name in ("keys", "issuer", "status")
    }

    (method,) = json.loads(pages["keys"])["verificationMethod"]
    assert set(method["publicKeyJwk"]) == {"kty", "crv", "x"}
    assert json.loads(pages["issuer"])["id"] == issuer_id()
    assert all("Amal" not in page and certificate.number not in page for page in pages.values())
