"""Keeps times, prices, telephone numbers and links running left to right in any text.

A mail's plain text has no markup for direction, so isolates (UAX #9) do it, in HTML as well.
"""

from django.utils.translation import get_language

from miteinander.foundation.core.languages import direction

LEFT_TO_RIGHT_ISOLATE, FIRST_STRONG_ISOLATE, POP = "\u2066", "\u2068", "\u2069"


def left_to_right(text: str) -> str:
    """Isolate ``text`` left to right where the active language runs right to left."""
    if not text or direction(get_language() or "de") == "ltr":
        return text
    return f"{LEFT_TO_RIGHT_ISOLATE}{text}{POP}"


def by_its_own(text: str) -> str:
    """Isolate ``text`` in its own direction where the active language runs right to left."""
    if not text or direction(get_language() or "de") == "ltr":
        return text
    return f"{FIRST_STRONG_ISOLATE}{text}{POP}"
