"""What links, addresses, telephone numbers, times and prices look like in what people write.

Made for texts with Latin digits (``core.text.latin_digits``), which have the same length.
"""

import re

from miteinander.foundation.content.calendar_words import HALF_OF_DAY

_SPACE = "[ \u00a0\u202f]"
_DASH = r"[-–—]"

LINK = re.compile(r"(?i:(?<!\w)(?:https?://|www\.)[^\s<>\"'«»„“”]*[^\s<>\"'«»„“”.,;:!?)\]}…،؛؟])")
EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,63}){1,5}")
PHONE = re.compile(
    rf"(?<![\w.,:/+-])(?:\+|0)\d(?:{_SPACE}?(?:\(0\)|[/–-])?{_SPACE}?\d){{5,14}}(?!\d|[:.,]\d|%)"
)
DATE = re.compile(
    r"(?<![\d.,:/-])(?:(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?!\d|-)"
    r"|(?P<day2>\d{1,2})(?P<dot>[./])\s?(?P<month2>\d{1,2})(?P=dot)"
    r"(?:\s?(?P<year2>\d{4}|\d{2})(?!\d|[:.]\d))?(?!\d))"
)
TIME = re.compile(
    rf"(?<![\d.,:])(?P<hour>\d{{1,2}})(?:(?P<sep>[:.])(?P<minute>\d{{2}}))?(?!\d|[.,:]\d)"
    rf"(?:\s?(?P<half>(?i:{HALF_OF_DAY})))?"
    rf"(?:{_SPACE}?(?P<word>Uhr\b|h\b|o['’]clock\b|час\w*|годин\w*))?"
)
TIME_RANGE = re.compile(rf"\d{{1,2}}[:.]\d{{2}}{_SPACE}?{_DASH}{_SPACE}?\d{{1,2}}[:.]\d{{2}}")
_EURO = r"(?:€|EUR\b|[Ee]uros?\b|евро|євро|یورو|يورو|أورو|avro)"
_AMOUNT = r"\d+(?:[.,]\d+)*(?:,[-–]+)?"
PRICE = re.compile(
    rf"(?<![\d.,:])(?:(?:€|EUR){_SPACE}?(?P<before>{_AMOUNT})|(?P<after>{_AMOUNT}){_SPACE}?{_EURO})"
)
