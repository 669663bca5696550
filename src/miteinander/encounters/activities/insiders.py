"""Closed circles: named groups of people who alone see an occasion. Higher floors name them.

An occasion with ``only_for`` is for one of them. A key nobody named has nobody inside.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, Q, QuerySet
from django.utils.functional import Promise

from miteinander.foundation.core.permissions import Actor, can


@dataclass(frozen=True)
class Insiders:
    """A group of people with a name.

    ``members`` are rows with a ``person_id``, read anew each time; ``verb`` is the rule that tells
    who may make an occasion one of theirs, and open it again.
    """

    key: str
    label: str | Promise
    members: Callable[[], QuerySet[Any]]
    verb: str


_KNOWN: dict[str, Insiders] = {}


def register(group: Insiders) -> None:
    """Let occasions be for ``group`` only."""
    _KNOWN[group.key] = group


def group_of(key: str) -> Insiders | None:
    """Return the group with this key, None where nobody named one."""
    return _KNOWN.get(key)


def choosable_by(actor: Actor) -> list[Insiders]:
    """List the groups for which ``actor`` may close an occasion."""
    return [group for group in _KNOWN.values() if can(actor, group.verb)]


def is_inside(key: str, person_id: int) -> bool:
    """Whether somebody belongs to the group; without a key everybody does."""
    if not key:
        return True
    group = _KNOWN.get(key)
    return group is not None and group.members().filter(person_id=person_id).exists()


def meant_for(person_id: int, prefix: str = "") -> Q:
    """The set twin of :func:`is_inside`; ``prefix`` leads from a row to its occasion."""
    meant = Q(**{f"{prefix}only_for": ""})
    for group in _KNOWN.values():
        mine = group.members().filter(person_id=person_id).order_by()
        meant |= Q(Exists(mine), **{f"{prefix}only_for": group.key})
    return meant
