"""Calls to addresses that somebody outside gave us: the public internet only, and bounded.

Whoever may name an address could otherwise let our server knock at doors only it can reach. So
the name is resolved once, every answer must be a public address, and that very address is called:
https on port 443, no redirects, a few seconds in all, and only the head of the answer counts.
"""

import http.client
import socket
import ssl
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from threading import Event, Timer
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

SECONDS = 5
PORT = 443
LONGEST_ADDRESS = 1000
LONGEST_WAIT = 24 * 3600
_PUBLIC_V6 = IPv6Network(
    "2000::/3"
)  # nothing else is given out: no mapped, no 64:ff9b::, no fec0::
_REFUSED: tuple[IPv4Network | IPv6Network, ...] = tuple(
    ip_network(block)
    for block in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16",
        "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24",
        "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15",
        "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        "2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20",
    )
)  # fmt: skip


class NotAllowed(Exception):
    """An address we do not call: not https, another port, or not the public internet."""


@dataclass(frozen=True)
class Answer:
    """What came back: the status, and how many seconds we are asked to wait (0: not said)."""

    status: int
    retry_after: int


def is_public(address: str) -> bool:
    """Whether an IP address is somewhere on the public internet and nowhere else."""
    try:
        found = ip_address(address)
    except ValueError:
        return False  # also an address with a zone: link-local
    if found.version == 6 and found not in _PUBLIC_V6:  # noqa: PLR2004 (the version)
        return False
    return found.is_global and not any(
        found in block for block in _REFUSED if block.version == found.version
    )


def checked(address: str) -> SplitResult:
    """Return the parts of an address we may call, without looking up its name.

    Raises:
        NotAllowed: its form alone says that we may not.
    """
    try:
        parts = urlsplit(address)
        port, host = parts.port, parts.hostname
    except ValueError as error:
        raise NotAllowed("form") from error
    is_plain = address.isascii() and address.isprintable() and " " not in address
    if not is_plain or len(address) > LONGEST_ADDRESS or not host:
        raise NotAllowed("form")
    if settings.OUTSIDE_LOCAL and f"{parts.scheme}://{parts.netloc}" == settings.OUTSIDE_LOCAL:
        return parts
    if parts.scheme != "https" or port not in {None, PORT} or "@" in parts.netloc:
        raise NotAllowed("scheme, port or user")
    if "." not in host.strip(".") or _is_literal(host):
        raise NotAllowed("name")
    return parts


def _is_literal(host: str) -> bool:
    """Whether a host is an address itself, in any of the ways systems read one."""
    last = host.rstrip(".").rpartition(".")[2]
    return ":" in host or last.isdecimal() or last.lower().startswith("0x")


def resolved(host: str) -> str:
    """Look up a name and return one address, if all it leads to are public.

    Raises:
        NotAllowed: one of them is not.
        OSError: nobody knows the name.
    """
    found = {str(row[4][0]) for row in socket.getaddrinfo(host, PORT, type=socket.SOCK_STREAM)}
    if not found or not all(is_public(one) for one in found):
        raise NotAllowed("address")
    return min(found, key=lambda one: (":" in one, one))


class _Pinned(http.client.HTTPSConnection):
    """A connection to one address, with the certificate of the name it was found under."""

    def __init__(self, host: str, address: str) -> None:
        self.tls = ssl.create_default_context()
        super().__init__(host, PORT, timeout=SECONDS, context=self.tls)
        self.address = address

    def connect(self) -> None:
        """Knock at the very address that was checked."""
        self.sock = socket.create_connection((self.address, PORT), timeout=SECONDS)
        self.sock = self.tls.wrap_socket(self.sock, server_hostname=self.host)


def _connection(parts: SplitResult) -> http.client.HTTPConnection:
    host = str(parts.hostname)
    if parts.scheme == "http":  # only what ``checked`` let through for the test run
        return http.client.HTTPConnection(host, parts.port, timeout=SECONDS)
    return _Pinned(host, resolved(host))


def post(address: str, body: bytes, headers: Mapping[str, str]) -> Answer:
    """Send ``body`` to an address somebody gave; a redirect is an answer, not followed.

    Raises:
        NotAllowed: it is none we call.
        OSError: nobody answered within ``SECONDS``, or not in HTTP.
    """
    parts = checked(address)
    connection = _connection(parts)
    target = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
    late = Event()
    timer = Timer(SECONDS, _hang_up, (connection, late))
    try:
        timer.start()
        connection.request("POST", target, body, dict(headers))
        answer = connection.getresponse()  # its body is nobody's concern
        if late.is_set():
            raise TimeoutError
        return Answer(answer.status, _seconds(answer.headers.get("Retry-After", "")))
    except (http.client.HTTPException, ValueError) as error:
        raise ConnectionError(type(error).__name__) from error
    finally:
        timer.cancel()
        connection.close()


def _hang_up(connection: http.client.HTTPConnection, late: Event) -> None:
    """End a call that drips: the time limit of a socket counts anew with every byte."""
    late.set()
    if connection.sock is not None:
        with suppress(OSError):
            socket.socket.shutdown(connection.sock, socket.SHUT_RDWR)


def _seconds(value: str) -> int:
    return min(int(value), LONGEST_WAIT) if value.isascii() and value.isdecimal() else 0
