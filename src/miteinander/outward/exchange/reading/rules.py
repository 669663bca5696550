"""Checks rules of repetition on their letters, before anything is worked out from them."""

from math import prod

from miteinander.outward.exchange.reading.blocks import Entry
from miteinander.outward.exchange.reading.limits import Refused

_SLOW_ENOUGH = {b"DAILY", b"WEEKLY", b"MONTHLY", b"YEARLY"}
_WITHIN_A_DAY = (b"BYHOUR", b"BYMINUTE", b"BYSECOND")
_OTHER_CALENDARS = {b"RSCALE", b"SKIP"}  # RFC 7529: lunar years and the like
_MOST_RULES = 4
_MOST_A_DAY = 4


def check_rules(entry: Entry) -> None:
    """Refuse what repeats more often than people meet, and what calendars gave up long ago.

    Raises:
        Refused: with code ``too_often`` or ``strange_rule``.
    """
    rules = entry.values(b"RRULE")
    if len(rules) > _MOST_RULES or entry.values(b"EXRULE"):
        raise Refused("strange_rule")
    for rule in rules:
        parts = _parts(rule)
        frequency = parts.get(b"FREQ", b"")
        if frequency in {b"SECONDLY", b"MINUTELY", b"HOURLY"}:
            raise Refused("too_often")
        if frequency not in _SLOW_ENOUGH or _OTHER_CALENDARS & parts.keys():
            raise Refused("strange_rule")
        if prod(parts.get(name, b"").count(b",") + 1 for name in _WITHIN_A_DAY) > _MOST_A_DAY:
            raise Refused("too_often")


def is_plain_zone(lines: list[bytes]) -> bool:
    """Tell whether the rules of a time zone are the harmless kind: once a year."""
    rules = [line for line in lines if line.upper().startswith(b"RRULE")]
    return all(_parts(rule.partition(b":")[2]).get(b"FREQ") == b"YEARLY" for rule in rules)


def _parts(rule: bytes) -> dict[bytes, bytes]:
    pairs = (part.partition(b"=") for part in rule.upper().split(b";"))
    return {name.strip(): value.strip() for name, _equals, value in pairs}
