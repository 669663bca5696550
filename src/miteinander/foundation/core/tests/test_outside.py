"""Addresses somebody gave are called on the public internet only, and not for long."""

import socket
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from threading import Thread

import pytest
from pytest_django.fixtures import Settings

from miteinander.foundation.core import outside
from miteinander.foundation.core.outside import NotAllowed, checked, is_public, post, resolved

PRIVATE = {
    "this network": "0.0.0.0",  # noqa: S104 (nothing listens)
    "private a": "10.1.2.3",
    "private b": "172.16.0.1",
    "private b, end": "172.31.255.255",
    "private c": "192.168.178.1",
    "carrier": "100.64.0.1",
    "carrier, end": "100.127.255.255",
    "loopback": "127.0.0.1",
    "loopback, other": "127.8.8.8",
    "link-local": "169.254.169.254",
    "protocols": "192.0.0.8",
    "documentation 1": "192.0.2.1",
    "documentation 2": "198.51.100.7",
    "documentation 3": "203.0.113.9",
    "6to4 relay": "192.88.99.1",
    "benchmark": "198.19.0.1",
    "multicast": "224.0.0.1",
    "multicast, other": "239.255.255.250",
    "reserved": "240.0.0.1",
    "broadcast": "255.255.255.255",
    "unspecified 6": "::",
    "loopback 6": "::1",
    "mapped": "::ffff:127.0.0.1",
    "mapped, public": "::ffff:8.8.8.8",
    "compatible": "::127.0.0.1",
    "compatible, public": "::8.8.8.8",
    "nat64": "64:ff9b::7f00:1",
    "nat64, own": "64:ff9b:1::a00:1",
    "6to4": "2002:7f00:1::",
    "teredo": "2001:0:7f00:1::",
    "site-local": "fec0::1",
    "unique local": "fd00::1",
    "link-local 6": "fe80::1",
    "link-local with zone": "fe80::1%eth0",
    "multicast 6": "ff02::1",
    "documentation 6": "2001:db8::1",
    "documentation 6, new": "3fff::1",
    "discard": "100::1",
    "segments": "5f00::1",
    "no address": "localhost",
    "decimal": "2130706433",
}
PUBLIC = (
    "8.8.8.8",
    "93.184.216.34",
    "100.128.0.1",
    "172.32.0.1",
    "2606:4700::1111",
    "2a00:1450::1",
)


@pytest.mark.parametrize("kind", PRIVATE)
def test_an_address_that_is_not_public_is_refused(kind: str) -> None:
    assert not is_public(PRIVATE[kind])


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_allowed(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "", "push", "ftp://push.example.org/", "http://push.example.org/",
        "https://push.example.org:8443/", "https://push.example.org:0/",
        "https://push.example.org:99999/", "https://you:me@push.example.org/",
        "https://@push.example.org/", "https:///x", "https://localhost/x", "https://intern/x",
        "https://127.0.0.1/x", "https://[::1]/x", "https://2130706433/x", "https://0x7f000001/x",
        "https://127.1/x", "https://0x7f.0x0.0x0.0x1/x", "https://8.8.8.8/x",
        "https://push.example.org/a b", "https://push.example.org/\r\nX: y",
        "https://push.example.org/\u2028", "https://[::1/x", "//push.example.org/x",
        "https://push.example.org/" + "x" * 1000, "http://127.0.0.1:1234/x",
    ],
)  # fmt: skip
def test_an_address_of_the_wrong_form_is_refused(address: str) -> None:
    with pytest.raises(NotAllowed):
        checked(address)


def test_a_plain_address_is_allowed() -> None:
    for address in ("https://push.example.org/x", "https://push.example.org:443/x?y=z"):
        assert checked(address).hostname == "push.example.org"


def answers(*found: str) -> Callable[..., list[tuple[object, ...]]]:
    return lambda *_args, **_named: [(0, 0, 0, "", (one, 443)) for one in found]


def test_a_name_that_leads_inside_is_refused_also_among_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", answers("8.8.8.8", "10.0.0.1"))
    with pytest.raises(NotAllowed):
        resolved("push.example.org")
    monkeypatch.setattr(socket, "getaddrinfo", answers())
    with pytest.raises(NotAllowed):
        resolved("push.example.org")


def test_the_address_that_was_checked_is_the_one_that_is_called(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked_up, called = [], []
    lookup = answers("2606:4700::1", "8.8.8.8")

    def look_up(host: str, *args: object, **named: object) -> list[tuple[object, ...]]:
        looked_up.append(host)
        return lookup(host, *args, **named)

    def connect(address: tuple[str, int], **_named: object) -> socket.socket:
        called.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(ConnectionRefusedError):
        post("https://push.example.org/x", b"", {})
    assert looked_up == ["push.example.org"]
    assert called == [("8.8.8.8", 443)]


def test_the_certificate_is_checked_against_the_name() -> None:
    pinned = outside._Pinned("push.example.org", "8.8.8.8")  # noqa: SLF001
    assert pinned.tls.verify_mode == ssl.CERT_REQUIRED
    assert pinned.tls.check_hostname


@pytest.fixture
def service(settings: Settings) -> Iterator[Callable[[list[bytes], float], list[bytes]]]:
    """Start a service that says the given bytes one after the other."""
    listener = socket.create_server(("127.0.0.1", 0))
    settings.OUTSIDE_LOCAL = f"http://127.0.0.1:{listener.getsockname()[1]}"
    threads: list[Thread] = []

    def start(said: list[bytes], pause: float = 0) -> list[bytes]:
        heard: list[bytes] = []

        def serve() -> None:
            line, _address = listener.accept()
            with closing(line):
                heard.append(line.recv(65536))
                try:
                    for part in said:
                        line.sendall(part)
                        time.sleep(pause)
                except OSError:
                    return

        threads.append(Thread(target=serve, daemon=True))
        threads[-1].start()
        return heard

    yield start
    listener.close()
    for thread in threads:
        thread.join(2)


Service = Callable[..., list[bytes]]


def test_a_redirect_is_an_answer_and_nothing_else(service: Service, settings: Settings) -> None:
    heard = service([b"HTTP/1.1 302 Found\r\nLocation: http://10.0.0.1/\r\nRetry-After: 7\r\n\r\n"])
    answer = post(f"{settings.OUTSIDE_LOCAL}/a?b=c", b"body", {"TTL": "1"})
    assert (answer.status, answer.retry_after) == (302, 7)
    assert heard[0].startswith(b"POST /a?b=c HTTP/1.1\r\n")
    assert b"TTL: 1\r\n" in heard[0]


@pytest.mark.parametrize(
    "wait", ["", "-1", "soon", "9" * 400, "٣", "Wed, 21 Oct 2099 07:28:00 GMT"]
)
def test_a_strange_wish_to_wait_harms_nobody(
    service: Service, settings: Settings, wait: str
) -> None:
    service([f"HTTP/1.1 429 No\r\nRetry-After: {wait}\r\n\r\n".encode()])
    answer = post(f"{settings.OUTSIDE_LOCAL}/", b"", {})
    assert answer.status == 429
    assert 0 <= answer.retry_after <= 24 * 3600


@pytest.mark.parametrize(
    "said", [b"", b"\0\0\0", b"SSH-2.0-x\r\n", b"HTTP/1.1 999999 x\r\n\r\n", b"x" * 70_000]
)
def test_an_answer_that_is_none_is_an_error_of_the_line(
    service: Service, settings: Settings, said: bytes
) -> None:
    service([said])
    with pytest.raises(ConnectionError):
        post(f"{settings.OUTSIDE_LOCAL}/", b"", {})


def test_a_dripping_answer_ends_in_time(
    service: Service, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outside, "SECONDS", 0.5)
    service([b"HTTP/1.1 200 OK\r\n", *(b"X: y\r\n" for _number in range(80))], 0.2)
    began = time.monotonic()
    with pytest.raises(TimeoutError):
        post(f"{settings.OUTSIDE_LOCAL}/", b"", {})
    assert time.monotonic() - began < 10  # all lines would take 16 seconds
