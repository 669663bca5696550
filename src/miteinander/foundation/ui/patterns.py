"""What makes a page without photos friendly: a pictogram, a tint and a pattern per occasion."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe


@dataclass(frozen=True)
class Look:
    """How a topic looks: the name of its pictogram and of its tint (see ``patterns.css``)."""

    icon: str
    tint: str


LOOKS = {
    "food": Look("utensils", "apricot"),
    "outdoors": Look("tree-deciduous", "meadow"),
    "sport": Look("bike", "sky"),
    "language": Look("messages-square", "petrol"),
    "craft": Look("hammer", "clay"),
    "music": Look("music", "berry"),
    "culture": Look("landmark", "plum"),
    "family": Look("baby", "apricot"),
    "health": Look("heart-pulse", "meadow"),
    "dialogue": Look("venus-and-mars", "berry"),
    "participation": Look("vote", "petrol"),
    "celebration": Look("party-popper", "plum"),
}
ANY = Look("sparkles", "petrol")
COLUMNS, STEP = 3, 44


def look(topic: str) -> Look:
    """Return the look of ``topic``; an unknown one gets the common look."""
    return LOOKS.get(str(topic), ANY)


def _circle(x: int, y: int, chance: int) -> str:
    return f'<circle cx="{x + 20}" cy="{y + 20}" r="{10 + chance % 14}"/>'


def _hill(x: int, y: int, chance: int) -> str:
    radius = 14 + chance % 9
    return f'<path d="M{x + 20 - radius} {y + 34}a{radius} {radius} 0 0 1 {2 * radius} 0z"/>'


def _tile(x: int, y: int, chance: int) -> str:
    side = 18 + chance % 14
    return (
        f'<rect x="{x + 8}" y="{y + 8}" width="{side}" height="{side}" rx="7"'
        f' transform="rotate({chance % 45} {x + 20} {y + 20})"/>'
    )


def _ring(x: int, y: int, chance: int) -> str:
    radius = 9 + chance % 9
    return (
        f'<circle cx="{x + 20}" cy="{y + 20}" r="{radius}" fill="none"'
        ' stroke="currentColor" stroke-width="7"/>'
    )


def _lens(x: int, y: int, chance: int) -> str:
    turn = chance % 4 * 45
    return (
        f'<path d="M{x + 20} {y + 2}a24 24 0 0 1 0 36a24 24 0 0 1 0-36z"'
        f' transform="rotate({turn} {x + 20} {y + 20})"/>'
    )


SHAPES: tuple[Callable[[int, int, int], str], ...] = (_circle, _hill, _tile, _ring, _lens)


def pattern(key: str) -> SafeString:
    """Draw the quiet pattern of ``key``: always the same for the same key, below 2 KB.

    Its colours come from the tint of the element around it.
    """
    chances = hashlib.sha256(str(key).encode()).digest()
    shape = SHAPES[chances[0] % len(SHAPES)]
    parts = []
    for place in range(COLUMNS * COLUMNS):
        x = place % COLUMNS * STEP + chances[place + 1] % 9 - 4
        y = place // COLUMNS * STEP + chances[place + 10] % 9 - 4
        faint = ' opacity=".55"' if chances[place + 19] % 3 == 0 else ""
        parts.append(f"<g{faint}>{shape(x, y, chances[place + 19])}</g>")
    return format_html(
        '<svg class="pattern" viewBox="0 0 130 130" preserveAspectRatio="xMidYMid slice"'
        ' fill="currentColor" aria-hidden="true" focusable="false">{}</svg>',
        mark_safe("".join(parts)),  # noqa: S308 (numbers only)
    )
