"""How much of a calendar file is read. An operator may change the figures in the settings."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """What a file may ask of us; times in seconds, sizes in octets."""

    octets: int = 1_000_000
    events: int = 500
    dates: int = 400
    days: int = 400
    line: int = 10_240
    nesting: int = 4
    seconds: float = 5
    event_seconds: float = 1
    memory: int = 256 * 1024 * 1024


class Refused(Exception):
    """A file, or one entry of it, is not taken; ``code`` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
