"""Codes people show or scan at the door. Each is signed with a salt of its own and names nobody."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from miteinander.encounters.activities.models import Participation

SEPARATOR = "."
HOLDS = timedelta(minutes=2)
CHANGES_EVERY = timedelta(seconds=30)
AHEAD = timedelta(seconds=30)  # clocks of several servers differ a little


class CodeForged(Exception):
    """The code was never given out by this place, or changed by a letter."""


class CodeChanged(Exception):
    """The code in the room is another one by now."""


def _seat_signer(seat: Participation) -> Signer:
    """Sign with the secret of the seat in the salt: once it is forgotten, so is the code."""
    return Signer(salt=f"activities.check_in.{seat.token}", sep=SEPARATOR)


def check_in_code(seat: Participation) -> str:
    """Return the code somebody with a seat shows at the door."""
    return _seat_signer(seat).sign(str(seat.pk))


def check_in_address(seat: Participation) -> str:
    """Return the address of that code, without a language: the reader's own is taken."""
    return settings.SITE_URL + reverse("check_in_address", args=[check_in_code(seat)])


def read_check_in(code: str) -> Participation:
    """Return the seat behind a code.

    Raises:
        CodeForged: the signature does not fit, or there is no such seat any more.
    """
    key = code.partition(SEPARATOR)[0]
    if not (key.isascii() and key.isdigit() and len(key) <= 12):  # noqa: PLR2004
        raise CodeForged
    seat = Participation.objects.select_related("person").filter(pk=int(key)).first()
    if seat is None:
        raise CodeForged
    try:
        _seat_signer(seat).unsign(code)
    except BadSignature:
        raise CodeForged from None
    return seat


def _room_signer() -> Signer:
    return Signer(salt="activities.room_code", sep=SEPARATOR)


def room_code(date_id: int, now: datetime) -> str:
    """Return the code the room shows at ``now``."""
    return _room_signer().sign(f"{date_id}-{int(now.timestamp())}")


def room_address(date_id: int, now: datetime) -> str:
    """Return the address of that code, without a language: the reader's own is taken."""
    return settings.SITE_URL + reverse("room_address", args=[room_code(date_id, now)])


def read_room_code(code: str, now: datetime) -> int:
    """Return the key of the date whose room showed ``code`` within the last two minutes.

    Raises:
        CodeForged: the signature does not fit.
        CodeChanged: it was shown longer ago.
    """
    try:
        date_id, _dash, moment = _room_signer().unsign(code).partition("-")
    except BadSignature:
        raise CodeForged from None
    age = now.timestamp() - int(moment)
    if not -AHEAD.total_seconds() <= age <= HOLDS.total_seconds():
        raise CodeChanged
    return int(date_id)
