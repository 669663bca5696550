"""What this app tells the others, in the same transaction and always by id."""

from dataclasses import dataclass


@dataclass(frozen=True)
class FeedbackSent:
    """Somebody told about a barrier on the site."""

    feedback_id: int


@dataclass(frozen=True)
class InstanceChanged:
    """What every page says of who runs the house changed."""
