"""Who is to be brought together: facts only, no name."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Party:
    """One person, or a family that counts as one.

    ``side`` is "local", "newcomer" or "" (not said). ``wants`` and ``gives`` are keys of things to
    do, ``speaks`` and ``practises`` codes of languages, ``ways`` how to meet ("person" is the one
    that takes a way to go). ``hours`` has one bit for each part of a week. ``place`` is latitude
    and longitude in degrees. ``gender`` is "woman", "man", "other" or "" (not said) and
    ``gender_wish`` "women", "men" or "" (no matter). ``apart`` holds keys never to be met again.
    """

    key: int
    side: str = ""
    same_side_is_fine: bool = False
    wants: frozenset[str] = frozenset()
    gives: frozenset[str] = frozenset()
    speaks: frozenset[str] = frozenset()
    practises: frozenset[str] = frozenset()
    hours: int = 0
    ways: frozenset[str] = frozenset()
    place: tuple[float, float] | None = None
    reach_km: float = 0.0
    gender: str = ""
    gender_wish: str = ""
    age: int | None = None
    age_from: int | None = None
    age_to: int | None = None
    is_family: bool = False
    families_are_fine: bool = True
    wants_bridge: bool = False
    wants_group: bool = False
    days_waiting: int = 0
    apart: frozenset[int] = frozenset()
