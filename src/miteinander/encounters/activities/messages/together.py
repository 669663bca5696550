"""Organisations that invite together, and people who help."""

from dataclasses import dataclass


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
