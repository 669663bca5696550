"""What a browser and its push service do with a note, written from the text of the standards."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from miteinander.outward.notifications.push.keys import CURVE, point_of


def mac(key: bytes, *parts: bytes) -> bytes:
    made = hmac.HMAC(key, hashes.SHA256())
    for part in parts:
        made.update(part)
    return made.finalize()


def opened(body: bytes, browser: ec.EllipticCurvePrivateKey, auth: bytes) -> bytes:
    """Decrypt a note (RFC 8291, 3.4) with plain HMACs."""
    salt, length = body[:16], body[20]
    theirs, sealed = body[21 : 21 + length], body[21 + length :]
    point = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, theirs)
    info = b"WebPush: info\0" + point_of(browser.public_key()) + theirs
    secret = mac(mac(auth, browser.exchange(ec.ECDH(), point)), info, b"\x01")
    root = mac(salt, secret)
    key = mac(root, b"Content-Encoding: aes128gcm\0\x01")[:16]
    nonce = mac(root, b"Content-Encoding: nonce\0\x01")[:12]
    return AESGCM(key).decrypt(nonce, sealed, None).rstrip(b"\0").removesuffix(b"\x02")


@dataclass
class Service:
    """A push service on this machine: what it says next, and what it took."""

    origin: str
    says: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    took: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)

    def notes(self, browser: ec.EllipticCurvePrivateKey, auth: bytes) -> list[dict[str, Any]]:
        """Read what came, as the browser does."""
        return [json.loads(opened(body, browser, auth)) for _path, _head, body in self.took]


def _handler(service: Service) -> Callable[..., BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            service.took.append((self.path, dict(self.headers), body))
            status, headers = service.says.pop(0) if service.says else (201, {})
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *_args: object) -> None:
            return

    return Handler


@contextmanager
def push_service() -> Iterator[Service]:
    """Run a push service on 127.0.0.1 for one test."""
    service = Service("")
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(service))
    service.origin = f"http://127.0.0.1:{server.server_address[1]}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
