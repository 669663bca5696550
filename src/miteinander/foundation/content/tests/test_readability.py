import pytest
from hypothesis import given
from hypothesis import strategies as st

from miteinander.foundation.content.readability import readability, syllables

EASY = "Wir kochen am Mai-Fest. Du bist da. Komm mit! Das Essen ist gut."
HARD = (
    "Die Inanspruchnahme der Veranstaltungsräumlichkeiten setzt eine vorherige schriftliche "
    "Einverständniserklärung sämtlicher Erziehungsberechtigten gegenüber der zuständigen "
    "Verwaltungsbehörde voraus."
)


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("du", 1), ("Haus", 1), ("Straße", 2), ("Bäume", 2), ("kochen", 2), ("Freude", 2),
        ("neue", 2), ("Bauer", 2), ("Geduld", 2), ("Quelle", 2), ("Kaffee", 2), ("Boot", 1),
        ("gemeinsam", 3), ("Familie", 3), ("Theater", 3), ("Einladung", 3), ("Station", 3),
        ("Radio", 3), ("Feier", 2), ("Bürgerhaus", 3), ("Veranstaltung", 4), ("hm", 1),
        ("Großeltern", 3), ("Nationalität", 6),
    ],
)  # fmt: skip
def test_syllables_are_counted_as_spoken(word: str, count: int) -> None:
    assert syllables(word) == count


def test_the_formula_is_that_of_bamberger_and_vanecek() -> None:
    # 6 words in 2 sentences; 1 of 3+ syllables (gemeinsam), 1 of 7+ letters, 2 of one (Wir, du)
    measured = readability("Wir kochen gemeinsam. Kannst du kommen?")
    ms, sl, iw, es = 100 / 6, 3, 100 / 6, 100 * 3 / 6  # one syllable: Wir, Kannst, du
    assert measured.grade == round(0.1935 * ms + 0.1672 * sl + 0.1297 * iw - 0.0327 * es - 0.875, 1)
    assert (measured.word_count, measured.sentence_count) == (6, 2)
    assert measured.words_per_sentence == 3


def test_plain_sentences_are_easy_and_official_ones_hard() -> None:
    assert readability(EASY).grade < 4
    assert not readability(EASY).is_hard
    assert readability(HARD).grade > 15
    assert readability(HARD).is_hard


def test_abbreviations_and_ordinals_do_not_end_sentences() -> None:
    text = "Wir treffen uns am 3. Mai z. B. im Garten, ca. 5 Minuten vom Bahnhof."
    assert readability(text).sentence_count == 1


def test_lines_of_a_list_are_sentences() -> None:
    assert readability("Bitte bring mit:\nTasse\nTeller").sentence_count == 3


@pytest.mark.parametrize("text", ["", "  ", "123 …", "\n\n"])
def test_no_words_are_no_difficulty(text: str) -> None:
    measured = readability(text)
    assert (measured.word_count, measured.grade, measured.words_per_sentence) == (0, 0.0, 0.0)
    assert not measured.is_hard


@given(st.text(max_size=300))
def test_any_text_can_be_measured(text: str) -> None:
    assert readability(text).word_count >= readability(text).sentence_count >= 0
