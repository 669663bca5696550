"""Date polls."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PollAnswered:
    """A guest said which dates suit them; the private link to change that is theirs.

    ``is_again`` tells that somebody filled in another form with a contact that had answered:
    nothing changed, because whoever typed it has proven nothing.
    """

    answer_id: int
    is_again: bool = False


@dataclass(frozen=True)
class PollGuestsWanted:
    """An organiser asks people who came before (``whom``: ``PollGuests``) which date suits."""

    poll_id: int
    whom: str


@dataclass(frozen=True)
class PollClosed:
    """The time for answers to a date poll is over; with no answer at all it has ended empty."""

    poll_id: int


@dataclass(frozen=True)
class PollDecided:
    """A proposed date became a public one; everybody who answered is told."""

    poll_id: int


@dataclass(frozen=True)
class PollStopped:
    """A date poll ended without a date although it may have answers; who answered is told."""

    poll_id: int
