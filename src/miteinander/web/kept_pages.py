"""The store of finished public pages: bytes compressed ahead, bounded, oldest use out first."""

import gzip
import hashlib
import re
from collections import OrderedDict
from dataclasses import dataclass
from functools import lru_cache

import brotli

from miteinander.foundation.core.public import MARK
from miteinander.web.threads import Answer, Headers

_OWN_WORDS = {MARK.lower().encode(), b"content-length", b"etag", b"cache-control", b"vary"}
_TEXT = re.compile(rb"text/|application/(json|ld\+json|xml|rss\+xml|atom\+xml)|image/svg")
_PLAIN = b"identity"
Version = tuple[int, int]
Key = tuple[bytes, ...]


@lru_cache(maxsize=256)
def encoding_for(accepted: bytes) -> bytes:
    """Choose br, gzip or the plain bytes for an Accept-Encoding header."""
    wanted = {}
    for part in accepted.lower().split(b","):
        name, _, weight = part.strip().partition(b";")
        wanted[name.strip()] = not re.fullmatch(rb"\s*q=0(\.0*)?\s*", weight)
    for name in (b"br", b"gzip"):
        if wanted.get(name):
            return name
    return _PLAIN


def without_mark(headers: Headers) -> Headers:
    """Drop the internal header before an answer leaves the house."""
    return [pair for pair in headers if pair[0] != MARK.lower().encode()]


def _vary(answer: Answer) -> bytes:
    names = [name.strip() for name in answer.header(b"vary").split(b",") if name.strip()]
    return b", ".join(dict.fromkeys([b"Accept-Encoding", *names]))


@dataclass(frozen=True)
class KeptPage:
    """One page as it is sent: for each encoding its headers and bytes."""

    version: Version
    expires_at: float
    etag: bytes
    variants: dict[bytes, tuple[Headers, bytes]]
    unchanged: Headers
    size: int

    def is_fresh(self, version: Version, now: float) -> bool:
        """Whether nothing public changed since, and it is not too old."""
        return self.version == version and now < self.expires_at

    def answer(self, accepted: bytes, known: bytes, *, has_body: bool) -> Answer:
        """Answer a client that accepts ``accepted`` and has the version ``known``."""
        if known and self.etag in known:
            return Answer(304, self.unchanged)
        encoding = encoding_for(accepted)
        headers, body = self.variants.get(encoding) or self.variants[_PLAIN]
        return Answer(200, headers, body if has_body else b"")


def keep(answer: Answer, version: Version, expires_at: float) -> KeptPage:
    """Make a page ready to be sent many times."""
    etag = b'W/"' + hashlib.sha256(answer.body).hexdigest()[:24].encode() + b'"'
    common = [(b"etag", etag), (b"cache-control", b"no-cache"), (b"vary", _vary(answer))]
    headers = [pair for pair in answer.headers if pair[0] not in _OWN_WORDS] + common
    bodies = {_PLAIN: answer.body}
    if _TEXT.match(answer.header(b"content-type")):
        bodies[b"br"] = brotli.compress(answer.body, quality=5)
        bodies[b"gzip"] = gzip.compress(answer.body, compresslevel=6, mtime=0)
    variants = {}
    for encoding, body in bodies.items():
        extra = [(b"content-length", str(len(body)).encode())]
        if encoding != _PLAIN:
            extra.append((b"content-encoding", encoding))
        variants[encoding] = (headers + extra, body)
    size = sum(len(body) for body in bodies.values()) + 4096
    return KeptPage(version, expires_at, etag, variants, common, size)


class PageStore:
    """Kept pages by address, at most ``limit`` bytes of them."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._size = 0
        self._pages: OrderedDict[Key, KeptPage] = OrderedDict()

    def get(self, key: Key) -> KeptPage | None:
        """Return the page under ``key``, fresh or not."""
        page = self._pages.get(key)
        if page is not None:
            self._pages.move_to_end(key)
        return page

    def put(self, key: Key, page: KeptPage) -> None:
        """Keep ``page``; the least recently used ones make room for it."""
        self.drop(key)
        if page.size > self._limit // 8:
            return
        self._pages[key] = page
        self._size += page.size
        while self._size > self._limit:
            self._size -= self._pages.popitem(last=False)[1].size

    def drop(self, key: Key) -> None:
        """Forget the page under ``key``."""
        if (old := self._pages.pop(key, None)) is not None:
            self._size -= old.size

    def __len__(self) -> int:
        return len(self._pages)
