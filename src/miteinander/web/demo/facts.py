"""The facts of the demo district, as files beside this one; everybody in them is invented."""

import json
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
Row = dict[str, Any]


def _read(name: str) -> Any:
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


@cache
def people() -> list[Row]:
    """Forty invented people of both sides."""
    rows: list[Row] = _read("people.json")
    return rows


@cache
def organisations() -> list[Row]:
    """Fourteen invented organisations, each with a place of its own."""
    rows: list[Row] = _read("organisations.json")
    return rows


@cache
def occasions() -> list[Row]:
    """Sixty invented occasions, by days from today."""
    rows: list[Row] = _read("occasions.json")
    return rows


@cache
def versions() -> dict[str, dict[str, Row]]:
    """Titles and summaries in other languages: language, then original title, then parts."""
    return {
        path.stem: json.loads(path.read_text(encoding="utf-8"))
        for path in sorted((FOLDER / "versions").glob("*.json"))
    }
