"""The worker that reads one calendar file: octets come in, JSON goes out.

Started by ``runner`` as a process of its own, which limits its memory before it reads a single
octet. A slow or broken entry costs only itself; what works too long altogether is killed by the
system, and from outside when the machine has no time for it.
"""

import json
import math
import resource
import signal
import sys
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from hashlib import sha256
from types import FrameType
from typing import Any

import icalendar
from icalendar.timezone import tzp

from miteinander.outward.exchange.reading.blocks import Blocks, Entry, cut
from miteinander.outward.exchange.reading.limits import Limits, Refused
from miteinander.outward.exchange.reading.rules import is_plain_zone
from miteinander.outward.exchange.reading.series import Found, read_series

_SHARE_FOR_EVENTS = 0.7
_NEXT_RING = 0.1
_LONGEST_UID = 200
_MOST_ZONES = 40


class _TooSlow(BaseException):
    """The alarm rang. No library may take this for one of its own errors."""


def read_calendar(octets: bytes, now: datetime, limits: Limits) -> dict[str, Any]:
    """Return ``name``, ``found`` and ``refused``; ``error`` when the file is not read at all."""
    try:
        blocks = cut(octets, limits)
    except Refused as refusal:
        return {"error": refusal.code, "name": "", "found": [], "refused": []}
    found: list[Found] = []
    refused: list[dict[str, str]] = []
    latest = time.process_time() + limits.seconds * _SHARE_FOR_EVENTS
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        _learn_zones(blocks, limits)
        for uid, entries in _by_uid(blocks, refused).items():
            try:
                if time.process_time() > latest:
                    raise Refused("too_slow")  # noqa: TRY301 (handled with the other reasons)
                with _alarm(limits.event_seconds):
                    found += read_series(uid, entries, blocks.default_zone, now, limits)
            except Refused as refusal:
                refused.append(_refusal(entries[0], refusal.code))
            except _TooSlow:
                refused.append(_refusal(entries[0], "too_slow"))
            except MemoryError:
                refused.append(_refusal(entries[0], "too_much"))
            except Exception:  # noqa: BLE001 (libraries raise anything at hostile input)
                refused.append(_refusal(entries[0], "unreadable"))
    name = blocks.name.decode(errors="replace")[:_LONGEST_UID]
    told = [asdict(event) for event in found]
    return {"error": "", "name": name, "found": told, "refused": refused}


def _learn_zones(blocks: Blocks, limits: Limits) -> None:
    """Let the library keep the file's own time zones; a broken one is as good as unknown."""
    tzp.use_default()
    for zone in blocks.zones[:_MOST_ZONES]:
        lines = [b"BEGIN:VCALENDAR", *zone, b"END:VCALENDAR", b""]
        if is_plain_zone(zone):
            try:
                with _alarm(limits.event_seconds / 4):
                    icalendar.Calendar.from_ical(b"\r\n".join(lines))
            except (_TooSlow, Exception):  # noqa: BLE001, S112 (see above)
                continue


def _by_uid(blocks: Blocks, refused: list[dict[str, str]]) -> dict[str, list[Entry]]:
    """Bring the entries of a series together; of two main entries the later version counts."""
    series: dict[str, list[Entry]] = {}
    mains: dict[str, int] = {}
    for entry in blocks.entries:
        uid = _uid(entry)
        together = series.setdefault(uid, [])
        if entry.value(b"RECURRENCE-ID"):
            together.append(entry)
        elif uid not in mains:
            mains[uid] = _sequence(entry)
            together.insert(0, entry)
        else:
            older = entry if _sequence(entry) < mains[uid] else together[0]
            if older is not entry:
                mains[uid], together[0] = _sequence(entry), entry
            if not _tells_the_same(older, together[0]):
                refused.append(_refusal(older, "same_uid"))
    return series


def _tells_the_same(older: Entry, newer: Entry) -> bool:
    return all(older.value(name) == newer.value(name) for name in (b"SUMMARY", b"DTSTART"))


def _uid(entry: Entry) -> str:
    """Return the name of a series; one without a name is known by its title and start."""
    uid = entry.value(b"UID").decode(errors="replace")
    if not uid:
        told = entry.value(b"SUMMARY") + b"|" + entry.value(b"DTSTART")
        return f"unnamed-{sha256(told).hexdigest()}"
    if len(uid) > _LONGEST_UID or not uid.isprintable():
        return f"long-{sha256(uid.encode()).hexdigest()}"
    return uid


def _sequence(entry: Entry) -> int:
    value = entry.value(b"SEQUENCE")[:9]
    return int(value) if value.isdigit() else 0


def _refusal(entry: Entry, code: str) -> dict[str, str]:
    title = entry.value(b"SUMMARY").decode(errors="replace").replace("\\n", " ")
    for letter in "\\,", "\\;", "\\\\":
        title = title.replace(letter, letter[1])
    return {
        "uid": _uid(entry),
        "title": title[:120],
        "start": entry.value(b"DTSTART").decode(errors="replace")[:20],
        "code": code,
    }


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    """Ring after ``seconds`` of work, and again should somebody have swallowed the first ring."""
    signal.setitimer(signal.ITIMER_PROF, seconds, _NEXT_RING)
    try:
        yield
    finally:
        try:
            signal.setitimer(signal.ITIMER_PROF, 0)
        except _TooSlow:  # it rang on the last step
            signal.setitimer(signal.ITIMER_PROF, 0)


def _ring(_signal: int, _frame: FrameType | None) -> None:
    raise _TooSlow


def listen() -> None:
    """Let the alarm interrupt an entry that takes too long."""
    signal.signal(signal.SIGPROF, _ring)


def main() -> None:
    """Read a calendar from standard input and write what it holds."""
    orders = json.loads(sys.argv[1])
    limits = Limits(**orders["limits"])
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    latest = math.ceil(time.process_time() + limits.seconds)
    resource.setrlimit(resource.RLIMIT_CPU, (latest, latest))
    listen()
    octets = sys.stdin.buffer.read(limits.octets + 1)
    result = read_calendar(octets, datetime.fromisoformat(orders["now"]), limits)
    json.dump(result, sys.stdout)


if __name__ == "__main__":
    main()
