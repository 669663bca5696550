"""A passkey device in software: answers the ceremonies as a browser would."""

import hashlib
import secrets
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

ORIGIN = "http://testserver"
Flag = AuthenticatorData.FLAG
PRESENT_AND_VERIFIED = Flag.UP | Flag.UV


class Authenticator:
    """One device with one key."""

    def __init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.credential_id = secrets.token_bytes(32)
        self.user_handle = ""

    def register(self, options: dict[str, Any], flags: Flag = PRESENT_AND_VERIFIED) -> Any:
        """Answer the options for a new passkey."""
        public = options["publicKey"]
        self.user_handle = public["user"]["id"]
        public_key = ES256.from_cryptography_key(  # type: ignore[no-untyped-call]
            self.key.public_key()
        )
        data = AuthenticatorData.create(
            hashlib.sha256(public["rp"]["id"].encode()).digest(),
            flags | Flag.AT,
            0,
            AttestedCredentialData.create(b"\0" * 16, self.credential_id, public_key),
        )
        attestation = AttestationObject.create("none", data, {})
        return self._answer(
            clientDataJSON=self._client_data("webauthn.create", public["challenge"]),
            attestationObject=bytes(attestation),
        )

    def sign_in(self, options: dict[str, Any], flags: Flag = PRESENT_AND_VERIFIED) -> Any:
        """Answer the options for signing in."""
        public = options["publicKey"]
        client_data = self._client_data("webauthn.get", public["challenge"])
        data = AuthenticatorData.create(hashlib.sha256(public["rpId"].encode()).digest(), flags, 1)
        signed = bytes(data) + hashlib.sha256(client_data).digest()
        answer = self._answer(
            clientDataJSON=client_data,
            authenticatorData=bytes(data),
            signature=self.key.sign(signed, ec.ECDSA(hashes.SHA256())),
        )
        answer["response"]["userHandle"] = self.user_handle
        return answer

    def _client_data(self, kind: str, challenge: str) -> bytes:
        return bytes(CollectedClientData.create(kind, challenge, ORIGIN))

    def _answer(self, **response: bytes) -> dict[str, Any]:
        identity = websafe_encode(self.credential_id)
        return {
            "id": identity,
            "rawId": identity,
            "type": "public-key",
            "response": {key: websafe_encode(value) for key, value in response.items()},
            "clientExtensionResults": {},
        }
