"""Steps that may be refused: what the person is told afterwards."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest


def tell_refusal(request: HttpRequest, error: ValidationError) -> None:
    """Say on the next page why a step was refused."""
    messages.error(request, " ".join(error.messages))


def has_succeeded(request: HttpRequest, step: Callable[[], object], done: str) -> bool:
    """Take ``step`` and say on the next page that it is ``done``, or why it was refused."""
    try:
        step()
    except ValidationError as error:
        tell_refusal(request, error)
        return False
    messages.success(request, done)
    return True
