"""Who signs badges: one key of our own, published as ``did:web``, and the signature (JWS, EdDSA).

The key follows from ``SECRET_KEY``, so there is nothing to store and a restored backup keeps
working. Keys of old secrets in ``SECRET_KEY_FALLBACKS`` stay published: what they signed is
still checked.
"""

import base64
import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import quote, urlsplit

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

PURPOSE = b"miteinander: badges"
SIZE = 32
ID_LENGTH = 16
FOLDER = "badges"
Document = dict[str, Any]


def encoded(content: bytes) -> str:
    """Write bytes as base64 for addresses, without padding."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


@dataclass(frozen=True)
class BadgeKey:
    """A key with its public half as JWK; ``name`` follows from the public half."""

    private: Ed25519PrivateKey

    @property
    def public(self) -> bytes:
        """The public half."""
        return self.private.public_key().public_bytes(
            serialization.Encoding.Raw, serialization.PublicFormat.Raw
        )

    @property
    def name(self) -> str:
        """What tells this key from others of the same issuer."""
        return hashlib.sha256(self.public).hexdigest()[:ID_LENGTH]

    @property
    def jwk(self) -> Document:
        """The public half as a JSON web key (RFC 8037)."""
        return {"kty": "OKP", "crv": "Ed25519", "x": encoded(self.public)}


@lru_cache(maxsize=8)
def _key(secret: str) -> BadgeKey:
    derive = HKDF(algorithm=hashes.SHA256(), length=SIZE, salt=None, info=PURPOSE)
    return BadgeKey(Ed25519PrivateKey.from_private_bytes(derive.derive(secret.encode())))


def keys() -> list[BadgeKey]:
    """Return the key that signs, then those that signed before."""
    return [_key(str(one)) for one in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]


def issuer_id() -> str:
    """Name the issuer: the ``did:web`` whose document lies under ``/badges/``."""
    return f"did:web:{quote(urlsplit(settings.SITE_URL).netloc, safe='')}:{FOLDER}"


def key_document() -> Document:
    """Return the document with the public keys (DID core)."""
    issuer = issuer_id()
    methods = [
        {
            "id": f"{issuer}#{key.name}",
            "type": "JsonWebKey2020",
            "controller": issuer,
            "publicKeyJwk": key.jwk,
        }
        for key in keys()
    ]
    return {
        "@context": [
            "https://www.w3.org/ns/did/v1",
            "https://w3id.org/security/suites/jws-2020/v1",
        ],
        "id": issuer,
        "verificationMethod": methods,
        "assertionMethod": [method["id"] for method in methods],
    }


def signed(credential: Document, *, not_before: int, until: int | None = None) -> str:
    """Sign a credential as a JWT whose claims are the credential itself (VC-JWT).

    ``not_before`` and ``until`` are seconds since 1970.
    """
    key = keys()[0]
    head = {"alg": "EdDSA", "typ": "JWT", "kid": f"{issuer_id()}#{key.name}"}
    claims = {"iss": issuer_id(), "jti": credential["id"], "nbf": not_before}
    claims |= {} if until is None else {"exp": until}
    text = ".".join(
        encoded(json.dumps(part, ensure_ascii=False).encode())
        for part in (head, credential | claims)
    )
    return f"{text}.{encoded(key.private.sign(text.encode()))}"
