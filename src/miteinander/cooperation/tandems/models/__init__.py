"""The tables of this app."""

from miteinander.cooperation.tandems.models.contact import CheckIn, SafetyReport, TandemWords
from miteinander.cooperation.tandems.models.seeker import Apart, Seeker
from miteinander.cooperation.tandems.models.tandem import (
    MatchingRun,
    Tandem,
    TandemCount,
    TandemMember,
)

__all__ = [
    "Apart",
    "CheckIn",
    "MatchingRun",
    "SafetyReport",
    "Seeker",
    "Tandem",
    "TandemCount",
    "TandemMember",
    "TandemWords",
]
