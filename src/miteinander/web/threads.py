"""Django's WSGI handler called from the event loop: a few threads, whole bodies, no waiting.

A thread is held only while Django works. Slow clients are waited for by the event loop: a body
is read completely before Django sees it, and an answer is complete before it is sent.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from a2wsgi.wsgi import build_environ

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]
Wsgi = Callable[[Any, Any], Iterable[bytes]]

LARGEST_BODY = 25_000_000
IN_MEMORY = 1_000_000


class BodyTooLarge(Exception):
    """More was sent than any form here takes."""


class ClientLeft(Exception):
    """The client closed the connection before it had sent everything."""


@dataclass(frozen=True)
class Answer:
    """What Django answered; ``rest`` holds a stream that is still to be read in a thread."""

    status: int
    headers: Headers
    body: bytes = b""
    rest: Iterator[bytes] | None = None

    def header(self, name: bytes) -> bytes:
        """Return the first header ``name`` (lower case), or nothing."""
        return next((value for key, value in self.headers if key == name), b"")


async def read_body(scope: Scope, receive: Receive) -> IO[bytes]:
    """Read the request's body, on disk once it is larger than a megabyte."""
    announced = dict(scope["headers"]).get(b"content-length", b"0")
    if announced.isdigit() and int(announced) > LARGEST_BODY:
        raise BodyTooLarge
    body = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 (closed by whoever asked)
    size, has_more = 0, True
    while has_more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientLeft
        size += body.write(message.get("body", b""))
        if size > LARGEST_BODY:
            raise BodyTooLarge
        has_more = message.get("more_body", False)
    body.seek(0)
    return body


class DjangoInThreads:
    """Asks Django in one of a few threads."""

    def __init__(self, application: Wsgi, threads: int = 8) -> None:
        self._application = application
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="django")

    async def answer(self, scope: Scope, receive: Receive) -> Answer:
        """Let Django answer one request.

        Raises:
            BodyTooLarge: the request is larger than anything we take.
            ClientLeft: nobody is there to be answered.
        """
        with await read_body(scope, receive) as body:
            answer: Answer = await self._in_thread(self._call, scope, body)
            return answer

    async def send(self, answer: Answer, send: Send) -> None:
        """Send ``answer``, reading a stream piece by piece."""
        start = {"type": "http.response.start", "status": answer.status}
        await send({**start, "headers": answer.headers})
        try:
            while answer.rest is not None:
                piece = await self._in_thread(next, answer.rest, None)
                if piece is None:
                    break
                await send({"type": "http.response.body", "body": piece, "more_body": True})
        finally:
            if answer.rest is not None:
                await self._in_thread(answer.rest.close)  # type: ignore[attr-defined]
        await send({"type": "http.response.body", "body": answer.body})

    async def _in_thread(self, function: Callable[..., Any], *arguments: Any) -> Any:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, function, *arguments)

    def _call(self, scope: Scope, body: IO[bytes]) -> Answer:
        began: list[tuple[int, Headers]] = []

        def start_response(status: str, headers: list[tuple[str, str]], *_: Any) -> None:
            began.append(
                (
                    int(status[:3]),
                    [
                        (key.lower().encode("latin1"), value.encode("latin1"))
                        for key, value in headers
                    ],
                )
            )

        environ = build_environ(scope, body)  # type: ignore[arg-type]
        response: Any = self._application(environ, start_response)
        status, headers = began[0]
        if getattr(response, "streaming", False):
            return Answer(status, headers, rest=_pieces(response))
        try:
            return Answer(status, headers, b"".join(response))
        finally:
            response.close()

    def close(self) -> None:
        """End the threads; what runs is finished."""
        self._threads.shutdown(wait=True, cancel_futures=True)


def _pieces(response: Any) -> Iterator[bytes]:
    try:
        yield from response
    finally:
        response.close()
