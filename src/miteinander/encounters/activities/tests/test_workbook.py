"""Files people take along: readable, typed, and never a program."""

import csv
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from miteinander.encounters.activities.workbook import STARTERS, csv_of, harmless, xlsx_of

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


def read_csv(content: bytes) -> list[list[str]]:
    text = content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def read_xlsx(content: bytes) -> list[list[Any]]:
    book = load_workbook(io.BytesIO(content))
    return [list(row) for row in book.worksheets[0].iter_rows()]


@given(st.sampled_from(STARTERS), st.sampled_from(["", " ", "\u200b", "\u202e", "\ufeff"]), TEXT)
def test_no_text_starts_a_formula(starter: str, before: str, rest: str) -> None:
    safe = str(harmless(before + starter + rest))
    assert safe.startswith("'")
    ((cell,),) = read_csv(csv_of([[before + starter + rest]]))
    assert cell.startswith("'")


@given(TEXT)
def test_a_sheet_can_hold_any_text_and_it_stays_text(text: str) -> None:
    ((cell,),) = read_xlsx(xlsx_of("Zahlen", [[f"a{text}"]]))
    assert cell.data_type == "s"
    assert cell.value.startswith("a")


@pytest.mark.parametrize(
    "text", ["Kochen", "Wanderung – mit Suppe", "كان اللقاء", "0561 123456", "1 = 1", ""]
)
def test_other_text_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text
    assert read_csv(csv_of([[text, "x"]])) == [[text, "x"]]


def test_numbers_are_numbers_and_nothing_is_nothing() -> None:
    ((number, nothing, share),) = read_xlsx(xlsx_of("Zahlen", [[7, None, 0.5]]))
    assert (number.value, share.value, nothing.value) == (7, 0.5, None)
    assert number.data_type == share.data_type == "n"


def test_a_telephone_number_stays_readable() -> None:
    assert str(harmless("+49 561 123456")).endswith("+49 561 123456")
