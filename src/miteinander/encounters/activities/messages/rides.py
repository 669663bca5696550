"""Rides."""

from dataclasses import dataclass


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
