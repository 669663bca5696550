from typing import Any

import pytest
from django.core.exceptions import ValidationError
from pytest_django import DjangoAssertNumQueries

from miteinander.foundation.audit.models import AuditEntry
from miteinander.foundation.content import jobs, services
from miteinander.foundation.content.enums import VersionState
from miteinander.foundation.content.hashes import fingerprint
from miteinander.foundation.content.models import SearchPosting, SearchWord, Version
from miteinander.foundation.content.queries import versions_of
from miteinander.foundation.content.tests.factories import ACTOR, make_item, original, version

pytestmark = pytest.mark.django_db

HUMAN, MACHINE = VersionState.HUMAN, VersionState.MACHINE
ORIGINAL, OUTDATED = VersionState.ORIGINAL, VersionState.OUTDATED


def states(item: Any) -> dict[str, str]:
    return dict(versions_of(item).values_list("language", "state"))


def everything() -> list[dict[str, Any]]:
    fields = ("pk", "language", "state", "parts", "source_hash", "changed_at")
    return list(Version.objects.order_by("pk").values(*fields))


def indexed(item: Any) -> set[str]:
    postings = SearchPosting.objects.filter(object_id=item.pk)
    return set(postings.values_list("word__word", flat=True))


def test_an_original_is_stored_with_its_fingerprint_and_noted() -> None:
    item = make_item()
    row = original(item, title="Kochen", summary="")
    assert (row.language, row.state, row.parts) == ("de", ORIGINAL, {"title": "Kochen"})
    assert row.source_hash == fingerprint({"title": "Kochen"})
    entry = AuditEntry.objects.get(verb="content.write")
    assert entry.details == {"language": "de", "state": "original"}


def test_characters_no_database_keeps_are_taken_out() -> None:
    row = original(make_item(), title="Ko\x00chen\ud800")
    assert Version.objects.get(pk=row.pk).parts == {"title": "Kochen"}


def test_changing_the_original_makes_other_versions_outdated() -> None:
    item = make_item()
    original(item, title="Kochen")
    version(item, "en", HUMAN, title="Cooking")
    version(item, "ar", MACHINE, title="طبخ")
    original(item, title="Backen")
    assert states(item) == {"de": ORIGINAL, "en": OUTDATED, "ar": OUTDATED}


def test_a_version_written_again_is_no_longer_outdated() -> None:
    item = make_item()
    original(item, title="Kochen")
    version(item, "en", HUMAN, title="Cooking")
    original(item, title="Backen")
    row = version(item, "en", HUMAN, title="Baking")
    assert states(item) == {"de": ORIGINAL, "en": HUMAN}
    assert row.source_hash == fingerprint({"title": "Backen"})


def test_the_same_original_again_changes_nothing() -> None:
    item = make_item()
    original(item, title="Kochen")
    version(item, "en", HUMAN, title="Cooking")
    before = everything()
    original(item, title="Kochen\r\n")
    assert everything() == before
    assert AuditEntry.objects.count() == 2


def test_the_same_version_again_changes_nothing() -> None:
    item = make_item()
    original(item, title="Kochen")
    version(item, "en", HUMAN, title="Cooking")
    before = everything()
    version(item, "en", HUMAN, title="Cooking")
    assert everything() == before


def test_an_original_in_another_language_takes_the_place_of_the_former() -> None:
    item = make_item()
    original(item, title="Kochen")
    version(item, "en", HUMAN, title="Cooking")
    original(item, language="en", title="Cooking together")
    assert states(item) == {"de": OUTDATED, "en": ORIGINAL}


def test_a_version_needs_an_original() -> None:
    with pytest.raises(ValidationError) as refusal:
        version(make_item(), "en", HUMAN, title="Cooking")
    assert refusal.value.code == "no_original"
    assert everything() == []


def test_a_version_cannot_replace_the_original() -> None:
    item = make_item()
    original(item, title="Kochen")
    before = everything()
    with pytest.raises(ValidationError) as refusal:
        version(item, "de", HUMAN, title="Backen")
    assert refusal.value.code == "is_original"
    assert everything() == before


@pytest.mark.parametrize("state", [ORIGINAL, OUTDATED])
def test_a_version_is_human_or_machine(state: VersionState) -> None:
    item = make_item()
    original(item, title="Kochen")
    before = everything()
    with pytest.raises(ValidationError) as refusal:
        version(item, "en", state, title="Cooking")
    assert refusal.value.code == "state"
    assert everything() == before


def test_a_machine_does_not_write_over_what_a_person_checked() -> None:
    item = make_item()
    original(item, title="Kochen")
    version(item, "en", HUMAN, title="Cooking")
    before = everything()
    with pytest.raises(ValidationError) as refusal:
        version(item, "en", MACHINE, title="To cook")
    assert refusal.value.code == "checked_already"
    assert everything() == before


def test_a_machine_may_write_over_what_is_outdated() -> None:
    item = make_item()
    original(item, title="Kochen")
    version(item, "en", HUMAN, title="Cooking")
    original(item, title="Backen")
    version(item, "en", MACHINE, title="Baking")
    assert states(item)["en"] == MACHINE


def test_unknown_languages_are_refused() -> None:
    item = make_item()
    with pytest.raises(ValidationError) as refusal:
        original(item, language="xx", title="?")
    assert refusal.value.code == "language"
    assert everything() == []


def test_too_long_texts_are_refused() -> None:
    with pytest.raises(ValidationError) as refusal:
        original(make_item(), text="x" * 10_001)
    assert refusal.value.code == "too_long"
    assert everything() == []


def test_other_facts_are_refused_until_confirmed() -> None:
    item = make_item()
    original(item, text="Beginn 18:00 Uhr")
    before = everything()
    with pytest.raises(services.FactsDiffer) as refusal:
        version(item, "en", HUMAN, text="Starts at 19:00")
    assert {(d.side, d.value) for d in refusal.value.differences} == {
        ("original", "18:00 Uhr"),
        ("version", "19:00"),
    }
    assert everything() == before
    services.write_version(
        actor=ACTOR,
        item=item,
        language="en",
        parts={"text": "Starts at 19:00"},
        state=HUMAN,
        differences_confirmed=True,
    )
    assert states(item)["en"] == HUMAN


def test_names_must_stay_as_they_are() -> None:
    item = make_item()
    original(item, text="Komm ins Haus Fulda")
    with pytest.raises(services.FactsDiffer):
        services.write_version(
            actor=ACTOR,
            item=item,
            language="en",
            parts={"text": "Come to Fulda House"},
            state=HUMAN,
            names=["Haus Fulda"],
        )
    assert "en" not in states(item)


def test_a_version_can_be_dropped_and_is_noted() -> None:
    item = make_item()
    original(item, title="Kochen")
    version(item, "en", HUMAN, title="Cooking")
    services.drop_version(actor=ACTOR, item=item, language="en")
    services.drop_version(actor=ACTOR, item=item, language="en")
    assert states(item) == {"de": ORIGINAL}
    assert AuditEntry.objects.get(verb="content.drop_version").details == {"language": "en"}


def test_the_original_cannot_be_dropped() -> None:
    item = make_item()
    original(item, title="Kochen")
    with pytest.raises(ValidationError) as refusal:
        services.drop_version(actor=ACTOR, item=item, language="de")
    assert refusal.value.code == "is_original"
    assert states(item) == {"de": ORIGINAL}


def test_an_item_is_indexed_by_its_folded_words() -> None:
    item = make_item()
    services.index(item=item, texts=["Größe Köln", "Sprach-Café"])
    assert indexed(item) == {"grosse", "koln", "sprach", "cafe", "sprachcafe"}


def test_indexing_again_writes_only_what_changed() -> None:
    item = make_item()
    services.index(item=item, texts=["alpha beta"])
    kept = SearchPosting.objects.get(word__word="beta").pk
    services.index(item=item, texts=["beta gamma"])
    assert indexed(item) == {"beta", "gamma"}
    assert SearchPosting.objects.get(word__word="beta").pk == kept


def test_indexing_the_same_twice_writes_nothing(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    item = make_item()
    services.index(item=item, texts=["alpha beta"])
    with django_assert_num_queries(4):  # savepoint, lock, words, release
        services.index(item=item, texts=["alpha beta"])


@pytest.mark.parametrize("count", [1, 200])
def test_indexing_takes_few_queries(
    count: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    text = " ".join(f"wort{number}" for number in range(count))
    with django_assert_max_num_queries(14):
        services.index(item=make_item(), texts=[text])


def test_very_long_words_are_cut() -> None:
    item = make_item()
    services.index(item=item, texts=["x" * 10_000])
    assert indexed(item) == {"x" * 64}


def test_an_item_without_texts_is_not_found_and_its_words_are_forgotten() -> None:
    item, other = make_item(), make_item("other")
    services.index(item=item, texts=["alpha beta"])
    services.index(item=other, texts=["beta"])
    services.index(item=item, texts=[])
    assert indexed(item) == set()
    assert services.forget_unused_words() == 1
    assert services.forget_unused_words() == 0
    assert set(SearchWord.objects.values_list("word", flat=True)) == {"beta"}


def test_the_daily_job_forgets_every_unused_word() -> None:
    services.index(item=make_item(), texts=["alpha"])
    SearchWord.objects.bulk_create(SearchWord(word=f"wort{number}") for number in range(600))
    jobs.forget_unused_words.call()
    assert set(SearchWord.objects.values_list("word", flat=True)) == {"alpha"}
