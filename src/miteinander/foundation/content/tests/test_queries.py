import pytest
from django.contrib.auth.models import Group
from pytest_django import DjangoAssertNumQueries

from miteinander.foundation.content import queries, services, vocabulary
from miteinander.foundation.content.enums import VersionState
from miteinander.foundation.content.models import SearchWord, Version
from miteinander.foundation.content.queries import matching_ids, original_of, read
from miteinander.foundation.content.tests.factories import leaflet, make_item, original, version

pytestmark = pytest.mark.django_db

HUMAN, MACHINE = VersionState.HUMAN, VersionState.MACHINE


def test_readers_get_their_language() -> None:
    item = make_item()
    original(item, title="Kochen")
    version(item, "ar", HUMAN, title="طبخ")
    reading = read(leaflet(item), "ar")
    assert (reading.part("title"), reading.language, reading.direction) == ("طبخ", "ar", "rtl")
    assert reading.is_wanted
    assert not reading.is_original
    assert reading.languages == ("de", "ar")


def test_plain_german_falls_back_to_german_before_the_original() -> None:
    item = make_item()
    original(item, language="en", title="Cooking")
    assert read(leaflet(item), "de-simple").language == "en"
    version(item, "de", HUMAN, title="Kochen")
    reading = read(leaflet(item), "de-simple")
    assert (reading.language, reading.is_wanted) == ("de", False)
    version(item, "de-simple", HUMAN, title="Wir kochen")
    assert read(leaflet(item), "de-simple").is_wanted


def test_a_missing_language_shows_the_original() -> None:
    item = make_item()
    original(item, title="Kochen")
    version(item, "en", HUMAN, title="Cooking")
    reading = read(leaflet(item), "ar")
    assert (reading.language, reading.is_original, reading.is_wanted) == ("de", True, False)


def test_the_original_can_be_asked_for() -> None:
    item = make_item()
    original(item, title="Kochen")
    version(item, "en", HUMAN, title="Cooking")
    assert read(leaflet(item), "en", original=True).part("title") == "Kochen"


def test_states_are_told() -> None:
    item = make_item()
    original(item, title="Kochen")
    version(item, "en", MACHINE, title="Cooking")
    assert read(leaflet(item), "en").is_machine
    original(item, title="Backen")
    assert read(leaflet(item), "en").is_outdated


def test_texts_a_version_lacks_come_from_the_original_in_its_language() -> None:
    item = make_item()
    original(item, title="Kochen", way_there="Bus")
    version(item, "en", HUMAN, title="Cooking")
    reading = read(leaflet(item), "en")
    assert (reading.part("way_there"), reading.language_of("way_there")) == ("Bus", "de")
    assert reading.language_of("title") == "en"
    assert reading.part("unheard_of") == ""


def test_an_item_without_texts_reads_as_empty() -> None:
    item = make_item()
    reading = read(leaflet(item), "ar")
    assert (reading.parts, reading.language, reading.languages) == ({}, "ar", ())
    assert original_of(item) is None


def test_versions_without_an_original_are_still_shown() -> None:
    item = make_item()
    original(item, title="Kochen")
    Version.objects.update(state=VersionState.OUTDATED)
    assert read(leaflet(item), "en").part("title") == "Kochen"


TEXTS = {
    "kitchen": "Gemeinsam kochen im Bürgerhaus Köln, Straße 12",
    "garden": "Gärtnern für Kinder · Garten der Großeltern",
    "cafe": "Sprach-Café am Königsplatz, Pizzaessen, 18 Uhr",
    "arabic": "المكتبة الكبيرة، أهلاً وسهلاً، قهوة ٢٠٢٦",
    "persian": "کتابخانه می‌خواهم چای",
    "ukrainian": "П’ять хвилин, їжа та чай",
    "turkish": "Kassel'de İstanbul çayı",
}


@pytest.fixture
def items() -> None:
    for name, text in TEXTS.items():
        services.index(item=make_item(name), texts=[text])


def found(query: str) -> set[str]:
    ids = matching_ids(Group, query)
    assert ids is not None
    return set(Group.objects.filter(pk__in=ids).values_list("name", flat=True))


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("kochen", {"kitchen"}),
        ("KOCHEN", {"kitchen"}),
        ("koeln", {"kitchen"}),
        ("koln", {"kitchen"}),
        ("strasse", {"kitchen"}),
        ("koch", {"kitchen"}),
        ("haus", {"kitchen"}),
        ("kochen köln", {"kitchen"}),
        ("köln kochen bürger", {"kitchen"}),
        ("kochen garten", set()),
        ("kohcen", {"kitchen"}),
        ("bürgrhasu", {"kitchen"}),
        ("brügahasu", set()),
        ("gartn", {"garden"}),
        ("kin", {"garden"}),
        ("kn", set()),
        ("ki", set()),
        ("sprachcafe", {"cafe"}),
        ("sprach café", {"cafe"}),
        ("essen", {"cafe"}),
        ("pizzaessen", {"cafe"}),
        ("18", {"cafe"}),
        ("19", set()),
        ("2062", set()),
        ("2026", {"arabic"}),
        ("۲۰۲۶", {"arabic"}),
        ("مكتبه", {"arabic"}),
        ("مکتبة", {"arabic"}),
        ("اهلا", {"arabic"}),
        ("قـهـوة", {"arabic"}),
        ("كتابخانه", {"persian"}),
        ("میخواهم", {"persian"}),
        ("کتابخنه", {"persian"}),
        ("п'ять", {"ukrainian"}),
        ("пять", {"ukrainian"}),
        ("іжа", {"ukrainian"}),
        ("istanbul", {"turkish"}),
        ("kassel", {"turkish"}),
        ("cayi", {"turkish"}),
    ],
)
@pytest.mark.usefixtures("items")
def test_search_finds_what_is_meant(query: str, names: set[str]) -> None:
    assert found(query) == names


@pytest.mark.usefixtures("items")
def test_letters_inside_a_word_are_looked_for_before_typos() -> None:
    services.index(item=make_item("exact"), texts=["kohcen"])
    assert found("kohcen") == {"exact"}


@pytest.mark.parametrize(
    ("query", "names"),
    [("koch", {"kitchen"}), ("hen", {"kitchen"}), ("en", set())],
)
@pytest.mark.usefixtures("items")
def test_words_too_many_to_list_are_found_all_the_same(
    query: str, names: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = found(query)
    monkeypatch.setattr(queries, "_MOST_KEYS", 0)
    assert found(query) == expected == names


@pytest.mark.parametrize("query", ["", "  ", "?!", "_"])
def test_a_query_without_words_asks_nothing(query: str) -> None:
    assert matching_ids(Group, query) is None


@pytest.mark.usefixtures("items")
def test_other_models_are_not_found() -> None:
    ids = matching_ids(SearchWord, "kochen")
    assert ids is not None
    assert list(ids) == []


@pytest.mark.parametrize("query", ["x" * 10_000, "a " * 10_000, "\x00kochen\u202e", "%", "_ko%"])
@pytest.mark.usefixtures("items")
def test_odd_queries_do_no_harm(query: str) -> None:
    ids = matching_ids(Group, query)
    assert ids is None or len(list(ids)) <= 7


@pytest.mark.parametrize("count", [1, 5])
def test_search_takes_the_same_number_of_queries(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        services.index(item=make_item(f"item {number}"), texts=["gemeinsam kochen"])
    make_item("warm the cache of content types")
    matching_ids(Group, "x")
    with django_assert_num_queries(3):  # state of the index, its words, the search
        assert len(found("gemeinsam kochen")) == count


def test_typos_are_counted_by_the_length_of_the_word() -> None:
    assert [vocabulary.allowed_typos(word) for word in ("abc", "abcd", "abcdef", "abc123")] == [
        0, 1, 2, 0,
    ]  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_the_words_are_kept_in_memory_until_they_change(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    services.index(item=make_item(), texts=["alpha"])
    first = vocabulary.current()
    with django_assert_num_queries(1):
        assert vocabulary.current() is first
    services.index(item=make_item("other"), texts=["beta"])
    assert set(vocabulary.current().ids) == {"alpha", "beta"}
