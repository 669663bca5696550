"""The letters of iCalendar (RFC 5545 3.1): escaping, parameters and folding of content lines.

Our own, because the calendar library needs seconds for a feed of 2,000 dates. What is written
here is parsed back with the library in the tests.
"""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

TIME_ZONE = "Europe/Berlin"
_ZONE = ZoneInfo(TIME_ZONE)
_LINE_OCTETS = 75
_ESCAPES = str.maketrans(
    {
        "\\": "\\\\",
        ";": "\\;",
        ",": "\\,",
        "\n": "\\n",
        "\r": None,
        "\u2028": "\\n",
        "\u2029": "\\n",
    }
)
_PARAMETER_ESCAPES = str.maketrans({"^": "^^", '"': "^'", "\n": "^n", "\r": None})

# The rules in force since 1996; nothing older is ever written.
BERLIN = (
    "BEGIN:VTIMEZONE", "TZID:Europe/Berlin",
    "BEGIN:DAYLIGHT", "DTSTART:19960331T020000", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
    "TZNAME:CEST", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0200", "END:DAYLIGHT",
    "BEGIN:STANDARD", "DTSTART:19961027T030000", "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
    "TZNAME:CET", "TZOFFSETFROM:+0200", "TZOFFSETTO:+0100", "END:STANDARD",
    "END:VTIMEZONE",
)  # fmt: skip


def text(name: str, value: str, language: str = "") -> str:
    """Return a property of type TEXT, with its language where it is known."""
    parameter = f";LANGUAGE={language}" if language else ""
    return f"{name}{parameter}:{value.translate(_ESCAPES)}"


def uri(name: str, value: str, *parameters: str) -> str:
    """Return a property of type URI; such a value is not escaped, so it holds no line break."""
    return f"{';'.join((name, *parameters))}:{''.join(value.split())}"


def parameter(name: str, value: str) -> str:
    """Return a quoted parameter, its special letters written as RFC 6868 says."""
    return f'{name}="{value.translate(_PARAMETER_ESCAPES)}"'


def local_time(name: str, moment: datetime) -> str:
    """Return ``moment`` as wall time in the district."""
    return f"{name};TZID={TIME_ZONE}:{moment.astimezone(_ZONE):%Y%m%dT%H%M%S}"


def utc_time(name: str, moment: datetime) -> str:
    """Return ``moment`` in UTC, as stamps must be."""
    return f"{name}:{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def folded(line: str) -> bytes:
    """Return ``line`` with its CRLF, folded at 75 octets but never inside a character."""
    octets = line.encode()
    if len(octets) <= _LINE_OCTETS:
        return octets + b"\r\n"
    pieces = []
    start, room = 0, _LINE_OCTETS
    while len(octets) - start > room:
        end = start + room
        while octets[end] & 0xC0 == 0x80:  # noqa: PLR2004 (a byte inside a UTF-8 sequence)
            end -= 1
        pieces.append(octets[start:end])
        start, room = end, _LINE_OCTETS - 1
    pieces.append(octets[start:])
    return b"\r\n ".join(pieces) + b"\r\n"
