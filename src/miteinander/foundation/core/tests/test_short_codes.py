"""Short codes: read back, and mistakes noticed."""

from hypothesis import given
from hypothesis import strategies as st

from miteinander.foundation.core.short_codes import ALPHABET, decode, encode

NUMBERS = st.integers(0, 2**50)


@given(NUMBERS)
def test_a_code_reads_back_however_it_is_typed(number: int) -> None:
    code = encode(number)
    typed = code.lower().replace("1", "l").replace("0", "o")
    assert decode(code) == decode(typed) == decode(f" {code[:2]}-{code[2:]} ") == number


@given(NUMBERS, st.data())
def test_one_wrong_character_is_noticed(number: int, data: st.DataObject) -> None:
    code = encode(number)
    place = data.draw(st.integers(0, len(code) - 1))
    other = data.draw(st.sampled_from(ALPHABET).filter(lambda char: char != code[place]))
    wrong = code[:place] + other + code[place + 1 :]
    # 0 and the 31st letter are the same to a check by 31
    same_to_the_check = {code[place], other} == {ALPHABET[0], ALPHABET[31]}
    assert same_to_the_check or decode(wrong) is None


@given(st.text(max_size=20))
def test_anything_else_is_no_code(text: str) -> None:
    number = decode(text)
    assert number is None or decode(encode(number)) == number
