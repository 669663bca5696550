"""Occasions and their dates: published, changed, hidden."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class ActivityPublished:
    """An occasion became visible to the public."""

    activity_id: int


@dataclass(frozen=True)
class ApprovalRequested:
    """The first occasion of a new organisation waits for a coordinator."""

    activity_id: int


@dataclass(frozen=True)
class ActivityApproved:
    """A coordinator approved the first occasion of an organisation."""

    activity_id: int


@dataclass(frozen=True)
class ActivityAskedBack:
    """A coordinator has a question before approving; the occasion is a draft again."""

    activity_id: int


@dataclass(frozen=True)
class ActivityChanged:
    """Words or facts of a published occasion changed, but neither time nor place."""

    activity_id: int


@dataclass(frozen=True)
class ActivityHidden:
    """A coordinator hid an occasion, or showed it again."""

    activity_id: int


@dataclass(frozen=True)
class FormerDate:
    """When and where a date took place before it changed."""

    starts_at: datetime
    ends_at: datetime
    venue_id: int | None
    is_online: bool


@dataclass(frozen=True)
class DateChanged:
    """Time or place of a date changed; everybody signed up must learn of it.

    ``former`` is how it was before this change.
    """

    date_id: int
    sequence: int
    former: FormerDate | None = None


@dataclass(frozen=True)
class DateCancelled:
    """A date was called off."""

    date_id: int
    sequence: int
