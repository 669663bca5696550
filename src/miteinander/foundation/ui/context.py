"""What every page needs to know: who runs the house, and the address in other languages."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from miteinander.foundation.core.models import Instance


def read_instance() -> Instance:
    """Return who runs the house; its defaults where nothing is set up."""
    return Instance.objects.order_by("pk").first() or Instance()


def instance_of(request: HttpRequest | None) -> Any:
    """Return who runs the house, read at most once for a request and only when it is shown."""
    if request is None:
        return Instance()
    if not hasattr(request, "house_instance"):
        request.house_instance = SimpleLazyObject(read_instance)  # type: ignore[attr-defined]
    return request.house_instance  # type: ignore[attr-defined]


def page_context(request: HttpRequest) -> dict[str, Any]:
    """Give every template ``instance``. Nothing is read until a template shows it."""
    return {"instance": instance_of(request)}


def path_in(request: HttpRequest, language: str) -> str:
    """Return the path of this page under another language; without one, its home page."""
    first, _slash, rest = request.path.lstrip("/").partition("/")
    if first in dict(settings.LANGUAGES):
        return f"/{language}/{rest}"
    return f"/{language}/"


def address_in(request: HttpRequest, language: str) -> str:
    """Return the same page and query under another language."""
    path, query = path_in(request, language), request.META.get("QUERY_STRING", "")
    return f"{path}?{query}" if query else path
