"""Encrypts a note so that only the browser it is for can read it (RFC 8291 and 8188).

Every note fills whole steps of the same size, so its length tells nothing of its words.
"""

import os

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from miteinander.outward.notifications.push.keys import CURVE, decoded, point_of

POINT, SECRET, SALT, TAG = 65, 16, 16, 16
RECORD = 4096  # all push services take as much
LARGEST = 3072
STEP = 512
_LAST = b"\x02"


def checked_keys(p256dh: str, auth: str) -> tuple[ec.EllipticCurvePublicKey, bytes]:
    """Return the public key and the secret of a browser.

    Raises:
        ValueError: they are none.
    """
    point, secret = decoded(p256dh), decoded(auth)
    if len(point) != POINT or len(secret) != SECRET:
        raise ValueError("wrong length")
    return ec.EllipticCurvePublicKey.from_encoded_point(CURVE, point), secret


def padded(text: bytes) -> bytes:
    """Mark the end of the words and fill up to a whole step."""
    marked = text + _LAST
    return marked + b"\0" * (-len(marked) % STEP)


def encrypt(
    content: bytes,
    *,
    p256dh: str,
    auth: str,
    salt: bytes | None = None,
    own: ec.EllipticCurvePrivateKey | None = None,
) -> bytes:
    """Return the body for a push service; ``content`` is padded already.

    ``salt`` and ``own`` are made anew for each note and given only to compare with the standard.

    Raises:
        ValueError: the keys of the browser are none, or the content is too large.
    """
    if len(content) > LARGEST + STEP:
        raise ValueError("too large")
    browser, secret = checked_keys(p256dh, auth)
    salt, own = salt or os.urandom(SALT), own or ec.generate_private_key(CURVE)
    ours = point_of(own.public_key())
    label = b"WebPush: info\0" + point_of(browser) + ours
    shared = _derived(own.exchange(ec.ECDH(), browser), secret, label, 32)
    key = _derived(shared, salt, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _derived(shared, salt, b"Content-Encoding: nonce\0", 12)
    head = salt + RECORD.to_bytes(4) + len(ours).to_bytes(1) + ours
    return head + AESGCM(key).encrypt(nonce, content, None)


def _derived(material: bytes, salt: bytes, label: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, label).derive(material)
