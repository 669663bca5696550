"""Starts the worker that reads a calendar file, and kills it when its time is up."""

import json
import os
import signal
import subprocess
import sys
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from miteinander.outward.exchange.reading.limits import Limits

# The seconds of ``Limits`` are seconds of work; a machine busy with others gets this much longer.
_PATIENCE = 3


@dataclass(frozen=True)
class FoundDate:
    """One date of an occasion; ``key`` tells it from its siblings when the file comes again."""

    key: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class FoundEvent:
    """An occasion in a calendar file, with the dates to come. Texts are as they stood there."""

    uid: str
    title: str
    description: str
    location: str
    url: str
    language: str
    is_cancelled: bool
    dates: tuple[FoundDate, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class RefusedEvent:
    """An entry that cannot be taken; ``code`` says why."""

    uid: str
    title: str
    start: str
    code: str


@dataclass(frozen=True)
class CalendarContents:
    """What a file holds; with an ``error`` the file as a whole was not read."""

    found: list[FoundEvent] = field(default_factory=list)
    refused: list[RefusedEvent] = field(default_factory=list)
    error: str = ""
    name: str = ""


def read_safely(octets: bytes, *, now: datetime, limits: Limits) -> CalendarContents:
    """Return what a calendar file holds; hostile files end in an error, never in an exception."""
    if len(octets) > limits.octets:
        return CalendarContents(error="too_big")
    orders = json.dumps({"now": now.isoformat(), "limits": asdict(limits)})
    command = [sys.executable, "-P", "-m", "miteinander.outward.exchange.reading.process", orders]
    try:
        answer = subprocess.run(  # noqa: S603 (our own module; the file comes by standard input)
            command,
            input=octets,
            capture_output=True,
            timeout=limits.seconds * _PATIENCE,
            check=False,
            env={"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
    except subprocess.TimeoutExpired:
        return CalendarContents(error="too_slow")
    if answer.returncode in {-signal.SIGXCPU, -signal.SIGKILL}:
        return CalendarContents(error="too_slow")
    if answer.returncode:
        return CalendarContents(error="too_much")
    return contents_of(json.loads(answer.stdout))


def contents_of(told: dict[str, Any]) -> CalendarContents:
    """Give what the worker said its types."""
    return CalendarContents(
        found=[_event(event) for event in told["found"]],
        refused=[RefusedEvent(**entry) for entry in told["refused"]],
        error=told["error"],
        name=told["name"],
    )


def _event(told: dict[str, Any]) -> FoundEvent:
    dates = tuple(
        FoundDate(key, datetime.fromisoformat(start), datetime.fromisoformat(end))
        for key, start, end in told["dates"]
    )
    return FoundEvent(**{**told, "dates": dates, "notes": tuple(told["notes"])})
