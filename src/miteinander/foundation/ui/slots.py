"""Places in a page that higher floors fill: the page asks, whoever registered answers."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

Filler = Callable[[HttpRequest | None, Any], SafeString]
_FILLERS: defaultdict[str, list[Filler]] = defaultdict(list)


def register(name: str, filler: Filler) -> None:
    """Let ``filler`` add to the place ``name``; it returns nothing ("") where it has nothing."""
    if filler not in _FILLERS[name]:
        _FILLERS[name].append(filler)


def render(name: str, request: HttpRequest | None, obj: Any) -> SafeString:
    """Return what was registered for the place ``name``, in the order of registration."""
    parts = (filler(request, obj) for filler in _FILLERS.get(name, ()))
    return format_html_join("\n", "{}", ((part,) for part in parts if part))
