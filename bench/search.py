"""Times the search over 20,000 objects against a look-up of exactly equal words.

Prints, for each kind of query, the median milliseconds of server time for the number of results
and the first twenty, and the ratio to the exact look-up. Fills the database of DATABASE_URL,
which should be an empty one of its own, or a temporary SQLite file.
Run: ``python bench/search.py [objects]``.
"""

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

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
    "beginning": "ba",
    "in most texts": "gemeinsam",
    "nothing": "quantenchromodynamik",
}


def prepare() -> None:
    """Set up Django on a database of its own."""
    os.environ.setdefault("SECRET_KEY", "bench-only-" + "x" * 40)
    if "DATABASE_URL" not in os.environ:
        os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="miteinander-bench-")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "miteinander.config.settings")
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
    import django  # noqa: PLC0415 (after the environment is set)

    django.setup()


def invented_text(random_words: random.Random) -> str:
    """Return the words of an invented occasion: about forty, some of them rare."""
    common = [
        random_words.choice(STEMS) + random_words.choice(ENDINGS) for _word in range(8)
    ] + random_words.choices(STEMS + ENDINGS, k=20)
    syllables = ["ba", "ru", "ti", "mo", "ke", "sa", "lin", "der", "for", "gu", "wei", "pla"]
    rare = ["".join(random_words.choices(syllables, k=4)) for _word in range(4)]
    return " ".join([*common, *rare, random_words.choice(PLACES), "gemeinsam"])


def fill(count: int) -> None:
    """Make ``count`` objects with their words, through the tables for speed."""
    from django.contrib.auth.models import Group  # noqa: PLC0415
    from django.contrib.contenttypes.models import ContentType  # noqa: PLC0415
    from django.db import connection, transaction  # noqa: PLC0415

    from miteinander.foundation.content.models import SearchPosting, SearchWord  # noqa: PLC0415
    from miteinander.foundation.core.text import index_words  # noqa: PLC0415

    random_words = random.Random(1)  # noqa: S311
    kind = ContentType.objects.get_for_model(Group)
    with transaction.atomic():
        SearchPosting.objects.filter(content_type=kind).delete()
        Group.objects.filter(name__startswith="bench ").delete()
        groups = Group.objects.bulk_create([Group(name=f"bench {n}") for n in range(count)])
        texts = {group.pk: index_words(invented_text(random_words)) for group in groups}
        SearchWord.objects.bulk_create(
            [SearchWord(word=word) for word in sorted(set().union(*texts.values()))],
            ignore_conflicts=True,
        )
        keys = dict(SearchWord.objects.values_list("word", "pk"))
        SearchPosting.objects.bulk_create(
            [
                SearchPosting(content_type=kind, object_id=pk, word_id=keys[word])
                for pk, found in texts.items()
                for word in sorted(found)
            ],
            batch_size=5000,
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


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
    prepare()
    from django.contrib.auth.models import Group  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    from miteinander.foundation.content.models import SearchPosting, SearchWord  # noqa: PLC0415
    from miteinander.foundation.content.queries import matching_ids  # noqa: PLC0415

    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    call_command("migrate", verbosity=0)
    fill(count)
    print(f"{connection.vendor}: {count} objects, {SearchWord.objects.count()} words, "
          f"{SearchPosting.objects.count()} postings")  # fmt: skip

    def page(query: str) -> tuple[int, list[Group]]:
        ids = matching_ids(Group, query)
        found = Group.objects.filter(pk__in=ids) if ids is not None else Group.objects.none()
        return found.count(), list(found.order_by("pk")[:20])

    def exact() -> tuple[int, list[Group]]:
        ids = SearchPosting.objects.filter(word__word="kochabend").values("object_id")
        found = Group.objects.filter(pk__in=ids)
        return found.count(), list(found.order_by("pk")[:20])

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
