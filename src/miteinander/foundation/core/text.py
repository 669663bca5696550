"""Folding of text for comparison and search, and cleaning of what people type."""

import re
import unicodedata

_LETTERS = str.maketrans(
    {
        "ي": "ی", "ى": "ی", "ئ": "ی", "ك": "ک", "ڪ": "ک", "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا",
        "ة": "ه", "ۀ": "ه", "ہ": "ه", "ھ": "ه", "ۃ": "ه", "ۂ": "ه", "ؤ": "و", "ـ": None,
        "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ı": "i",
        "ё": "е", "ґ": "г", "’": "'", "‘": "'", "ʼ": "'", "ʻ": "'", "´": "'", "`": "'",
    }
)  # fmt: skip
_SPELLED_UMLAUTS = re.compile(r"([aou])e+")
_APOSTROPHES = re.compile(r"(?<=\w)'(?=\w)")
_HYPHENS = re.compile(r"(?<=\w)[-‐‑](?=\w)")
_DIGITS = {
    ord(char): str(value)
    for zero in ("٠", "۰")
    for value, char in enumerate(chr(ord(zero) + step) for step in range(10))
}
_WORD = re.compile(r"[^\W_]+")
_CONTROLS = re.compile(
    "[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_BIDI_OVERRIDES = re.compile("[\u202a-\u202e\u2066-\u2069]")
_LINE_BREAKS = re.compile("\r\n|[\r\v\f\u0085\u2028\u2029]")


def latin_digits(value: str) -> str:
    """Write Arabic-Indic and Persian digits as 0-9."""
    return value.translate(_DIGITS)


def fold(value: str) -> str:
    """Fold ``value`` so that spellings people mix up become equal.

    Case, accents and harakat, Arabic and Persian letter forms, tatweel, invisible characters such
    as ZWNJ, apostrophes inside words, ß and umlauts (also written ae, oe, ue), and the digits of
    all three scripts. Folding what is folded changes nothing.
    """
    return _SPELLED_UMLAUTS.sub(r"\1", _folded_letters(value))


def words(value: str) -> list[str]:
    """Split folded ``value`` into its words, in order, with repeats."""
    return _WORD.findall(fold(value))


def index_words(value: str) -> set[str]:
    """Return every folded word under which ``value`` should be found.

    Beside its words those joined by a hyphen as one (``Sprach-Café``: also ``sprachcafe``), and
    where ae, oe, ue were taken for umlauts also the word as it stands (``Pizzaessen``).
    """
    letters = _folded_letters(value)
    spellings = (letters, _HYPHENS.sub("", letters))
    return {
        word
        for spelling in spellings
        for form in (spelling, _SPELLED_UMLAUTS.sub(r"\1", spelling))
        for word in _WORD.findall(form)
    }


def _folded_letters(value: str) -> str:
    text = value
    for _round in range(2):
        text = unicodedata.normalize("NFKC", latin_digits(text)).casefold().translate(_LETTERS)
        text = "".join(
            char
            for char in unicodedata.normalize("NFD", text)
            if not unicodedata.combining(char) and unicodedata.category(char) != "Cf"
        ).translate(_LETTERS)
    return _APOSTROPHES.sub("", text)


def one_line(value: str) -> str:
    """Clean a short text: no control characters or line breaks, single spaces, NFC."""
    text = _BIDI_OVERRIDES.sub("", _CONTROLS.sub("", unicodedata.normalize("NFC", value)))
    return " ".join(text.split())


def paragraphs(value: str) -> str:
    """Clean a longer text: line breaks stay, at most one empty line in a row, NFC."""
    text = _LINE_BREAKS.sub("\n", unicodedata.normalize("NFC", value))
    text = _BIDI_OVERRIDES.sub("", _CONTROLS.sub("", text))
    text = "\n".join(line.rstrip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", text).strip()
