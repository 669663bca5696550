from collections.abc import Callable, Sequence
from threading import Barrier, Thread

import pytest
from django.contrib.auth.models import Group
from django.db import connection

from miteinander.foundation.content import services
from miteinander.foundation.content.enums import VersionState
from miteinander.foundation.content.models import SearchPosting, SearchWord, Version
from miteinander.foundation.content.tests.factories import make_item, original

pytestmark = [
    pytest.mark.concurrency,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("database_for_threads"),
]


def together(calls: Sequence[Callable[[], object]]) -> list[Exception]:
    """Run ``calls`` at the same moment, each on its own connection, and return what failed."""
    start, failures = Barrier(len(calls)), list[Exception]()

    def run(call: Callable[[], object]) -> None:
        start.wait()
        try:
            call()
        except Exception as failure:  # noqa: BLE001 (each is reported)
            failures.append(failure)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failures


def indexer(item: Group, text: str) -> Callable[[], None]:
    return lambda: services.index(item=item, texts=[text])


def writer(item: Group, text: str) -> Callable[[], Version]:
    return lambda: original(item, title=text)


def test_many_objects_with_the_same_new_words_are_indexed_at_once() -> None:
    items = [make_item(f"item {number}") for number in range(8)]
    text = " ".join(f"neu{number}" for number in range(50))
    assert together([indexer(item, text) for item in items]) == []
    assert SearchWord.objects.count() == 50
    assert SearchPosting.objects.count() == 50 * 8


def test_one_object_indexed_at_once_ends_with_the_words_of_one_text() -> None:
    item = make_item()
    texts = ["alpha beta", "beta gamma", "gamma delta", "delta alpha"]
    assert together([indexer(item, text) for text in texts]) == []
    found = set(SearchPosting.objects.values_list("word__word", flat=True))
    assert found in [set(text.split()) for text in texts]


def test_words_are_forgotten_while_others_start_to_use_them() -> None:
    items = [make_item(f"item {number}") for number in range(6)]
    for _round in range(5):
        SearchPosting.objects.all().delete()
        calls = [indexer(item, "alpha beta gamma") for item in items[:5]]
        assert together([*calls, services.forget_unused_words]) == []
        assert SearchPosting.objects.count() == 15
        assert set(SearchWord.objects.values_list("word", flat=True)) == {"alpha", "beta", "gamma"}


def test_an_item_has_one_original_whoever_writes_first() -> None:
    item = make_item()
    calls = [writer(item, f"Text {'abcdef'[number]}") for number in range(6)]
    assert together(calls) == []
    assert Version.objects.get().state == VersionState.ORIGINAL
