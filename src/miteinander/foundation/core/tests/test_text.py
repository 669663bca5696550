import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from miteinander.foundation.core.text import (
    fold,
    index_words,
    latin_digits,
    one_line,
    paragraphs,
    words,
)

NAUGHTY = [
    "", " ", "\x00", "\ufeff", "\u200b\u200c\u200d", "\u202eabc\u202c", "\u2066x\u2069",
    "﷽", "𝕳𝖊𝖑𝖑𝖔", "👩‍👩‍👧‍👦", "Z̴̡͓a̷̢͉l̵̨̛g̶o", "\ud800",
    "ﬁﬂ", "Ⅷ", "½", "İıſK", "ŉ", "ΐΰ", "ᾀ", "가각힣", "ཧཱུྃ", "1\u20e3",
    "NULL", "'; DROP TABLE people;--", "../../etc/passwd", "%s%n{0}", "\u1e9e",
    "ǅǆ", "a\u0323\u0307e",
]  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("علي", "علی"), ("مصطفى", "مصطفی"), ("كتاب", "کتاب"), ("أحمد", "احمد"), ("إيمان", "ایمان"),
        ("آمنة", "امنه"), ("مدرسة", "مدرسه"), ("مـــرحبا", "مرحبا"), ("مَرْحَبًا", "مرحبا"),
        ("می‌خواهم", "میخواهم"), ("خانۀ", "خانه"), ("مسؤول", "مسوول"), ("رئيس", "ریيس"),
        ("Straße", "STRASSE"), ("Köln", "koeln"), ("Köln", "Koln"), ("Größe", "Groesse"),
        ("Übung", "uebung"), ("Äpfel", "Aepfel"), ("٠١٢٣٤٥٦٧٨٩", "0123456789"),
        ("۰۱۲۳۴۵۶۷۸۹", "0123456789"), ("１２", "12"), ("İstanbul", "istanbul"),
        ("ışık", "isik"), ("Ёлка", "елка"), ("їжа", "іжа"), ("ґанок", "ганок"), ("Łódź", "lodz"),
        ("п’ять", "п'ять"), ("пʼять", "пять"), ("Bür\u00adger", "Bürger"), ("café", "cafe\u0301"),
    ],
)  # fmt: skip
def test_spellings_people_mix_up_are_equal(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("Kochen", "Kuchen"), ("12", "13"), ("чай", "май")])
def test_other_words_stay_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize("text", NAUGHTY)
def test_naughty_strings_fold_to_the_same_when_folded_again(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text("aeouäöüßÄÖÜAEOU'’ʼ-كيةأىئۀـ\u200c\u200d\u064e\u0301\u0308١۲ıİ", max_size=20))
def test_folding_twice_is_folding_once_where_it_is_difficult(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_words_hold_letters_and_digits_only_and_are_indexed(text: str) -> None:
    found = words(text)
    assert all(word.isalnum() or any(map(str.isalnum, word)) for word in found)
    assert set(found) <= index_words(text)


def test_words_come_in_order_with_repeats() -> None:
    assert words("Tee & Kaffee, Tee_18 Uhr") == ["tee", "kaffee", "tee", "18", "uhr"]


def test_words_joined_by_a_hyphen_are_indexed_apart_and_together() -> None:
    assert index_words("Sprach-Café") == {"sprach", "cafe", "sprachcafe"}


def test_letters_taken_for_umlauts_are_indexed_both_ways() -> None:
    assert index_words("Pizzaessen") == {"pizzaessen", "pizzassen"}


@pytest.mark.parametrize(
    "unit",
    ["x", "ä", "ae", "a'", "-a", "\u0301", "ـ", "\u200c", " ", "\n ", "\r", "👩‍👧", "أ", "𐍈"],
)
def test_ten_thousand_characters_are_handled_at_once(unit: str) -> None:
    text = unit * (10_000 // len(unit))
    start = time.process_time()
    for function in (fold, words, index_words, one_line, paragraphs):
        function(text)
    assert time.process_time() - start < 0.5


def test_digits_of_all_three_scripts_become_latin_and_the_length_stays() -> None:
    assert latin_digits("١٨:٠٠ و ۱۸") == "18:00 و 18"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Haus \t Fulda\r\n", "Haus Fulda"),
        ("a\u2028b\u0085c", "a b c"),
        ("Subject\r\nBcc: x", "Subject Bcc: x"),
        ("a\x00\x1b\x7fb", "ab"),
        ("\u202eabc\u202c", "abc"),
        ("cafe\u0301", "café"),
        ("می‌خواهم", "می‌خواهم"),
        ("👩‍👧 𐍈", "👩‍👧 𐍈"),
        ("\ud800x", "x"),
        ("<b>&amp;", "<b>&amp;"),
    ],
)
def test_a_short_text_is_one_clean_line(typed: str, kept: str) -> None:
    assert one_line(typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\n\n\n\nb", "a\n\nb"),
        ("a\n \n \n \nb", "a\n\nb"),
        ("  a  \n  b  ", "a\n  b"),
        ("a\u2028b\u2029c\u0085d\x0be", "a\nb\nc\nd\ne"),
        ("a\x00b", "ab"),
        ("\n\n", ""),
    ],
)
def test_a_longer_text_keeps_its_lines(typed: str, kept: str) -> None:
    assert paragraphs(typed) == kept


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert one_line(one_line(text)) == one_line(text)
    assert paragraphs(paragraphs(text)) == paragraphs(text)


@given(st.text())
def test_a_clean_line_holds_nothing_that_starts_another(text: str) -> None:
    line = one_line(text)
    assert len(line.splitlines()) <= 1
    assert not any(unicodedata.category(char) in {"Zl", "Zp", "Cs"} for char in line)
