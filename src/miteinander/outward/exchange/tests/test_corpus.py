"""Calendar files from many programs, good and broken, kept beside the checkout."""

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from miteinander.config.environment import PROJECT_DIR
from miteinander.outward.exchange.enums import NOTES, REFUSALS
from miteinander.outward.exchange.reading.limits import Limits
from miteinander.outward.exchange.reading.process import listen, read_calendar
from miteinander.outward.exchange.reading.runner import read_safely

CORPUS = PROJECT_DIR.parent / "shared" / "data" / "ics"
FILES = sorted(CORPUS.rglob("*.ics"))
pytestmark = pytest.mark.skipif(not FILES, reason=f"no calendar files at {CORPUS}")
listen()


@pytest.mark.process
def test_every_file_ends_in_time_with_a_result_or_a_known_reason() -> None:
    now = datetime(2026, 6, 1, tzinfo=UTC)
    taken = 0
    for file in FILES:
        began = time.monotonic()
        told = read_calendar(file.read_bytes(), now, Limits())
        assert time.monotonic() - began < 5, file.name
        assert told["error"] or told["found"] or told["refused"], file.name
        codes = {told["error"], *(row["code"] for row in told["refused"])} - {""}
        assert codes <= REFUSALS.keys(), file.name
        assert {note for row in told["found"] for note in row["notes"]} <= NOTES.keys(), file.name
        assert "unreadable" not in codes, file.name
        taken += bool(told["found"])
    assert taken > len(FILES) / 20


def _some() -> list[Path]:
    """The biggest files and a few from all over."""
    by_size = sorted(FILES, key=lambda file: file.stat().st_size)
    return [*by_size[-3:], *FILES[:: max(1, len(FILES) // 4)]]


@pytest.mark.process
@pytest.mark.parametrize("file", _some(), ids=lambda file: file.name[-40:])
def test_the_worker_says_the_same(file: Path) -> None:
    now = datetime(2026, 6, 1, tzinfo=UTC)
    here = read_calendar(file.read_bytes(), now, Limits())
    there = read_safely(file.read_bytes(), now=now, limits=Limits())
    assert there.error == here["error"]
    assert [row.uid for row in there.found] == [row["uid"] for row in here["found"]]
    assert [row.code for row in there.refused] == [row["code"] for row in here["refused"]]
