"""Pictograms (lucide, ISC licence in ``icons/LICENSE``), copied there by ``npm run icons``."""

from functools import cache
from pathlib import Path

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

FOLDER = Path(__file__).parent / "icons"
# Pictograms that point along the line of reading are mirrored in right-to-left pages.
MIRRORED = frozenset(
    {
        "arrow-left", "arrow-right", "chevron-left", "chevron-right", "log-in", "log-out",
        "external-link", "undo-2", "send", "list", "list-checks", "book-open", "share-2",
    }
)  # fmt: skip


@cache
def names() -> frozenset[str]:
    """Return the names that can be drawn."""
    return frozenset(path.stem for path in FOLDER.glob("*.svg"))


@cache
def draw(name: str, size: int = 20) -> SafeString:
    """Return the pictogram ``name``, hidden from screen readers: a word stands beside it.

    An unknown name draws a circle, so that a typing mistake never takes a page down; a test
    finds such names in the templates.
    """
    known = name if name in names() else "circle"
    shape = (FOLDER / f"{known}.svg").read_text().strip()
    return format_html(
        '<svg class="icon{}" width="{}" height="{}" viewBox="0 0 24 24" fill="none"'
        ' stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'
        ' aria-hidden="true" focusable="false">{}</svg>',
        " icon-mirrored" if known in MIRRORED else "",
        size,
        size,
        mark_safe(shape),  # noqa: S308 (our own file)
    )
