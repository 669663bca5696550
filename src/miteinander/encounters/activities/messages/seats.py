"""Seats: asked for, taken, offered, given back, and what comes after a date."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class SeatTaken:
    """Somebody got a seat.

    ``participation`` is the row as it was just written, for handlers that would fetch it again.
    """

    participation_id: int
    participation: object = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class CourseTaken:
    """Somebody got seats on several dates of a course with one form; the first date is first."""

    participation_ids: tuple[int, ...]


@dataclass(frozen=True)
class SignedUpAgain:
    """A guest who has a seat, or waits for one, filled in another form for the same date."""

    participation_id: int


@dataclass(frozen=True)
class SeatGivenBack:
    """Somebody gave the seat back, or, where there was none yet, left the list."""

    participation_id: int
    had_seat: bool = True


@dataclass(frozen=True)
class SeatAskedFor:
    """Somebody waits: on the waiting list, for the organiser's answer, or for the draw."""

    participation_id: int


@dataclass(frozen=True)
class SeatOffered:
    """A free seat is kept for somebody who waited, until a deadline."""

    participation_id: int


@dataclass(frozen=True)
class OfferLapsed:
    """Somebody did not take an offered seat in time."""

    participation_id: int


@dataclass(frozen=True)
class SeatRefused:
    """The organiser said no to somebody who asked for a seat."""

    participation_id: int


@dataclass(frozen=True)
class PartyChanged:
    """Fewer people come along than before."""

    participation_id: int


@dataclass(frozen=True)
class DateDrawn:
    """The seats of a date were drawn; those without one are on the waiting list."""

    date_id: int


@dataclass(frozen=True)
class PresenceMarked:
    """The organiser marked who came."""

    participation_id: int


@dataclass(frozen=True)
class FeedbackWanted:
    """Somebody who came is asked how it was, once, on the evening after."""

    participation_id: int
