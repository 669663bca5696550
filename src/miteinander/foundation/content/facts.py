"""Facts in texts that a translation may not change: found, written alike, and compared.

Understood are links, e-mail addresses, telephone numbers, dates, times, prices and other numbers,
in Latin, Arabic-Indic and Persian digits and with the words of our interface languages. Where
one side is less explicit (``18 Uhr`` beside ``в 18``), the same digits count as the same fact.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from miteinander.foundation.content import patterns
from miteinander.foundation.content.calendar_words import is_afternoon, months, worded_date
from miteinander.foundation.core.text import fold, latin_digits

Kind = Literal["link", "email", "phone", "date", "time", "price", "number", "name"]
Side = Literal["original", "version"]
_LABELS: dict[Kind, Promise] = {
    "link": _("Link"),
    "email": _("E-mail address"),
    "phone": _("Telephone number"),
    "date": _("Date"),
    "time": _("Time"),
    "price": _("Price"),
    "number": _("Number"),
    "name": _("Name"),
}


@dataclass(frozen=True)
class Fact:
    """Something stated: ``norm`` is the same however it is written, ``value`` is as written."""

    kind: Kind
    norm: str
    value: str


@dataclass(frozen=True)
class Difference:
    """A fact that stands on one side only: ``original`` or ``version``."""

    part: str
    kind: Kind
    value: str
    side: Side

    @property
    def label(self) -> Promise:
        """What kind of fact this is, for the reader."""
        return _LABELS[self.kind]

    @property
    def is_missing(self) -> bool:
        """Whether the version lacks it, rather than adds it."""
        return self.side == "original"


def compare(
    original: Mapping[str, str], version: Mapping[str, str], names: Iterable[str] = ()
) -> list[Difference]:
    """List the facts in which ``version`` differs from ``original``, part by part.

    ``names`` must stand in the version as in the original. A part the version does not have is
    not compared: readers get the original's.
    """
    kept = [name for name in dict.fromkeys(names) if name.strip()]
    return [
        difference
        for part, text in version.items()
        if text.strip()
        for difference in _compare_part(part, original.get(part, ""), text, kept)
    ]


def _compare_part(part: str, original: str, version: str, names: list[str]) -> Iterator[Difference]:
    missing, added = _unmatched(facts_in(original), facts_in(version))
    for fact in missing:
        yield Difference(part, fact.kind, fact.value, "original")
    for fact in added:
        yield Difference(part, fact.kind, fact.value, "version")
    for name in names:
        if name in original and name not in version:
            yield Difference(part, "name", name, "original")


def _unmatched(original: list[Fact], version: list[Fact]) -> tuple[list[Fact], list[Fact]]:
    missing, added = _without_pairs(original, version, lambda fact: (fact.kind, fact.norm))
    return _without_pairs(missing, added, _digits)


def _without_pairs(
    left: list[Fact], right: list[Fact], key: Callable[[Fact], object]
) -> tuple[list[Fact], list[Fact]]:
    """Take away what stands on both sides, as often as it stands on both."""
    shared = Counter(map(key, left)) & Counter(map(key, right))
    return _beyond(left, shared, key), _beyond(right, shared, key)


def _beyond(
    facts: list[Fact], shared: Counter[object], key: Callable[[Fact], object]
) -> list[Fact]:
    left_over, rest = [], Counter(shared)
    for fact in facts:
        if rest[key(fact)]:
            rest[key(fact)] -= 1
        else:
            left_over.append(fact)
    return left_over


def _digits(fact: Fact) -> object:
    """Return what a time and a bare number have in common; all else stays apart."""
    if fact.kind == "time":
        return fact.norm.removesuffix(":00").lstrip("0") or "0"
    if fact.kind == "number":
        return fact.norm.replace(".", ":").removesuffix(":00")
    return fact


def facts_in(text: str) -> list[Fact]:
    """Find every fact in ``text``, each character in at most one of them."""
    rest = latin_digits(_without_marks(text))
    rest = rest.replace("٫", ".").replace("٬", ",")
    found: list[Fact] = []
    for finder in (_links, _emails, _phones, _prices, _dates, _times, _numbers):
        for start, end, fact in list(finder(rest)):
            found.append(fact)
            rest = rest[:start] + "\n" * (end - start) + rest[end:]
    return found


def _without_marks(text: str) -> str:
    """Take away invisible characters and harakat, which stand in the middle of words."""
    return "".join(
        char for char in text if unicodedata.category(char) != "Cf" and not _is_haraka(char)
    )


def _is_haraka(char: str) -> bool:
    return "\u064b" <= char <= "\u0652"


_Found = Iterator[tuple[int, int, Fact]]


def _links(text: str) -> _Found:
    for match in patterns.LINK.finditer(text):
        yield *match.span(), Fact("link", match[0], match[0])


def _emails(text: str) -> _Found:
    for match in patterns.EMAIL.finditer(text):
        yield *match.span(), Fact("email", match[0].casefold(), match[0])


def _phones(text: str) -> _Found:
    for match in patterns.PHONE.finditer(text):
        yield *match.span(), Fact("phone", plain_phone(match[0]), match[0])


def plain_phone(written: str) -> str:
    """Write a telephone number with its country and no spaces; ours is Germany."""
    digits = re.sub(r"\(0\)|[^\d+]", "", latin_digits(written))
    if digits.startswith("00"):
        return "+" + digits[2:]
    return "+49" + digits[1:] if digits.startswith("0") else digits


def _prices(text: str) -> _Found:
    for match in patterns.PRICE.finditer(text):
        amount = plain_number(re.sub(r",[-–]+$", "", match["before"] or match["after"]))
        whole, _point, rest = amount.partition(".")
        yield *match.span(), Fact("price", f"{whole}.{rest.ljust(2, '0')}", match[0])


def plain_number(written: str) -> str:
    """Write a number with a decimal point and no thousands separators or leading zeros."""
    if re.fullmatch(r"[1-9]\d{0,2}([.,])\d{3}(\1\d{3})*", written):
        return re.sub(r"[.,]", "", written)
    return written.replace(",", ".").lstrip("0") or "0"


def _dates(text: str) -> _Found:
    for match in patterns.DATE.finditer(text):
        year = match["year"] or match["year2"] or ""
        month = int(match["month"] or match["month2"])
        day = int(match["day"] or match["day2"])
        if fact := _date(day, month, year, match[0]):
            yield *match.span(), fact
    for match in worded_date().finditer(text):
        month = months()[fold((match["name"] or match["name2"]).strip("."))]
        day = int(re.sub(r"\D", "", match["day"] or match["day2"]))
        if fact := _date(day, month, match["year"] or match["year2"] or "", match[0]):
            yield *match.span(), fact


def _date(day: int, month: int, year: str, written: str) -> Fact | None:
    if not (1 <= day <= 31 and 1 <= month <= 12):  # noqa: PLR2004
        return None
    full = f"20{year}" if len(year) == 2 else year  # noqa: PLR2004
    return Fact("date", f"{full or 'any'}-{month:02}-{day:02}", written.strip())


def _times(text: str) -> _Found:
    for match in patterns.TIME.finditer(text):
        hour, minute, half = int(match["hour"]), int(match["minute"] or 0), match["half"]
        if not (match["sep"] == ":" or match["word"] or half):
            continue
        if half and hour <= 12:  # noqa: PLR2004
            hour = hour % 12 + (12 if is_afternoon(half) else 0)
        if hour <= 24 and minute <= 59:  # noqa: PLR2004
            yield *match.span(), Fact("time", f"{hour:02}:{minute:02}", match[0].strip())


def _numbers(text: str) -> _Found:
    for match in re.finditer(r"\d+(?:[.,]\d+)*", text):
        yield *match.span(), Fact("number", plain_number(match[0]), match[0])
