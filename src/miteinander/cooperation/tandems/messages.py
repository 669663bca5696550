"""What this app tells the others, in the same transaction and always by id."""

from dataclasses import dataclass


@dataclass(frozen=True)
class SeekerWaits:
    """Somebody has answered the questions and waits for a talk with a coordinator."""

    seeker_id: int


@dataclass(frozen=True)
class MatchingStarted:
    """A coordinator began a matching, which is to be calculated."""

    run_id: int


@dataclass(frozen=True)
class TandemProposed:
    """The members of a tandem are asked whether they want to meet."""

    tandem_id: int


@dataclass(frozen=True)
class TandemAgreed:
    """Everybody said yes."""

    tandem_id: int


@dataclass(frozen=True)
class TandemOff:
    """A tandem is over: lapsed, refused, ended or stopped. ``by_member`` knows it already."""

    tandem_id: int
    by_member: int = 0


@dataclass(frozen=True)
class FirstDateChanged:
    """Another time was proposed, or (``is_fixed``) everybody said yes to it."""

    tandem_id: int
    turn: int
    by_member: int
    is_fixed: bool = False


@dataclass(frozen=True)
class FirstDateSoon:
    """A first date everybody has said yes to is within a day."""

    tandem_id: int


@dataclass(frozen=True)
class TandemWrote:
    """Words were passed on to the others of a tandem."""

    words_id: int


@dataclass(frozen=True)
class CheckInAsked:
    """A member is asked how it goes."""

    check_id: int


@dataclass(frozen=True)
class HelpWanted:
    """Somebody is stuck or wants to be called (``check_id``), or feels unsafe (``report_id``)."""

    check_id: int = 0
    report_id: int = 0


@dataclass(frozen=True)
class TandemThanked:
    """A member thanks the others."""

    member_id: int
