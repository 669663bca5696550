import pytest
from hypothesis import given
from hypothesis import strategies as st

from miteinander.foundation.content.facts import Difference, compare, facts_in


def kinds(text: str) -> list[tuple[str, str]]:
    return [(fact.kind, fact.norm) for fact in facts_in(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("um 18:00", ("time", "18:00")),
        ("um 18.00 Uhr", ("time", "18:00")),
        ("um 18 Uhr", ("time", "18:00")),
        ("at 6 pm", ("time", "18:00")),
        ("at 6:30 p.m.", ("time", "18:30")),
        ("at 12 am", ("time", "00:00")),
        ("الساعة ٦ مساءً", ("time", "18:00")),
        ("الساعة ٩:٣٠ صباحًا", ("time", "09:30")),
        ("ساعت ۱۸:۰۰", ("time", "18:00")),
        ("о 18 годині", ("time", "18:00")),
        ("am 3.12.2026", ("date", "2026-12-03")),
        ("am 03.12.26", ("date", "2026-12-03")),
        ("am 3. 12.", ("date", "any-12-03")),
        ("2026-12-03", ("date", "2026-12-03")),
        ("am 3. Dezember 2026", ("date", "2026-12-03")),
        ("on 3rd of December 2026", ("date", "2026-12-03")),
        ("on December 3, 2026", ("date", "2026-12-03")),
        ("٣ ديسمبر ٢٠٢٦", ("date", "2026-12-03")),
        ("٣ كانون الأول ٢٠٢٦", ("date", "2026-12-03")),
        ("۳ دسامبر ۲۰۲۶", ("date", "2026-12-03")),
        ("3 грудня 2026", ("date", "2026-12-03")),
        ("3 декабря 2026", ("date", "2026-12-03")),
        ("3 Aralık 2026", ("date", "2026-12-03")),
        ("12 €", ("price", "12.00")),
        ("12,- €", ("price", "12.00")),
        ("€12.50", ("price", "12.50")),
        ("12,50 Euro", ("price", "12.50")),
        ("۱۲٫۵۰ یورو", ("price", "12.50")),
        ("12 євро", ("price", "12.00")),
        ("12 avro", ("price", "12.00")),
        ("0561 123456", ("phone", "+49561123456")),
        ("0561/12 34-56", ("phone", "+49561123456")),
        ("+49 561 123456", ("phone", "+49561123456")),
        ("+49 (0)561 123456", ("phone", "+49561123456")),
        ("0049 561 123456", ("phone", "+49561123456")),
        ("٠٥٦١ ١٢٣٤٥٦", ("phone", "+49561123456")),
        ("Haus.Fulda@Example.org", ("email", "haus.fulda@example.org")),
        ("(https://example.org/a?b=1).", ("link", "https://example.org/a?b=1")),
        ("siehe www.example.org!", ("link", "www.example.org")),
        ("1.000 Leute", ("number", "1000")),
        ("34117 Kassel", ("number", "34117")),
        ("2,5 km", ("number", "2.5")),
    ],
)
def test_a_fact_is_the_same_however_it_is_written(text: str, expected: tuple[str, str]) -> None:
    assert kinds(text) == [expected]


@pytest.mark.parametrize(
    ("original", "version"),
    [
        ("Beginn 18 Uhr, 12 € am 3. Dezember", "Starts at 6 pm, €12.00 on December 3"),
        ("18.00–20.00 Uhr", "18:00–20:00"),
        ("18–20 Uhr", "من ١٨ إلى ٢٠"),
        ("um 18 Uhr", "в 18"),
        ("für 6 Personen ab 16 Jahren", "برای ۶ نفر از ۱۶ سال"),
        ("Ruf an: 0561 123456", "Call: \u2066+49 561 123456\u2069"),
    ],
)
def test_good_translations_do_not_differ(original: str, version: str) -> None:
    assert compare({"text": original}, {"text": version}) == []


def test_a_difference_tells_part_kind_spelling_and_side() -> None:
    found = compare({"text": "um 18 Uhr"}, {"text": "at 7 pm, €5"})
    assert found == [
        Difference("text", "time", "18 Uhr", "original"),
        Difference("text", "price", "€5", "version"),
        Difference("text", "time", "7 pm", "version"),
    ]
    assert [difference.is_missing for difference in found] == [True, False, False]
    assert str(found[0].label) in {"Time", "Zeit", "Uhrzeit"}


def test_a_fact_stated_twice_must_stay_twice() -> None:
    assert compare({"text": "5 und 6 und 5"}, {"text": "5 and 6 and 6"}) != []


def test_a_part_without_a_version_is_not_compared() -> None:
    assert compare({"title": "Kochen", "text": "18 Uhr"}, {"title": "Cooking", "text": ""}) == []


def test_a_part_the_original_lacks_adds_its_facts() -> None:
    assert compare({}, {"text": "18:00"}) == [Difference("text", "time", "18:00", "version")]


def test_names_stand_unchanged_where_the_original_has_them() -> None:
    original = {"text": "Komm ins Haus Fulda", "title": "Kochen"}
    version = {"text": "Come to Fulda House", "title": "Cooking"}
    assert compare(original, version, ["Haus Fulda", " "]) == [
        Difference("text", "name", "Haus Fulda", "original")
    ]
    assert compare(original, version | {"text": "Come to Haus Fulda"}, ["Haus Fulda"]) == []


PIECES = st.lists(
    st.one_of(
        st.sampled_from(
            ["um 18 Uhr", "18:30–20.00 Uhr", "12,50 €", "€ 7", "am 3.12.2026", "3. Mai", "6 pm",
             "0561 123456", "+49 (0)170 1234567", "A1", "1.000", "٣ ديسمبر ٢٠٢٦", "۱۲ یورو",
             "https://example.org/3?x=4", "info2@example.org", "٦ مساء", "May 3, 2027"]
        ),
        st.text("0123456789٣۴.,:/-+()€ aU", max_size=12),
    ),
    min_size=1,
    max_size=5,
).map(" ".join)  # fmt: skip


@given(PIECES)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert compare({"text": text}, {"text": text}) == []


@given(st.text(max_size=200))
def test_any_text_is_read_without_an_error(text: str) -> None:
    assert compare({"text": text}, {"text": text}) == []


@given(PIECES, st.data())
def test_one_other_digit_is_always_a_difference(text: str, data: st.DataObject) -> None:
    places = [place for place, char in enumerate(text) if char.isascii() and char.isdigit()]
    if not places:
        return
    place = data.draw(st.sampled_from(places))
    digit = data.draw(st.sampled_from([d for d in "0123456789" if d != text[place]]))
    changed = text[:place] + digit + text[place + 1 :]
    assert compare({"text": text}, {"text": changed}) != []


def test_ten_thousand_digits_are_read_in_reasonable_time() -> None:
    for unit in ("1", "0 ", "1.", "a@", "www.", "+4", "1:1", "3 "):
        facts_in(unit * (10_000 // len(unit)))
