"""All indexed words of one database, kept in memory to look up spelling mistakes among them."""

from dataclasses import dataclass, field

from django.db import connection
from django.db.models import Count, Max
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from miteinander.foundation.content.models import SearchWord

LONGEST = 64
SHORTEST_INSIDE = 3  # shorter ones are looked for as whole words: "AG", "EU"
_ONE_TYPO_FROM = 4
_TWO_TYPOS_FROM = 6


@dataclass(frozen=True)
class Vocabulary:
    """The words and their keys, as one text for looking inside and by length for typos."""

    ids: dict[str, int]
    text: str = ""
    by_length: dict[int, list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, ids: dict[str, int]) -> "Vocabulary":
        """Arrange ``ids``, a map from word to key."""
        by_length: dict[int, list[str]] = {}
        for word in ids:
            by_length.setdefault(len(word), []).append(word)
        return cls(ids=ids, text="\n" + "\n".join(ids) + "\n", by_length=by_length)

    def holding(self, word: str) -> list[int]:
        """Return the keys of the words that contain ``word``; if it is short, are ``word``."""
        if len(word) < SHORTEST_INSIDE:
            return [self.ids[word]] if word in self.ids else []
        if word not in self.text:
            return []
        return [key for other, key in self.ids.items() if word in other]

    def spelled_like(self, word: str) -> list[int]:
        """Return the keys of the words that differ from ``word`` by few enough typos.

        None for short words and for words with digits: another number is another number.
        """
        typos = allowed_typos(word)
        if not typos:
            return []
        near = [
            other
            for length in range(len(word) - typos, len(word) + typos + 1)
            for other in self.by_length.get(length, ())
        ]
        hits = process.extract(
            word, near, scorer=DamerauLevenshtein.distance, score_cutoff=typos, limit=None
        )
        return sorted(self.ids[other] for other, _distance, _position in hits)


def allowed_typos(word: str) -> int:
    """Return how many typos ``word`` may hold: one from 4 letters on, two from 6."""
    if len(word) < _ONE_TYPO_FROM or any(char.isdigit() for char in word):
        return 0
    return 2 if len(word) >= _TWO_TYPOS_FROM else 1


_Key = tuple[str, int, int]
_kept: dict[str, tuple[_Key, Vocabulary]] = {}


def current() -> Vocabulary:
    """Return the words as they stand, loaded again only when some came or went.

    Inside a transaction nothing is kept: what it wrote may yet be taken back.
    """
    row = SearchWord.objects.aggregate(count=Count("pk"), newest=Max("pk"))
    database = str(connection.settings_dict["NAME"])
    key = (database, row["count"], row["newest"] or 0)
    kept = _kept.get(database)
    if kept and kept[0] == key and not connection.in_atomic_block:
        return kept[1]
    loaded = Vocabulary.of(dict(SearchWord.objects.order_by("pk").values_list("word", "pk")))
    if not connection.in_atomic_block:
        _kept[database] = (key, loaded)
    return loaded
