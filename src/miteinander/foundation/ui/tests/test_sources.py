"""What holds for the sources of the front end."""

import re
from pathlib import Path

import pytest

from miteinander.foundation.ui import icons

PACKAGE = Path(__file__).resolve().parents[3]
ROOT = PACKAGE.parents[1]
TEMPLATES = sorted(PACKAGE.rglob("templates/**/*.html"))
STYLES = sorted((ROOT / "frontend").rglob("*.css"))
PAGES = [path for path in TEMPLATES if "mail" not in path.as_posix()]
PHYSICAL = re.compile(
    r"(?<![-\w])((margin|padding|border)-(left|right|top|bottom)|left|right|top|bottom|width|height"
    r"|(min|max)-(width|height))\s*:"
    r"|(float|clear|text-align)\s*:\s*(left|right)"
)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_no_template_carries_style_or_script_inline(path: Path) -> None:
    source = path.read_text()

    assert not re.search(r"\sstyle=|<style|\son[a-z]+=\"|javascript:", source)
    assert not re.search(r"<script(?![^>]*(src=|application/(ld\+)?json))", source)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_every_named_pictogram_exists(path: Path) -> None:
    named = re.findall(r'{%\s*icon "([^"]+)"|icon="([^"]+)"', path.read_text())

    assert {one or other for one, other in named} <= icons.names()


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_styles_know_no_left_and_right(path: Path) -> None:
    rules = re.sub(r"/\*.*?\*/|@media[^{]*", "", path.read_text(), flags=re.DOTALL)

    assert not PHYSICAL.search(rules)


def test_the_guard_against_left_and_right_finds_a_planted_one() -> None:
    assert PHYSICAL.search("a { margin-left: 1px }")
    assert PHYSICAL.search("a { width: 1px }")
    assert PHYSICAL.search("a { text-align: right }")
    assert not PHYSICAL.search("a { border-start-start-radius: 1px; stroke-width: 2 }")


def test_the_lock_file_names_no_registry() -> None:
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text()


def test_pictograms_come_with_their_licence() -> None:
    assert "ISC" in (icons.FOLDER / "LICENSE").read_text()
