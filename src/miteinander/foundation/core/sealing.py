"""Seals a few words so that a copy of the database alone does not tell them.

Fernet (AES-128-CBC with HMAC-SHA256) under keys derived by HKDF (RFC 5869) from the secret key
of the instance, one for each purpose. Old secret keys in ``SECRET_KEY_FALLBACKS`` still open.
Whoever holds both the database and the secret key can read everything: this protects backups
and stolen tables, not a running server.
"""

import base64
import json
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class CannotOpenError(Exception):
    """What was sealed is damaged, or was sealed with a secret key that is not known any more."""


def seal(purpose: str, content: dict[str, Any]) -> str:
    """Return ``content`` as text that only :func:`unseal` with the same ``purpose`` opens."""
    return _fernet(purpose, _secrets()).encrypt(json.dumps(content).encode()).decode()


def unseal(purpose: str, sealed: str) -> dict[str, Any]:
    """Return what was sealed; raises :class:`CannotOpenError` when that is not possible."""
    try:
        content = _fernet(purpose, _secrets()).decrypt(sealed.encode())
    except InvalidToken as fault:
        raise CannotOpenError(purpose) from fault
    opened: dict[str, Any] = json.loads(content)
    return opened


def _secrets() -> tuple[str, ...]:
    return (settings.SECRET_KEY, *map(str, settings.SECRET_KEY_FALLBACKS))


@lru_cache(maxsize=32)
def _fernet(purpose: str, secrets: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(_key(purpose, secret)) for secret in secrets])


def _key(purpose: str, secret: str) -> bytes:
    derive = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=purpose.encode())
    return base64.urlsafe_b64encode(derive.derive(secret.encode()))
