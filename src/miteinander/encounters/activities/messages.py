"""What this app tells the others, in the same transaction and always by id."""

from dataclasses import dataclass, field


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
class DateChanged:
    """Time or place of a date changed; everybody signed up must learn of it."""

    date_id: int
    sequence: int


@dataclass(frozen=True)
class DateCancelled:
    """A date was called off."""

    date_id: int
    sequence: int


@dataclass(frozen=True)
class SeatTaken:
    """Somebody got a seat.

    ``participation`` is the row as it was just written, for handlers that would fetch it again.
    """

    participation_id: int
    participation: object = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class SeatGivenBack:
    """Somebody gave the seat back."""

    participation_id: int


@dataclass(frozen=True)
class PresenceMarked:
    """The organiser marked who came."""

    participation_id: int
