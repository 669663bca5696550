"""Facts in texts that a translation may not change."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Difference:
    """A fact that stands on one side only: ``original`` or ``version``."""

    part: str
    kind: str
    value: str
    side: str


def compare(
    original: Mapping[str, str], version: Mapping[str, str], names: Iterable[str] = ()
) -> list[Difference]:
    """List the facts in which ``version`` differs from ``original``."""
    return []
