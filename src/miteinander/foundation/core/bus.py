"""Messages between apps: handled at once, inside the transaction that publishes them."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

from django.db import transaction

Message = TypeVar("Message")
_HANDLERS: dict[type, list[Callable[[Any], None]]] = defaultdict(list)


def subscribe(
    *kinds: type[Message],
) -> Callable[[Callable[[Message], None]], Callable[[Message], None]]:
    """Register the decorated function as a handler of each of ``kinds``."""

    def register(handler: Callable[[Message], None]) -> Callable[[Message], None]:
        for kind in kinds:
            _HANDLERS[kind].append(handler)
        return handler

    return register


def publish(message: object) -> None:
    """Hand ``message`` to its handlers before the running transaction commits.

    A handler only writes rows or enqueues jobs, and a job is a row too: what it does stands or
    falls with the change it reacts to, also when the process is killed.

    Raises:
        RuntimeError: there is no transaction to stand or fall with.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(f"{type(message).__name__} was published outside a transaction.")
    for handler in _HANDLERS[type(message)]:
        handler(message)


def subscribers(kind: type) -> list[Callable[[Any], None]]:
    """List who reacts to ``kind``, for the documentation and the architecture tests."""
    return list(_HANDLERS[kind])
