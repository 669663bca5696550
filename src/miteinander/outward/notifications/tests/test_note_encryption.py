"""Notes are encrypted as the standards say, and each call proves who we are."""

import base64
import json

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from pytest_django.fixtures import Settings

from miteinander.foundation.core import clock
from miteinander.outward.notifications.push.encryption import encrypt, padded
from miteinander.outward.notifications.push.keys import (
    CURVE,
    authorization,
    decoded,
    encoded,
    point_of,
    public_key,
)
from miteinander.outward.notifications.tests.browser_side import opened

# RFC 8291, section 5 and appendix A.
P256DH = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
AUTH = "BTBZMqHH6r4Tts7J_aSIgg"
BROWSER_PRIVATE = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"
OWN_PRIVATE = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
SALT = "DGv6ra1nlYgDCS1FRnbzlw"
BODY = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWA"
    "mS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxs"
    "j_Qulcy4a-fN"
)


def private(text: str) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(decoded(text)), CURVE)


def test_the_example_of_the_standard_comes_out_byte_by_byte() -> None:
    body = encrypt(
        b"When I grow up, I want to be a watermelon\x02",
        p256dh=P256DH, auth=AUTH, salt=decoded(SALT), own=private(OWN_PRIVATE),
    )  # fmt: skip
    assert encoded(body) == BODY


def test_a_browser_reads_what_was_encrypted_for_it_and_nobody_else() -> None:
    browser, auth = ec.generate_private_key(CURVE), b"0123456789abcdef"
    point = encoded(point_of(browser.public_key()))
    text = "نص قصير".encode()
    bodies = [encrypt(padded(text), p256dh=point, auth=encoded(auth)) for _number in range(2)]
    assert [opened(body, browser, auth) for body in bodies] == [text, text]
    assert bodies[0][:86] != bodies[1][:86]
    with pytest.raises(InvalidTag):
        opened(bodies[0], ec.generate_private_key(CURVE), auth)


def test_the_length_tells_nothing_of_the_words() -> None:
    sizes = {len(encrypt(padded(b"x" * count), p256dh=P256DH, auth=AUTH)) for count in (1, 60, 511)}
    assert len(sizes) == 1


@pytest.mark.parametrize(
    ("p256dh", "auth"),
    [
        ("", AUTH), (P256DH, ""), (P256DH[:-4], AUTH), (P256DH, AUTH[:-2]), ("?" * 87, AUTH),
        (encoded(b"\x04" + b"\x01" * 64), AUTH), (encoded(b"\x02" + b"\x01" * 64), AUTH),
    ],
)  # fmt: skip
def test_keys_that_are_none_are_refused(p256dh: str, auth: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        encrypt(b"x\x02", p256dh=p256dh, auth=auth)


def test_what_is_too_large_is_refused() -> None:
    with pytest.raises(ValueError, match="large"):
        encrypt(b"x" * 4096, p256dh=P256DH, auth=AUTH)


def test_the_word_for_a_push_service_is_signed_by_the_key_browsers_know() -> None:
    now = clock.now()
    header = authorization("https://push.example.org/a/b?c=d", now)
    scheme, _space, rest = header.partition(" ")
    told = dict(part.strip().split("=", 1) for part in rest.split(","))
    head, claims, signature = told["t"].split(".")
    raw = decoded(signature)
    assert scheme == "vapid"
    assert told["k"] == public_key()
    assert len(raw) == 64
    key = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, decoded(told["k"]))
    numbers = encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
    key.verify(numbers, f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256()))
    assert json.loads(decoded(head)) == {"typ": "JWT", "alg": "ES256"}
    read = json.loads(decoded(claims))
    assert read["aud"] == "https://push.example.org"
    assert read["sub"].startswith("mailto:")
    assert 0 < read["exp"] - now.timestamp() <= 24 * 3600


def test_the_key_follows_from_the_secret_or_is_given(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    derived = public_key()
    assert derived == public_key()
    settings.SECRET_KEY = "another" * 10
    assert public_key() != derived
    call_command("push_key")
    settings.VAPID_PRIVATE_KEY = capsys.readouterr().out.strip()
    given = public_key()
    settings.SECRET_KEY = "a third" * 10
    assert public_key() == given
    assert len(base64.urlsafe_b64decode(given + "=")) == 65


@pytest.mark.parametrize("wrong", ["AA", "not a key", "A" * 43, "_" * 60])
def test_a_wrong_key_is_said_plainly(settings: Settings, wrong: str) -> None:
    settings.VAPID_PRIVATE_KEY = wrong
    with pytest.raises(ImproperlyConfigured, match="push_key"):
        public_key()
