"""What this app tells the others, in the same transaction and always by id."""

from dataclasses import dataclass, field
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


@dataclass(frozen=True)
class CoHostAsked:
    """A second organisation was asked to invite to an occasion too."""

    co_host_id: int


@dataclass(frozen=True)
class CoHostAnswered:
    """The second organisation agreed or said no; its row tells which."""

    co_host_id: int


@dataclass(frozen=True)
class CoHostEnded:
    """Two organisations no longer invite together; ``by_host`` tells which of them ended it."""

    co_host_id: int
    by_host: bool


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


@dataclass(frozen=True)
class RidesChanged:
    """From where people offer or look for a ride to a date is different now."""

    date_id: int


@dataclass(frozen=True)
class RideAsked:
    """A driver and somebody who looks for a ride: one asked, the other has to answer."""

    match_id: int


@dataclass(frozen=True)
class RideAgreed:
    """Both agreed to ride together; each may know now how to reach the other."""

    match_id: int


@dataclass(frozen=True)
class RideDeclined:
    """It does not work out with one whom the owner of ``ride_id`` had asked."""

    ride_id: int
    match_id: int


@dataclass(frozen=True)
class RideEnded:
    """An agreed ride is off for the owner of ``ride_id``, who did not end it.

    ``reason`` is ``left`` (the other one cannot any more), ``moved`` (time or place of the date
    changed) or ``cancelled`` (the date does not take place there).
    """

    ride_id: int
    reason: str
    match_id: int


@dataclass(frozen=True)
class RoleOffered:
    """Somebody offered to help on a date; the organiser has to answer."""

    offer_id: int


@dataclass(frozen=True)
class RoleConfirmed:
    """The organiser said yes to somebody who offered to help."""

    offer_id: int


@dataclass(frozen=True)
class RoleDeclined:
    """The organiser said no to somebody who offered to help, or takes a yes back."""

    offer_id: int


@dataclass(frozen=True)
class RoleWithdrawn:
    """Somebody takes back the offer to help; ``had_role`` tells whether it was confirmed."""

    offer_id: int
    had_role: bool
