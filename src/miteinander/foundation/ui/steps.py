"""What views say in one line: who may open a page, whether a form is right, what was refused."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest

from miteinander.foundation.core.permissions import can
from miteinander.foundation.ui.forms import is_switch

MOST_DIGITS = 19


def only(request: HttpRequest, rule: str) -> None:
    """Show whoever may not know of a page that there is none."""
    if not can(request.user, rule):
        raise Http404


def is_sent(request: HttpRequest, form: Any) -> bool:
    """Whether a form came in that is right."""
    return request.method == "POST" and not is_switch(request) and form.is_valid()


def has_done(form: Any, step: Callable[[], object]) -> bool:
    """Take ``step``; what the service refuses stands at the form."""
    try:
        step()
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


def refused(step: Callable[[], object]) -> str:
    """Take ``step`` where there is no form; return what the service refuses, or nothing."""
    try:
        step()
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


def key_of(typed: str) -> int:
    """Read the key a select box sent; 0, which nothing has, where it is none."""
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < MOST_DIGITS else 0
