"""The page of promises names tests that exist."""

import re
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
PAGE = PROJECT / "docs" / "developers" / "promises.md"
NAMED = re.compile(r"`(?:(\w+)::)?(test_\w+\.py|…)(?:::(test_\w+))?`")


def named_tests() -> list[tuple[str, str]]:
    """Return file and test of each reference; ``…`` means the file named just before."""
    found, path = [], ""
    for app, file, test in NAMED.findall(PAGE.read_text()):
        if file != "…":
            path = f"src/miteinander/*/{app}/tests/{file}" if app else f"tests/{file}"
            path = path.replace("*/web/", "web/")
        found.append((path, test))
    return found


def test_the_page_names_many_tests() -> None:
    assert len(named_tests()) > 40


@pytest.mark.parametrize(("path", "test"), named_tests())
def test_the_named_test_exists(path: str, test: str) -> None:
    files = list(PROJECT.glob(path))
    assert len(files) == 1, path
    assert not test or f"def {test}(" in files[0].read_text()
