"""What the gallery shows: every component in every state, with invented content."""

from typing import Any

from django.http import QueryDict

WAYS = ("ltr", "rtl")


def gallery_context(params: QueryDict) -> dict[str, Any]:
    """Return the content of the gallery in the asked direction and theme."""
    return {
        "forced_direction": params.get("dir") if params.get("dir") in WAYS else "",
        "forced_theme": params.get("theme", ""),
    }
