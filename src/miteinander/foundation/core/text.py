"""Folding of text for comparison and search, and cleaning of what people type."""

import re
import unicodedata

_LETTERS = str.maketrans(
    {
        "ي": "ی", "ى": "ی", "ئ": "ی", "ك": "ک", "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا",
        "ة": "ه", "ۀ": "ه", "ؤ": "و", "ـ": None, "\u200c": None, "\u200d": None,
        "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "ё": "е",
        "ґ": "г",
    }
)  # fmt: skip
_UMLAUTS = str.maketrans({"ä": "a", "ö": "o", "ü": "u"})
_SPELLED_UMLAUTS = re.compile(r"(?<![aeäq])(ae|oe|ue)")
_DIGITS = {ord(char): str(value) for chars in ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹") for value, char in enumerate(chars)}
_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_CONTROLS = re.compile("[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufeff\ufff9-\ufffb]")
_BIDI_OVERRIDES = re.compile("[\u202a-\u202e\u2066-\u2069]")


def latin_digits(value: str) -> str:
    """Write Arabic-Indic and Persian digits as 0-9."""
    return value.translate(_DIGITS)


def fold(value: str) -> str:
    """Fold ``value`` so that spellings people mix up become equal.

    Case, accents and harakat, Arabic and Persian letter forms, tatweel, ZWNJ, ß and umlauts
    (also written ae, oe, ue), and the digits of all three scripts.
    """
    text = unicodedata.normalize("NFKC", latin_digits(value)).casefold()
    text = _SPELLED_UMLAUTS.sub(lambda match: match[0][0], text.translate(_UMLAUTS))
    text = unicodedata.normalize("NFD", text.translate(_LETTERS))
    return "".join(char for char in text if not unicodedata.combining(char)).translate(_LETTERS)


def words(value: str) -> list[str]:
    """Split folded ``value`` into its words, in order, with repeats."""
    return _WORD.findall(fold(value))


def one_line(value: str) -> str:
    """Clean a short text: no control characters or line breaks, single spaces, NFC."""
    text = _BIDI_OVERRIDES.sub("", _CONTROLS.sub("", unicodedata.normalize("NFC", value)))
    return re.sub(r"\s+", " ", text).strip()


def paragraphs(value: str) -> str:
    """Clean a longer text: line breaks stay, at most one empty line in a row, NFC."""
    text = unicodedata.normalize("NFC", value).replace("\r\n", "\n").replace("\r", "\n")
    text = _BIDI_OVERRIDES.sub("", _CONTROLS.sub("", text))
    return re.sub(r"\n{3,}", "\n\n", text).strip()
