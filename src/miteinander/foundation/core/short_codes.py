"""Short codes for numbers, to be read aloud and typed: no letter that looks like another.

Crockford's base 32 (no I, L, O, U; what is typed for them is understood), and one more character
that gives away a mistyped one: a weighted sum modulo 31, a prime, so that one wrong character
(but Z for 0) and a swap of two neighbours change it.
"""

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MEANT = str.maketrans({"I": "1", "L": "1", "O": "0", "-": None, " ": None})
_LONGEST = 13
_PRIME = 31


def _check(digits: list[int]) -> int:
    return sum(place * digit for place, digit in enumerate(reversed(digits), start=2)) % _PRIME


def encode(number: int) -> str:
    """Write a whole number from 0 on as a code, its check character last."""
    digits: list[int] = []
    while number or not digits:
        number, digit = divmod(number, len(ALPHABET))
        digits.insert(0, digit)
    return "".join(ALPHABET[digit] for digit in [*digits, _check(digits)])


def decode(code: str) -> int | None:
    """Read a code however it was typed; None when it is none, or mistyped."""
    typed = code.upper().translate(_MEANT)
    if not 2 <= len(typed) <= _LONGEST or not set(typed) <= set(ALPHABET):  # noqa: PLR2004
        return None
    *digits, check = (ALPHABET.index(char) for char in typed)
    if _check(digits) != check:
        return None
    number = 0
    for digit in digits:
        number = number * len(ALPHABET) + digit
    return number
