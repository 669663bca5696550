"""The permission vocabulary: rules are registered by name, asked by name, and never guessed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from django.core.exceptions import PermissionDenied


class Actor(Protocol):
    """Whoever acts: a signed-in person, a visitor, or the system itself."""

    @property
    def pk(self) -> Any:
        """Key of the person, None for visitors and the system."""

    @property
    def is_authenticated(self) -> bool:
        """Whether this is a person who has signed in."""


@dataclass(frozen=True)
class SystemActor:
    """The platform acting on its own: a job, an import, a command at the console."""

    name: str = "system"
    pk: None = None
    is_authenticated: bool = False


Rule = Callable[[Any, Any], bool]
_RULES: dict[str, Rule] = {}


def rule(name: str) -> Callable[[Rule], Rule]:
    """Register a rule under ``app.verb``; a second rule of that name is a programming error."""

    def register(function: Rule) -> Rule:
        if name in _RULES:
            raise RuntimeError(f"Permission rule {name!r} is defined twice.")
        _RULES[name] = function
        return function

    return register


def can(actor: Actor, name: str, obj: object = None) -> bool:
    """Tell whether ``actor`` may do ``name`` to ``obj``; an unknown name raises ``KeyError``."""
    return _RULES[name](actor, obj)


def require(actor: Actor, name: str, obj: object = None) -> None:
    """Raise ``PermissionDenied`` unless ``actor`` may do ``name`` to ``obj``."""
    if not can(actor, name, obj):
        raise PermissionDenied(name)


def rule_names() -> list[str]:
    """List the whole vocabulary, sorted."""
    return sorted(_RULES)
