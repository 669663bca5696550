"""The layer in front of Django: answers public pages for people who are not signed in.

A page that Django marked as public is the same bytes for everyone in one language. It is kept
until something public changes; the mark of change is read at most every 0.3 seconds, so new
content is served within one second. All else goes to Django in threads.
"""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import structlog
from django.conf import settings
from django.db import close_old_connections
from prometheus_client import Counter

from miteinander.foundation.core import clock
from miteinander.foundation.core.public import MARK, public_version
from miteinander.web.kept_pages import KeptPage, Key, PageStore, Version, keep, without_mark
from miteinander.web.threads import (
    Answer,
    BodyTooLarge,
    ClientLeft,
    DjangoInThreads,
    Receive,
    Scope,
    Send,
)
from miteinander.web.unavailable import too_large_page, unavailable_page

FRESH_SECONDS = 0.3
TOLERATED_SECONDS = 0.7
ASK_SECONDS = 2.0
KEPT_SECONDS = 60.0
TROUBLE = {500, 503}
PATH = 2  # in a key
MOST_PRIVATE = 1000
_MARK = MARK.lower().encode()
_TECHNICAL = ("/static/", "/healthz", "/readyz", "/metrics")
_LOG = structlog.get_logger("miteinander.public_pages")
_ANSWERS = Counter("miteinander_public_pages", "Public pages by how they were answered", ["how"])
_KEPT, _STALE, _MADE = (_ANSWERS.labels(how) for how in ("kept", "stale", "made"))


def _read_version() -> Version:
    try:
        return public_version()
    finally:
        close_old_connections()


class Freshness:
    """Knows the newest mark of public change, and whether the database answers at all."""

    def __init__(self, read: Callable[[], Version] = _read_version) -> None:
        self._read = read
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="freshness")
        self._reading: asyncio.Future[Version] | None = None
        self._asking: asyncio.Task[None] | None = None
        self._asked_at = float("-inf")
        self._version: Version | None = None
        self.is_away = False

    async def version(self) -> Version | None:
        """Return the newest version, at most 0.7 seconds old; None while the database is away."""
        age = time.monotonic() - self._asked_at
        if age < FRESH_SECONDS:
            return self._version
        if self._asking is None:
            self._asking = asyncio.create_task(self._ask())
        if self._version is None or age >= TOLERATED_SECONDS:
            await asyncio.shield(self._asking)
        return self._version

    async def _ask(self) -> None:
        """Ask the database once for everybody who waits."""
        began = time.monotonic()
        try:
            if self._reading is None or self._reading.done():
                loop = asyncio.get_running_loop()
                self._reading = loop.run_in_executor(self._thread, self._read)
            self._version = await asyncio.wait_for(asyncio.shield(self._reading), ASK_SECONDS)
            self._asked_at = began
        except Exception as error:  # noqa: BLE001 (whatever it is, the database cannot be asked)
            self._version, self._asked_at = None, time.monotonic()
            if not self.is_away:
                _LOG.error("database_away", reason=type(error).__name__)
        self.is_away = self._version is None
        self._asking = None


class PublicPages:
    """The ASGI application."""

    def __init__(self, django: DjangoInThreads, freshness: Freshness | None = None) -> None:
        self._django = django
        self._freshness = freshness or Freshness()
        self._store = PageStore(settings.PUBLIC_PAGES_BYTES)
        self._making: dict[Key, asyncio.Future[None]] = {}
        self._private: set[bytes] = set()
        self._session_cookie = f"{settings.SESSION_COOKIE_NAME}=".encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or follow the server through its life."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            try:
                await self._django.send(await self._answer(scope, receive), send)
            except BodyTooLarge:
                await self._django.send(too_large_page(), send)
            except ClientLeft:
                return

    async def _answer(self, scope: Scope, receive: Receive) -> Answer:
        if scope["path"].startswith(_TECHNICAL):
            return strip(await self._django.answer(scope, receive))
        headers = dict(scope["headers"])
        if (key := self._key(scope, headers)) is None:
            return strip(await self._from_django(scope, receive))
        version = await self._freshness.version()
        page = self._store.get(key)
        if version is not None and not (page and page.is_fresh(version, time.monotonic())):
            page = await self._wait_for_other(key)
        if page is None:
            return await self._make(scope, receive, key, version)
        (_KEPT if version is not None else _STALE).inc()
        return page.answer(
            headers.get(b"accept-encoding", b""),
            headers.get(b"if-none-match", b""),
            has_body=scope["method"] == "GET",
        )

    def _key(self, scope: Scope, headers: dict[bytes, bytes]) -> Key | None:
        """Return what the bytes depend on, or None for whoever may get bytes of their own."""
        if scope["method"] not in {"GET", "HEAD"} or b"authorization" in headers:
            return None
        if any(
            key == b"cookie" and self._session_cookie in value for key, value in scope["headers"]
        ):
            return None
        host, scheme = headers.get(b"host", b""), headers.get(b"x-forwarded-proto", b"")
        return host, scheme, scope["path"].encode(), scope["query_string"]

    async def _wait_for_other(self, key: Key) -> KeptPage | None:
        """If somebody is making this page already, wait and take theirs.

        Nobody waits for a page that was not public the last time, such as a form.
        """
        if key[PATH] in self._private or (making := self._making.get(key)) is None:
            return None
        await making
        page = self._store.get(key)
        version = await self._freshness.version()
        is_good = page and version and page.is_fresh(version, time.monotonic())
        return page if is_good else None

    async def _make(
        self, scope: Scope, receive: Receive, key: Key, version: Version | None
    ) -> Answer:
        """Ask Django for a page and keep it if it is public."""
        done = asyncio.get_running_loop().create_future()
        is_first = self._making.setdefault(key, done) is done
        try:
            answer = await self._from_django(scope, receive)
            if not answer.header(_MARK) or answer.header(b"set-cookie") or version is None:
                self._store.drop(key)
                self._note_private(key)
                return strip(answer)
            self._private.discard(key[PATH])
            _MADE.inc()
            if scope["method"] == "HEAD":
                return strip(answer)
            page = keep(answer, version, _expiry())
            self._store.put(key, page)
            headers = dict(scope["headers"])
            return page.answer(
                headers.get(b"accept-encoding", b""),
                headers.get(b"if-none-match", b""),
                has_body=True,
            )
        finally:
            if is_first:
                del self._making[key]
            done.set_result(None)

    def _note_private(self, key: Key) -> None:
        if len(self._private) >= MOST_PRIVATE:
            self._private.clear()
        self._private.add(key[PATH])

    async def _from_django(self, scope: Scope, receive: Receive) -> Answer:
        """Ask Django, unless the database is known to be away; explain it if it just went."""
        if self._freshness.is_away and await self._freshness.version() is None:
            return unavailable_page(scope)
        answer = await self._django.answer(scope, receive)
        if answer.status in TROUBLE and await self._freshness.version() is None:
            return unavailable_page(scope)
        return answer

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.shutdown":
                self._django.close()
                await send({"type": "lifespan.shutdown.complete"})
                return
            await send({"type": "lifespan.startup.complete"})


def _expiry() -> float:
    """A page is kept for a minute, and never past local midnight."""
    now = clock.now()
    until_midnight = (clock.end_of_day(clock.today()) - now).total_seconds()
    return time.monotonic() + min(KEPT_SECONDS, until_midnight)


def strip(answer: Answer) -> Answer:
    """Take the internal mark off an answer that is not kept."""
    return Answer(answer.status, without_mark(answer.headers), answer.body, answer.rest)
