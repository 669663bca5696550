"""The worker as a process of its own, and how it is ended."""

import json
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path

import pytest

from miteinander.outward.exchange.reading import runner
from miteinander.outward.exchange.reading.limits import Limits
from miteinander.outward.exchange.tests.calendar_files import NOW, calendar_file, entry

pytestmark = pytest.mark.process


def test_the_worker_reads_a_calendar() -> None:
    file = calendar_file(entry(LOCATION=":Hof"), entry(uid="2", CLASS=":PRIVATE"))
    contents = runner.read_safely(file, now=NOW, limits=Limits())
    (event,) = contents.found
    assert (event.uid, event.title, event.location) == ("1", "Chorprobe", "Hof")
    assert event.dates[0].starts_at.isoformat() == "2027-03-03T17:00:00+00:00"
    assert [row.code for row in contents.refused] == ["private"]


def test_the_worker_is_killed_when_its_time_is_up() -> None:
    began = time.monotonic()
    contents = runner.read_safely(calendar_file(entry()), now=NOW, limits=Limits(seconds=0.01))
    assert contents.error == "too_slow"
    assert time.monotonic() - began < 2


def test_a_busy_machine_is_no_fault_of_the_file() -> None:
    """Four of them share what is there; each may work as long as it would alone."""
    files = [calendar_file(entry(uid=str(number))) for number in range(4)]
    with ThreadPoolExecutor(max_workers=4) as readers:
        contents = list(
            readers.map(lambda file: runner.read_safely(file, now=NOW, limits=Limits()), files)
        )
    assert [each.error for each in contents] == [""] * 4


def test_work_without_end_is_ended_by_the_system() -> None:
    script = "from miteinander.outward.exchange.reading import process\n"
    script += "process.read_calendar = lambda *_: all(iter(lambda: 1, 0))\nprocess.main()"
    orders = json.dumps({"now": NOW.isoformat(), "limits": asdict(Limits(seconds=1))})
    ended = subprocess.run(  # noqa: S603 (our own words)
        [sys.executable, "-c", script, orders], input=b"", check=False, timeout=30
    )
    assert ended.returncode in {-signal.SIGXCPU, -signal.SIGKILL}


def test_the_worker_ends_when_it_needs_too_much_memory() -> None:
    limits = Limits(memory=20 * 1024 * 1024)
    assert runner.read_safely(calendar_file(entry()), now=NOW, limits=limits).error == "too_much"


def test_the_worker_loads_no_framework_and_sees_no_secret(tmp_path: Path) -> None:
    source = Path(runner.__file__).parent
    for file in source.glob("*.py"):
        assert "django" not in file.read_text().lower().replace("no django", ""), file.name
