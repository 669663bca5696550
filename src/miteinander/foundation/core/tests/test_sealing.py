"""Sealed words open for the same purpose and the same secret only."""

from typing import Any

import pytest

from miteinander.foundation.core.sealing import CannotOpenError, seal, unseal

WORDS = {"name": "Ірина Приклад", "phone": "+49561123456", "note": ""}


def test_what_was_sealed_opens_again_and_does_not_show_its_words() -> None:
    sealed = seal("contacts", WORDS)

    assert unseal("contacts", sealed) == WORDS
    assert "Приклад" not in sealed
    assert "49561123456" not in sealed
    assert seal("contacts", WORDS) != sealed  # equal words do not look equal


def test_another_purpose_does_not_open_it() -> None:
    with pytest.raises(CannotOpenError):
        unseal("bank", seal("contacts", WORDS))


@pytest.mark.parametrize("damage", ["", "gAAAA", "x" * 200])
def test_damaged_words_are_an_error_of_ours(damage: str) -> None:
    with pytest.raises(CannotOpenError):
        unseal("contacts", damage)


def test_a_new_secret_key_opens_what_the_old_one_sealed(settings: Any) -> None:
    sealed = seal("contacts", WORDS)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-" + "y" * 40

    assert unseal("contacts", sealed) == WORDS

    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(CannotOpenError):
        unseal("contacts", sealed)
