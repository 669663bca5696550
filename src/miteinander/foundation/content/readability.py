"""How hard a German text is to read: a nudge while writing, never a verdict.

The first Wiener Sachtextformel of Bamberger and Vanecek (Lesen - Verstehen - Lernen - Schreiben,
Wien: Jugend und Volk, 1984, p. 83 f.) gives about the school year in which a factual text is
understood, from 4 (very easy) to 15 (very hard):

    0.1935 MS + 0.1672 SL + 0.1297 IW - 0.0327 ES - 0.875

MS, IW and ES are the percentages of words with three or more syllables, with more than six
letters, and with one syllable; SL is the mean number of words in a sentence.
"""

import re
from dataclasses import dataclass

_SENTENCE_END = re.compile(r"[.!?:;…]+(?=\s|$)|\n+")
_ABBREVIATION = re.compile(
    r"\b(?:z\. ?B|d\. ?h|u\. ?a|bzw|ca|Dr|Prof|Str|Nr|Tel|evtl|inkl|usw|etc)\.(?=\s+\S)"
)
_ORDINAL = re.compile(r"(?<=\d)\.(?=\s)")
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_VOWELS = re.compile(r"[aeiouyäöüáàéèêíóú]+")
_ONE_SOUND = re.compile(r"eie|aie|eue|äue|aue|ie|ei|ai|ey|ay|au|eu|äu|aa|ee|oo|ou|oi|oy")
_TWO_SOUNDS = {"eie", "aie", "eue", "äue", "aue"}
_MANY_SYLLABLES = 3
_LONG_WORD = 6


@dataclass(frozen=True)
class Readability:
    """What can be counted in a text."""

    word_count: int
    sentence_count: int
    grade: float

    @property
    def words_per_sentence(self) -> float:
        """Mean number of words in a sentence, 0 for no text."""
        return self.word_count / self.sentence_count if self.sentence_count else 0.0

    @property
    def is_hard(self) -> bool:
        """Whether somebody with some German will probably struggle: grade over 8 or 15 words."""
        return self.grade > 8 or self.words_per_sentence > 15  # noqa: PLR2004


def readability(text: str) -> Readability:
    """Measure a German ``text``; without words everything is 0."""
    words = _WORD.findall(text)
    if not words:
        return Readability(0, 0, 0.0)
    sentences = sum(1 for part in _sentences(text) if _WORD.search(part))
    syllable_counts = [syllables(word) for word in words]
    share = 100 / len(words)
    grade = (
        0.1935 * share * sum(count >= _MANY_SYLLABLES for count in syllable_counts)
        + 0.1672 * len(words) / sentences
        + 0.1297 * share * sum(len(word) > _LONG_WORD for word in words)
        - 0.0327 * share * sum(count == 1 for count in syllable_counts)
        - 0.875
    )
    return Readability(len(words), sentences, round(grade, 1))


def syllables(word: str) -> int:
    """Count the syllables of a German word by its groups of vowels; at least one."""
    lowered = word.lower().replace("qu", "q")
    return max(1, sum(_sounds(group) for group in _VOWELS.findall(lowered)))


def _sounds(group: str) -> int:
    """Count the vowels in a row that are spoken apart: one in ``ei``, two in ``eue`` and ``io``."""
    count = 0
    while group:
        match = _ONE_SOUND.match(group)
        count += 2 if match and match[0] in _TWO_SOUNDS else 1
        group = group[match.end() if match else 1 :]
    return count


def _sentences(text: str) -> list[str]:
    return _SENTENCE_END.split(_ORDINAL.sub("", _ABBREVIATION.sub(" ", text)))
