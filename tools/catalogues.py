"""Compiles the catalogues with Babel; the system's gettext is not needed."""

import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

PROJECT = Path(__file__).resolve().parent.parent


def is_current(source: Path, target: Path) -> bool:
    """Tell whether ``target`` was made after the last change of ``source``."""
    return target.exists() and target.stat().st_mtime >= source.stat().st_mtime


def compile_one(source: Path, target: Path) -> None:
    """Compile one catalogue; what is marked as fuzzy is left out, as gettext does."""
    with source.open("rb") as stream:
        catalogue = read_po(stream, locale=None, abort_invalid=True)
    unfinished = target.with_suffix(".mo.new")
    with unfinished.open("wb") as stream:
        write_mo(stream, catalogue)
    unfinished.replace(target)


def main() -> None:
    """Compile every catalogue that changed."""
    for source in sorted((PROJECT / "locale").glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if "--force" in sys.argv or not is_current(source, target):
            compile_one(source, target)


main()
