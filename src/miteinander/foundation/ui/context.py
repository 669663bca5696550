"""What every page needs to know: who runs the house, and the language and its direction."""

from typing import Any

from django.http import HttpRequest


def page_context(request: HttpRequest) -> dict[str, Any]:
    """Give templates the instance and the reading direction."""
    return {}
