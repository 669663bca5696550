"""Who we are to a push service: one key of our own, and a signed word with each call (RFC 8292).

Without ``VAPID_PRIVATE_KEY`` the key follows from ``SECRET_KEY``, so there is nothing to store
and a restored backup keeps working; with another key every device must be switched on anew.
"""

import base64
import binascii
import json
from datetime import datetime, timedelta
from email.utils import parseaddr
from functools import lru_cache
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

CURVE = ec.SECP256R1()
ORDER = CURVE.group_order
SIZE = 32
VALID_FOR = timedelta(hours=12)


def encoded(content: bytes) -> str:
    """Write bytes as push services want them: base64 for addresses, without padding."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    """Read what :func:`encoded` writes.

    Raises:
        ValueError: it is nothing of the kind.
    """
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise ValueError("not base64") from error


def point_of(key: ec.EllipticCurvePublicKey) -> bytes:
    """Return a public key as the 65 bytes of its point."""
    return key.public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )


def new_private_key() -> str:
    """Make a value for ``VAPID_PRIVATE_KEY``."""
    return encoded(ec.generate_private_key(CURVE).private_numbers().private_value.to_bytes(SIZE))


def private_key() -> ec.EllipticCurvePrivateKey:
    """Return the key of this instance."""
    return _private_key(settings.VAPID_PRIVATE_KEY, settings.SECRET_KEY)


@lru_cache(maxsize=4)
def _private_key(given: str, secret: str) -> ec.EllipticCurvePrivateKey:
    if not given:
        # Half as long again as the order, so that no key is likelier than another.
        derive = HKDF(hashes.SHA256(), SIZE * 3 // 2, None, b"miteinander: push services")
        value = int.from_bytes(derive.derive(secret.encode())) % (ORDER - 1) + 1
        return ec.derive_private_key(value, CURVE)
    try:
        return ec.derive_private_key(int.from_bytes(decoded(given)), CURVE)
    except ValueError as error:
        raise ImproperlyConfigured(
            "VAPID_PRIVATE_KEY is not a key. Make one with: miteinander push_key"
        ) from error


def public_key() -> str:
    """Return the key that browsers tie a subscription to."""
    return encoded(point_of(private_key().public_key()))


def authorization(address: str, now: datetime) -> str:
    """Return the header that proves to the push service of ``address`` who calls."""
    parts = urlsplit(address)
    contact = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    head = {"typ": "JWT", "alg": "ES256"}
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int((now + VALID_FOR).timestamp()),
        "sub": f"mailto:{contact}",
    }
    signed = ".".join(encoded(json.dumps(part).encode()) for part in (head, claims))
    signature = private_key().sign(signed.encode(), ec.ECDSA(hashes.SHA256()))
    numbers = decode_dss_signature(signature)
    raw = b"".join(number.to_bytes(SIZE) for number in numbers)
    return f"vapid t={signed}.{encoded(raw)}, k={public_key()}"
