"""What this app tells the others, in the same transaction and always by id."""

from dataclasses import dataclass


@dataclass(frozen=True)
class AddressProven:
    """A person proved an e-mail address by code; ``is_first`` when that made the account."""

    person_id: int
    is_first: bool


@dataclass(frozen=True)
class AddressChanged:
    """A person goes over to another e-mail address; the row still knows the one it leaves."""

    person_id: int


@dataclass(frozen=True)
class SessionsEnded:
    """Devices were signed out, by whoever it was; never said of sessions that ran out."""

    session_keys: tuple[str, ...]


@dataclass(frozen=True)
class PersonDisabled:
    """A person's account was switched off; nobody can count on the person meanwhile."""

    person_id: int


@dataclass(frozen=True)
class PersonErased:
    """A person's row was emptied; other apps must forget what they know of the person."""

    person_id: int
