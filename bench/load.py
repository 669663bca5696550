"""A small load generator: a few connections that ask for one address again and again.

Runs in a process of its own. It counts bytes instead of parsing each answer, which is exact
because every answer to one address has the same length.
"""

import asyncio
import json
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import cast

import uvloop


def one_answer(port: int, request: bytes) -> bytes:
    """Ask once and return the whole answer, head and body."""
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(request)
        answer = b""
        while b"\r\n\r\n" not in answer:
            answer += connection.recv(65536)
        head, _, body = answer.partition(b"\r\n\r\n")
        lines = head.lower().split(b"\r\n")
        length = int(next(line for line in lines if line.startswith(b"content-length:"))[15:])
        while len(body) < length:
            body += connection.recv(65536)
    return head + b"\r\n\r\n" + body


def request_for(path: str, encoding: str = "br") -> bytes:
    """Write the request a browser would send, as far as it matters."""
    head = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: {encoding}\r\n\r\n"
    return head.encode()


class Asking(asyncio.Protocol):
    """One connection: a request, the bytes of an answer, the next request."""

    def __init__(self, request: bytes, length: int) -> None:
        self.request, self.length = request, length
        self.received = self.answers = 0
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the first time."""
        self.transport = cast("asyncio.Transport", transport)
        self.transport.write(self.request)

    def data_received(self, data: bytes) -> None:
        """Ask again once an answer is complete."""
        self.received += len(data)
        if self.received >= self.length:
            self.received -= self.length
            self.answers += 1
            if self.transport is not None:
                self.transport.write(self.request)


async def _ask(port: int, request: bytes, connections: int, seconds: float) -> float:
    loop = asyncio.get_running_loop()
    length = len(one_answer(port, request))
    askers = [Asking(request, length) for _ in range(connections)]
    for asker in askers:
        await loop.create_connection(lambda asker=asker: asker, "127.0.0.1", port)
    await asyncio.sleep(0.3)
    before, began = sum(asker.answers for asker in askers), time.perf_counter()
    await asyncio.sleep(seconds)
    answered = sum(asker.answers for asker in askers) - before
    return answered / (time.perf_counter() - began)


def requests_per_second(port: int, path: str, seconds: float = 3, connections: int = 16) -> float:
    """Measure in a process of its own."""
    command = [sys.executable, str(Path(__file__)), str(port), path, str(seconds), str(connections)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    rate: float = json.loads(done.stdout)
    return rate


if __name__ == "__main__":
    given = sys.argv[1:]
    asking = _ask(int(given[0]), request_for(given[1]), int(given[3]), float(given[2]))
    print(json.dumps(uvloop.run(asking)))
