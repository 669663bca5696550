"""The layer in front of Django, called directly as an ASGI application."""

import asyncio
import gzip
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

import brotli
import pytest

from miteinander.foundation.core.public import MARK
from miteinander.web import public_pages
from miteinander.web.kept_pages import PageStore, encoding_for, keep
from miteinander.web.public_pages import Freshness, PublicPages
from miteinander.web.threads import LARGEST_BODY, Answer, DjangoInThreads

FILLER = "x" * 3000


class Response(list[bytes]):
    """What Django's handler returns: an iterable that wants to be closed."""

    streaming = False

    def close(self) -> None:
        """Nothing to close."""


class House:
    """A layer over a pretended Django, with a version and a database the test can move."""

    def __init__(self) -> None:
        self.version = (1, 1)
        self.is_away = False
        self.asked: list[str] = []
        self.status = "200 OK"
        self.extra: list[tuple[str, str]] = []
        self.text = "welcome"
        self.meet: Callable[[], object] = lambda: None
        self.layer = PublicPages(DjangoInThreads(self._django, 2), Freshness(self._read))

    def _read(self) -> tuple[int, int]:
        if self.is_away:
            raise ConnectionError
        return self.version

    def _django(self, environ: dict[str, Any], start: Callable[..., None]) -> Iterable[bytes]:
        path, cookie = environ["PATH_INFO"], environ.get("HTTP_COOKIE", "")
        self.meet()
        self.asked.append(f"{environ['REQUEST_METHOD']} {path}")
        signed_in = "sessionid=" in cookie
        headers = [("Content-Type", "text/html; charset=utf-8"), ("Vary", "Cookie"), *self.extra]
        if not signed_in and "form" not in path and self.status.startswith("200"):
            headers.append((MARK, "1"))
        start(self.status, headers)
        text = f"{path} {self.text} {cookie} {environ.get('REMOTE_ADDR')} {FILLER}"
        return Response([text.encode()])

    async def get(self, path: str = "/de/", method: str = "GET", **headers: str) -> Answer:
        """Ask for ``path``."""
        sent: list[Any] = []
        body = headers.pop("body", "").encode()
        path, _, query = path.partition("?")
        scope = {
            "type": "http", "method": method, "path": path, "query_string": query.encode(),
            "http_version": "1.1", "scheme": "http", "client": ("127.0.0.9", 1),
            "headers": [(k.replace("_", "-").encode(), v.encode()) for k, v in headers.items()],
        }  # fmt: skip

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": body}

        async def send(message: Any) -> None:
            sent.append(message)

        await self.layer(scope, receive, send)
        parts = b"".join(message.get("body", b"") for message in sent[1:])
        return Answer(sent[0]["status"], sent[0]["headers"], parts)


@pytest.fixture
def house(monkeypatch: pytest.MonkeyPatch) -> House:
    monkeypatch.setattr(public_pages, "FRESH_SECONDS", 0)
    monkeypatch.setattr(public_pages, "TOLERATED_SECONDS", 0)
    return House()


def test_a_public_page_is_made_once_and_served_many_times(house: House) -> None:
    async def story() -> None:
        first = await house.get()
        second = await house.get()
        assert first.body == second.body
        assert second.header(b"cache-control") == b"no-cache"
        assert second.header(b"vary") == b"Accept-Encoding, Cookie"
        assert house.asked == ["GET /de/"]

    asyncio.run(story())


def test_the_internal_mark_never_leaves_the_house(house: House) -> None:
    async def story() -> None:
        answers = [
            await house.get(),
            await house.get(),
            await house.get("/en/", "HEAD"),
            await house.get(cookie="sessionid=a"),
            await house.get("/static/x"),
        ]
        assert not any(answer.header(MARK.lower().encode()) for answer in answers)

    asyncio.run(story())


def test_after_a_change_the_new_content_is_served(house: House) -> None:
    async def story() -> None:
        assert b"welcome" in (await house.get()).body
        house.text, house.version = "changed", (2, 2)
        assert b"changed" in (await house.get()).body

    asyncio.run(story())


def test_a_change_is_seen_within_one_second_under_load_and_after_idling() -> None:
    async def story() -> None:
        house = House()
        await house.get()
        house.text, house.version = "changed", (2, 2)
        began = time.monotonic()
        answers = 0
        while b"changed" not in (await house.get()).body:
            answers += 1
        assert time.monotonic() - began < 1
        assert answers > 10
        await asyncio.sleep(public_pages.TOLERATED_SECONDS + 0.1)
        house.text, house.version = "again", (3, 3)
        await asyncio.sleep(public_pages.TOLERATED_SECONDS + 0.1)
        assert b"again" in (await house.get()).body

    asyncio.run(story())


def test_nobody_gets_bytes_of_another_language_or_of_a_signed_in_person(house: House) -> None:
    async def story() -> None:
        private = await house.get("/de/", cookie="sessionid=canary-a")
        german = await house.get("/de/", cookie="language=ar")
        arabic = await house.get("/ar/")
        other = await house.get("/de/", cookie="a=b; sessionid=canary-b")
        assert b"canary-a" in private.body
        assert b"canary" not in german.body + arabic.body
        assert german.body.startswith(b"/de/")
        assert arabic.body.startswith(b"/ar/")
        assert b"canary-b" in other.body
        assert b"canary-a" not in other.body

    asyncio.run(story())


@pytest.mark.parametrize("difference", [{"host": "b"}, {"x_forwarded_proto": "https"}])
def test_pages_are_kept_apart_by_what_their_bytes_depend_on(
    house: House, difference: dict[str, str]
) -> None:
    async def story() -> None:
        await house.get("/de/?q=1", host="a")
        await house.get("/de/?q=2", host="a")
        await house.get("/de/?q=1", **{"host": "a", **difference})
        assert len(house.asked) == 3

    asyncio.run(story())


def test_a_page_with_a_form_or_a_cookie_is_not_kept(house: House) -> None:
    async def story() -> None:
        await house.get("/de/form/")
        await house.get("/de/form/")
        house.extra = [("Set-Cookie", "csrftoken=secret")]
        await house.get("/de/")
        assert (await house.get("/de/")).header(b"set-cookie")
        assert len(house.asked) == 4

    asyncio.run(story())


def test_posts_go_to_django_with_their_body_and_the_address_of_the_client(house: House) -> None:
    async def story() -> None:
        answer = await house.get(method="POST", body="a=1")
        assert b"127.0.0.9" in answer.body
        assert house.asked == ["POST /de/"]

    asyncio.run(story())


def test_bytes_are_compressed_ahead_for_who_takes_them(house: House) -> None:
    async def story() -> None:
        plain = await house.get()
        packed = await house.get(accept_encoding="gzip, deflate, br")
        older = await house.get(accept_encoding="br;q=0, gzip")
        assert packed.header(b"content-encoding") == b"br"
        assert brotli.decompress(packed.body) == plain.body
        assert gzip.decompress(older.body) == plain.body
        assert int(older.header(b"content-length")) == len(older.body)

    asyncio.run(story())


def test_a_browser_that_has_the_page_is_told_so(house: House) -> None:
    async def story() -> None:
        etag = (await house.get()).header(b"etag").decode()
        again = await house.get(if_none_match=etag)
        assert (again.status, again.body) == (304, b"")
        assert again.header(b"etag").decode() == etag
        house.text, house.version = "changed", (2, 2)
        assert (await house.get(if_none_match=etag)).status == 200

    asyncio.run(story())


def test_head_has_the_headers_of_get_and_no_body(house: House) -> None:
    async def story() -> None:
        full = await house.get()
        head = await house.get(method="HEAD")
        assert head.body == b""
        assert head.header(b"content-length") == full.header(b"content-length")

    asyncio.run(story())


def test_without_database_the_kept_page_is_served_else_a_plain_page(house: House) -> None:
    async def story() -> None:
        kept = await house.get("/de/")
        house.is_away, house.version, house.status = True, (9, 9), "500 Oops"
        assert (await house.get("/de/")).body == kept.body
        missing = await house.get("/ar/other/")
        assert missing.status == 503
        assert b'lang="ar" dir="rtl"' in missing.body
        posted = await house.get("/tr/form/", "POST", body="a=1")
        assert posted.status == 503
        assert b'lang="tr" dir="ltr"' in posted.body
        house.is_away, house.status = False, "200 OK"
        assert (await house.get("/ar/other/")).status == 200

    asyncio.run(story())


def test_an_error_of_our_own_stays_an_error(house: House) -> None:
    async def story() -> None:
        house.status = "500 Oops"
        assert (await house.get()).status == 500

    asyncio.run(story())


def test_a_body_larger_than_any_form_is_refused_before_django_sees_it(house: House) -> None:
    async def story() -> None:
        answer = await house.get(method="POST", content_length=str(LARGEST_BODY + 1))
        assert answer.status == 413
        assert house.asked == []

    asyncio.run(story())


def test_many_at_once_after_a_change_make_the_page_once(house: House) -> None:
    async def story() -> None:
        await house.get()
        house.version = (2, 2)
        await asyncio.gather(*(house.get() for _ in range(20)))
        assert len(house.asked) == 2

    asyncio.run(story())


def test_many_at_once_make_a_page_that_nobody_asked_for_before_once(house: House) -> None:
    async def story() -> None:
        answers = await asyncio.gather(*(house.get("/de/new/") for _ in range(20)))
        assert house.asked == ["GET /de/new/"]
        assert {answer.status for answer in answers} == {200}

    asyncio.run(story())


def test_nobody_waits_for_the_form_of_somebody_else(house: House) -> None:
    """Both forms are being made at the same time, or the barrier would break."""
    both = threading.Barrier(2, timeout=10)

    async def story() -> None:
        await house.get("/de/form/")
        house.meet = both.wait
        await asyncio.gather(*(house.get("/de/form/") for _ in range(2)))
        assert len(house.asked) == 3

    asyncio.run(story())
    assert not both.broken


def test_the_store_stays_within_its_limit_and_forgets_the_least_used() -> None:
    store = PageStore(limit=100_000)
    page = keep(Answer(200, [(b"content-type", b"image/png")], b"x" * 6000), (1, 1), 9e9)
    for number in range(50):
        store.put((b"%d" % number,), page)
        store.get((b"0",))
    assert len(store) <= 10
    assert store.get((b"0",)) is not None
    assert store.get((b"1",)) is None


@pytest.mark.parametrize(
    ("accepted", "chosen"),
    [
        (b"", b"identity"),
        (b"br", b"br"),
        (b"gzip;q=1.0, br;q=0", b"gzip"),
        (b"gzip;q=0.5", b"gzip"),
        (b"zstd", b"identity"),
    ],
)
def test_the_encoding_follows_what_the_client_accepts(accepted: bytes, chosen: bytes) -> None:
    assert encoding_for(accepted) == chosen
