"""The two pages this house can show without a database: "not now", and "too large"."""

from http.cookies import CookieError, SimpleCookie

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header

from miteinander.foundation.core.languages import direction
from miteinander.web.threads import Answer, Scope

_PLAIN = b"text/html; charset=utf-8"
_KNOWN = {code for code, _ in settings.LANGUAGES}


def _cookie_language(raw: bytes) -> str:
    try:
        morsel = SimpleCookie(raw.decode("latin1")).get(settings.LANGUAGE_COOKIE_NAME)
    except CookieError:
        return ""
    return morsel.value if morsel else ""


def language_of(scope: Scope) -> str:
    """Find the reader's language: the address, else the cookie, else the browser's wish."""
    headers = dict(scope["headers"])
    accepted = headers.get(b"accept-language", b"").decode("latin1")
    candidates = [
        scope["path"].split("/")[1] if scope["path"].startswith("/") else "",
        _cookie_language(headers.get(b"cookie", b"")),
        *(code for code, _ in parse_accept_lang_header(accepted)),
    ]
    for code in candidates:
        for form in (code, code.split("-")[0]):
            if form in _KNOWN:
                return form
    return settings.LANGUAGE_CODE


def unavailable_page(scope: Scope) -> Answer:
    """Say that the platform cannot answer now, in the reader's language; needs no database."""
    language = language_of(scope)
    with translation.override(language):
        context = {"language": language.split("-")[0], "direction": direction(language)}
        body = render_to_string("web/unavailable.html", context).encode()
    headers = [
        (b"content-type", _PLAIN),
        (b"content-length", str(len(body)).encode()),
        (b"content-language", language.split("-")[0].encode()),
        (b"cache-control", b"no-store"),
        (b"retry-after", b"30"),
        (b"content-security-policy", b"default-src 'none'"),
        (b"x-content-type-options", b"nosniff"),
    ]
    return Answer(503, headers, b"" if scope["method"] == "HEAD" else body)


def too_large_page() -> Answer:
    """Refuse a body that is larger than any form here takes."""
    headers = [(b"content-length", b"0"), (b"connection", b"close")]
    return Answer(413, headers)
