import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from miteinander.foundation.ui.fields import LineField, ParagraphField, PhoneField, grouped

ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


@pytest.mark.parametrize(
    "typed",
    [
        "0561 123456",
        "+49 561 123456",
        "0049 561 123456",
        "(0561) 12 34 56",
        "0561/123456",
        "\u202a0561 123456\u202c",
        "\u200e+49561123456",
        "٠٥٦١ ١٢٣٤٥٦",
        "۰۵۶۱ ۱۲۳۴۵۶",
    ],
)
def test_one_number_has_one_written_form_however_it_is_typed(typed: str) -> None:
    assert PhoneField().clean(typed) == "+49561123456"


def test_a_number_from_elsewhere_keeps_its_country() -> None:
    assert PhoneField().clean("+380 44 123 4567") == "+380441234567"


@pytest.mark.parametrize("typed", ["12", "abc", "0561", "+", "++49", "1" * 40, "🙂🙂🙂🙂"])
def test_what_cannot_be_a_number_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(ValidationError, match="0561 123456") as refused:
        PhoneField().clean(typed)

    assert refused.value.code == "invalid"


@given(st.integers(min_value=1_000_000, max_value=9_999_999))
def test_digits_of_three_scripts_mean_the_same_and_cleaning_twice_changes_nothing(
    tail: int,
) -> None:
    typed = f"0151 2{tail}"

    kept = PhoneField().clean(typed)

    assert PhoneField().clean(typed.translate(ARABIC)) == kept
    assert PhoneField().clean(typed.translate(PERSIAN)) == kept
    assert PhoneField().clean(kept) == kept
    assert PhoneField().clean(grouped(kept)) == kept


@given(st.text(max_size=60))
def test_any_text_gives_a_number_or_a_refusal_but_never_a_crash(typed: str) -> None:
    try:
        kept = PhoneField(required=False).clean(typed)
    except ValidationError:
        return
    assert kept == "" or (kept[0] == "+" and kept[1:].isdecimal())


def test_a_stored_number_is_shown_in_groups_and_typing_stays_as_it_is() -> None:
    assert PhoneField().prepare_value("+49561123456") == "+49 561 123456"
    assert PhoneField().prepare_value("0561 1") == "0561 1"


def test_short_and_long_texts_are_cleaned_before_they_are_measured() -> None:
    assert LineField(max_length=5).clean(" a\u202e\n  b\x00 ") == "a b"
    assert ParagraphField().clean("one\r\n\r\n\r\n\r\ntwo") == "one\n\ntwo"
    with pytest.raises(ValidationError):
        LineField().clean("\u202e \x00")
