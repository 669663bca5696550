"""Tags that show written items: escaped, in their own language and direction."""

import re
from typing import Any

from django import template
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from miteinander.foundation.content import patterns
from miteinander.foundation.content.queries import Reading
from miteinander.foundation.core.languages import NAMES, OWN_NAMES, direction
from miteinander.foundation.core.text import latin_digits

register = template.Library()

_MARKS = re.compile(
    "|".join(
        f"(?P<{name}>{pattern.pattern})"
        for name, pattern in (
            ("link", patterns.LINK),
            ("email", patterns.EMAIL),
            ("phone", patterns.PHONE),
            ("range", patterns.TIME_RANGE),
            ("price", patterns.PRICE),
        )
    )
)


@register.simple_tag
def written(reading: Reading, name: str) -> SafeString:
    """Show the text called ``name`` as paragraphs, nothing at all when nobody wrote it."""
    text = reading.part(name)
    if not text:
        return SafeString("")
    own = _own_language(reading, name)
    per_block = SafeString("") if own else SafeString(' dir="auto"')
    blocks = format_html_join(
        "", "<p{}>{}</p>", ((per_block, _marked_up(block)) for block in _paragraphs(text))
    )
    return format_html('<div class="written"{}>{}</div>', own, blocks)


@register.simple_tag
def written_line(reading: Reading, name: str) -> SafeString:
    """Show a short text such as a title inside a line, apart from the direction around it."""
    text = reading.part(name)
    if not text:
        return SafeString("")
    return format_html("<bdi{}>{}</bdi>", _own_language(reading, name), text)


@register.inclusion_tag("content/_reading_note.html")
def reading_note(reading: Reading) -> dict[str, Any]:
    """Say in plain words what a reader must know of this version; nothing when all is well."""
    return {
        "kind": _note_kind(reading),
        "language": NAMES[reading.language],
        "original_code": reading.original_language,
        "original_name": OWN_NAMES[reading.original_language],
        "original_direction": direction(reading.original_language),
        "is_original": reading.is_original,
    }


def _note_kind(reading: Reading) -> str:
    kind = ""
    if not reading.parts:
        kind = ""
    elif reading.is_machine:
        kind = "machine"
    elif reading.is_outdated:
        kind = "outdated"
    elif not reading.is_wanted:
        kind = "chosen" if reading.wanted in reading.languages else "missing"
    return kind


def _own_language(reading: Reading, name: str) -> SafeString:
    language = reading.language_of(name)
    if language == get_language():
        return SafeString("")
    return format_html(' lang="{}" dir="{}"', language, direction(language))


def _paragraphs(text: str) -> list[str]:
    return [block for block in re.split(r"\n\s*\n", text) if block.strip()]


def _marked_up(block: str) -> SafeString:
    lines = (_linked(line.strip()) for line in block.strip().split("\n"))
    return format_html_join(SafeString("<br>"), "{}", ((line,) for line in lines))


def _linked(line: str) -> SafeString:
    """Escape ``line``; link addresses and numbers, and let them run from left to right."""
    pieces, end = [], 0
    for match in _MARKS.finditer(latin_digits(line)):
        pieces.append(escape(line[end : match.start()]))
        pieces.append(_mark(match, line[match.start() : match.end()]))
        end = match.end()
    pieces.append(escape(line[end:]))
    return mark_safe("".join(pieces))  # noqa: S308 (every piece is escaped)


def _mark(match: re.Match[str], shown: str) -> SafeString:
    if match["link"]:
        address = shown if "://" in shown else f"https://{shown}"
        return format_html(
            '<bdi dir="ltr"><a href="{}" rel="nofollow">{}</a></bdi>', address, shown
        )
    if match["email"]:
        return format_html('<bdi dir="ltr"><a href="mailto:{}">{}</a></bdi>', shown, shown)
    if match["phone"]:
        number = re.sub(r"\(0\)|[^\d+]", "", match[0])
        return format_html('<bdi dir="ltr"><a href="tel:{}">{}</a></bdi>', number, shown)
    return format_html('<bdi dir="ltr">{}</bdi>', shown)
