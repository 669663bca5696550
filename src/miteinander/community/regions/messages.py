"""What this app tells the others, in the same transaction."""

from dataclasses import dataclass


@dataclass(frozen=True)
class RegionsChanged:
    """Places were added, or what the public sees of them changed."""

    ags: tuple[str, ...]
