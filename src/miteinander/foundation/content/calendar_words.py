"""Names of months and halves of the day in our interface languages, for finding dates and times."""

import re
from functools import cache

from babel import Locale

from miteinander.foundation.core.text import fold

_LOCALES = ("de", "en", "ar", "ar_SY", "fa", "uk", "ru", "tr")
_SHORTEST = 3
_AFTERNOON = {"pm", "p.m", "p.m.", "مساء", "ظهرا", "عصر", "بعدازظهر", "вечера", "вечора"}
_MORNING = {"am", "a.m", "a.m.", "صباحا", "صبح", "утра", "ранку"}

HALF_OF_DAY = "|".join(
    rf"{re.escape(word)}(?!\w)" for word in sorted(_AFTERNOON | _MORNING, key=len, reverse=True)
)


def is_afternoon(word: str) -> bool:
    """Tell whether ``word``, one that HALF_OF_DAY matches, adds twelve hours."""
    return word.lower() in _AFTERNOON


@cache
def months() -> dict[str, int]:
    """Map the folded names of the months, long and short, to their numbers."""
    return {fold(name): number for name, number in _month_names()}


@cache
def worded_date() -> re.Pattern[str]:
    """Return the pattern of dates with the month as a word, before or after the day."""
    names = sorted({name for name, _number in _month_names()}, key=len, reverse=True)
    name = "(?i:" + "|".join(re.escape(each) for each in names) + r")(?!\w)\.?"
    day = r"\d{1,2}(?!\d)(?:\.|st\b|nd\b|rd\b|th\b)?"
    return re.compile(
        rf"(?<![\w.,:])(?P<day>{day})\s?(?:of\s)?(?P<name>{name})(?:,?\s?(?P<year>\d{{4}})(?!\d))?"
        rf"|(?<!\w)(?P<name2>{name})\s(?P<day2>{day})(?![:.,]\d)(?:,?\s?(?P<year2>\d{{4}})(?!\d))?"
    )


def _month_names() -> list[tuple[str, int]]:
    found = []
    for code in _LOCALES:
        months_of = Locale.parse(code).months
        for use in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in months_of[use][width].items():
                    found.append((name.strip("."), number))
    return [(name, number) for name, number in found if len(name) >= _SHORTEST]
