"""Times the search over 20,000 coming dates against a look-up of one exactly equal word.

Prints, for each kind of query, the median milliseconds of server time for the number of results
and the first twenty with all that a card shows, and the ratio to the exact look-up. Fills the
database of DATABASE_URL, which should be an empty one of its own, or a temporary SQLite file.
Run: ``python bench/search.py [dates]``.
"""

import os
import random
import statistics
import sys
import time
from collections.abc import Callable

import stage

LIMIT_MS = 50
ROUNDS = 21
STEMS = [
    "koch", "garten", "sprach", "musik", "kinder", "frauen", "sport", "lauf", "strick", "lese",
    "spiel", "tanz", "rad", "wander", "back", "foto", "näh", "bastel", "film", "museum",
    "heimat", "chor", "theater", "computer", "umwelt", "reparatur", "nachbar", "familien",
]  # fmt: skip
ENDINGS = [
    "abend", "treff", "cafe", "kurs", "gruppe", "stunde", "fest", "markt", "runde", "werkstatt",
    "nachmittag", "tag", "fahrt", "raum",
]  # fmt: skip
PLACES = [
    "baunatal", "kaufungen", "lohfelden", "hofgeismar", "wolfhagen", "zierenberg", "vellmar",
]  # fmt: skip
QUERIES = {
    "one word": "kochabend",
    "inside a word": "cafe",
    "two words": "garten kaufungen",
    "three words": "musik fest vellmar",
    "two typos": "kcohabned",
    "two words with typos": "strcikcafe hofgiesmar",
    "inside many words": "bak",
    "short word": "ag",
    "in most texts": "gemeinsam",
    "nothing": "quantenchromodynamik",
}


def invented_text(random_words: random.Random) -> str:
    """Return the words of an invented occasion: about forty, some of them rare."""
    common = [
        random_words.choice(STEMS) + random_words.choice(ENDINGS) for _word in range(8)
    ] + random_words.choices(STEMS + ENDINGS, k=20)
    syllables = ["ba", "ru", "ti", "mo", "ke", "sa", "lin", "der", "for", "gu", "wei", "pla"]
    rare = ["".join(random_words.choices(syllables, k=4)) for _word in range(4)]
    return " ".join([*common, *rare, random_words.choice(PLACES), "gemeinsam"])


def fill(count: int) -> None:
    """Write ``count`` coming dates of as many occasions, each with words of its own."""
    from django.contrib.contenttypes.models import ContentType  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415
    from seed import seed  # noqa: PLC0415

    from miteinander.encounters.activities.models import Activity  # noqa: PLC0415
    from miteinander.foundation.content.models import SearchPosting, SearchWord  # noqa: PLC0415
    from miteinander.foundation.core.text import index_words  # noqa: PLC0415

    seed(dates=count, dates_of_one=1)
    random_words = random.Random(1)  # noqa: S311
    kind = ContentType.objects.get_for_model(Activity)
    activities = Activity.objects.values_list("pk", flat=True)
    texts = {pk: index_words(invented_text(random_words)) for pk in activities}
    everything = sorted(set().union(*texts.values()))
    SearchWord.objects.bulk_create([SearchWord(word=word) for word in everything])
    keys = dict(SearchWord.objects.values_list("word", "pk"))
    postings = [
        SearchPosting(content_type=kind, object_id=pk, word_id=keys[word])
        for pk, found in texts.items()
        for word in sorted(found)
    ]
    SearchPosting.objects.bulk_create(postings, batch_size=5000)
    with connection.cursor() as cursor:  # as the database does by itself some minutes later
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def median_ms(call: Callable[[], object]) -> float:
    """Return the median time of ``call`` in milliseconds, after one call to warm up."""
    call()
    times = []
    for _round in range(ROUNDS):
        start = time.perf_counter()
        call()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def main() -> int:
    """Fill, measure, print; the exit code tells whether every query kept the limit."""
    stage.prepare(os.environ.get("DATABASE_URL", ""))
    from django.db import connection  # noqa: PLC0415
    from django.db.models import QuerySet  # noqa: PLC0415

    from miteinander.encounters.activities.models import ActivityDate  # noqa: PLC0415
    from miteinander.encounters.activities.queries.criteria import Criteria  # noqa: PLC0415
    from miteinander.encounters.activities.queries.public import (  # noqa: PLC0415
        dates_with_keys,
        upcoming_dates,
    )
    from miteinander.foundation.content.models import SearchPosting, SearchWord  # noqa: PLC0415
    from miteinander.foundation.core import clock  # noqa: PLC0415
    from miteinander.foundation.core.permissions import SystemActor  # noqa: PLC0415

    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    fill(count)
    print(f"{connection.vendor}: {count} dates, {SearchWord.objects.count()} words, "
          f"{SearchPosting.objects.count()} postings")  # fmt: skip

    def first_page(found: QuerySet[ActivityDate]) -> tuple[int, list[ActivityDate]]:
        keys = list(found.values_list("pk", flat=True))
        return len(keys), list(dates_with_keys(keys[:20]))

    def page(query: str) -> tuple[int, list[ActivityDate]]:
        criteria = Criteria(words=query)
        found = upcoming_dates(actor=SystemActor("bench"), now=clock.now(), criteria=criteria)
        return first_page(found)

    def exact() -> tuple[int, list[ActivityDate]]:
        ids = SearchPosting.objects.filter(word__word="kochabend").values("object_id")
        found = upcoming_dates(actor=SystemActor("bench"), now=clock.now()).filter(activity__in=ids)
        return first_page(found)

    base, slowest = median_ms(exact), 0.0
    print(f"{'exact look-up':24}{base:8.2f} ms  ratio 1.0")
    for label, query in QUERIES.items():
        taken = median_ms(lambda query=query: page(query))  # type: ignore[misc]
        slowest = max(slowest, taken)
        print(f"{label:24}{taken:8.2f} ms  ratio {taken / base:.1f}")
    verdict = "met" if slowest <= LIMIT_MS else "MISSED"
    print(f"slowest {slowest:.1f} ms, limit {LIMIT_MS} ms: {verdict}")
    return int(slowest > LIMIT_MS)


if __name__ == "__main__":
    sys.exit(main())
