"""Cuts the raw octets of a calendar file into its entries, before any library sees them.

Only the properties an occasion needs are kept: attendees, organisers, alarms and attachments
are dropped here and go no further. The work is linear in the size of the file.
"""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass, field

from miteinander.outward.exchange.reading.limits import Limits, Refused

_KEPT = frozenset(
    b"UID DTSTART DTEND DURATION RRULE RDATE EXDATE EXRULE RECURRENCE-ID SEQUENCE STATUS CLASS "
    b"SUMMARY DESCRIPTION LOCATION URL LAST-MODIFIED".split()
)
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass
class Entry:
    """The kept lines of one VEVENT, unfolded."""

    lines: list[bytes] = field(default_factory=list)
    has_long_line: bool = False
    is_complete: bool = False

    def values(self, name: bytes) -> list[bytes]:
        """Return what stands after the colon of each line called ``name``."""
        return [value_of(line) for line in self.lines if name_of(line) == name]

    def value(self, name: bytes) -> bytes:
        """Return the first value of ``name``, or nothing."""
        return next(iter(self.values(name)), b"")


@dataclass
class Blocks:
    """A calendar file in pieces."""

    entries: list[Entry] = field(default_factory=list)
    zones: list[list[bytes]] = field(default_factory=list)
    default_zone: bytes = b""
    name: bytes = b""


def name_of(line: bytes) -> bytes:
    """Return the name of a property in capitals."""
    return line.partition(b":")[0].partition(b";")[0].strip().upper()


def value_of(line: bytes) -> bytes:
    """Return the value of a property: what follows the first colon outside quotes."""
    quoted = False
    for position, letter in enumerate(line):
        if letter == ord('"'):
            quoted = not quoted
        elif letter == ord(":") and not quoted:
            return line[position + 1 :].strip()
    return b""


def cut(octets: bytes, limits: Limits) -> Blocks:
    """Return the entries of a file.

    Raises:
        Refused: it is too big, too deep, holds too many entries, or is no calendar.
    """
    if len(octets) > limits.octets:
        raise Refused("too_big")
    cutter = _Cutter(limits)
    for line, longest in _unfolded(_as_utf8(octets)):
        cutter.take(line, is_long=max(longest, len(line)) > limits.line)
    if not cutter.saw_calendar:
        raise Refused("not_a_calendar")
    if not cutter.blocks.entries:
        raise Refused("no_entries")
    return cutter.blocks


def _as_utf8(octets: bytes) -> bytes:
    """Old programs write UTF-16 or Windows letters; everything else is as it should be."""
    if octets.startswith(_UTF16):
        return octets.decode("utf-16", errors="replace").encode()
    octets = octets.removeprefix(codecs.BOM_UTF8)
    try:
        octets.decode()
    except UnicodeDecodeError:
        unfolded = octets.replace(b"\r\n ", b"").replace(b"\n ", b"")
        try:
            unfolded.decode()
        except UnicodeDecodeError:
            return octets.decode("cp1252", errors="replace").encode()
    return octets


def _unfolded(octets: bytes) -> Iterator[tuple[bytes, int]]:
    """Yield each content line in one piece, with the length of its longest physical line."""
    pieces: list[bytes] = []
    for line in octets.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n"):
        if line[:1] in {b" ", b"\t"} and pieces:
            pieces.append(line[1:])
            continue
        if pieces:
            yield b"".join(pieces), max(map(len, pieces))
        pieces = [line] if line.strip() else []
    if pieces:
        yield b"".join(pieces), max(map(len, pieces))


class _Cutter:
    """Follows BEGIN and END, forgiving a missing END, and collects what is wanted."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.blocks = Blocks()
        self.open: list[bytes] = []
        self.saw_calendar = False

    def take(self, line: bytes, *, is_long: bool) -> None:
        name = name_of(line)
        if name == b"BEGIN":
            self._begin(value_of(line).upper())
        if b"VTIMEZONE" in self.open:
            if not is_long:
                self.blocks.zones[-1].append(line)
        elif self.open[-1:] == [b"VEVENT"]:
            self._property(name, line, is_long=is_long)
        elif not is_long:
            self._of_calendar(name, line)
        if name == b"END":
            self._end(value_of(line).upper())

    def _begin(self, component: bytes) -> None:
        if component == b"VEVENT" and b"VEVENT" in self.open:
            self._close(b"VEVENT")
        self.open.append(component)
        if len(self.open) > self.limits.nesting:
            raise Refused("too_deep")
        self.saw_calendar = self.saw_calendar or component == b"VCALENDAR"
        if component == b"VTIMEZONE":
            self.blocks.zones.append([])
        elif component == b"VEVENT":
            self.blocks.entries.append(Entry())
            if len(self.blocks.entries) > self.limits.events:
                raise Refused("too_many_entries")

    def _of_calendar(self, name: bytes, line: bytes) -> None:
        if name == b"X-WR-TIMEZONE":
            self.blocks.default_zone = line
        elif name in {b"NAME", b"X-WR-CALNAME"} and not self.blocks.name:
            self.blocks.name = value_of(line)

    def _property(self, name: bytes, line: bytes, *, is_long: bool) -> None:
        entry = self.blocks.entries[-1]
        if name in _KEPT:
            entry.has_long_line = entry.has_long_line or is_long
            entry.lines.append(line[: self.limits.line])

    def _end(self, component: bytes) -> None:
        if component not in self.open:
            return
        if component == b"VEVENT":
            self.blocks.entries[-1].is_complete = True
        self._close(component)

    def _close(self, component: bytes) -> None:
        while self.open and self.open.pop() != component:
            pass
