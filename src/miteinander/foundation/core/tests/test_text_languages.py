import unicodedata

import pytest

from miteinander.foundation.core.languages import (
    INTERFACE,
    NAMES,
    OWN_NAMES,
    RTL_LANGUAGES,
    SPOKEN,
    direction,
)


@pytest.mark.parametrize("language", OWN_NAMES)
def test_each_language_runs_in_the_direction_of_its_own_name(language: str) -> None:
    runs = {unicodedata.bidirectional(char) for char in OWN_NAMES[language]}
    assert direction(language) == ("rtl" if runs & {"R", "AL"} else "ltr")


@pytest.mark.parametrize("language", ["ar-SY", "fa-AF", "AR", "az-Arab", "ku_Arab"])
def test_regions_and_scripts_are_understood(language: str) -> None:
    assert direction(language) == "rtl"


@pytest.mark.parametrize(
    "language", ["de-simple", "ku", "kmr", "pa-Latn", "ur-Latn", "sr-Cyrl", ""]
)
def test_other_writing_runs_left_to_right(language: str) -> None:
    assert direction(language) == "ltr"


def test_every_language_has_both_names() -> None:
    assert set(OWN_NAMES) == set(NAMES)
    assert set(INTERFACE) <= set(OWN_NAMES)
    assert set(OWN_NAMES) >= RTL_LANGUAGES - {"he"}


def test_nobody_speaks_plain_german() -> None:
    assert "de-simple" not in SPOKEN
