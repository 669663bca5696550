"""The command as a process: it starts, answers, ends in time, and loses nothing when killed."""

import os
import shutil
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.serving import DATABASE_FILE, Platform, wait_until

pytestmark = pytest.mark.process
LONGEST_END = 5.0


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the tables once; an SQLite file is copied for each test."""
    folder = tmp_path_factory.mktemp("prepared")
    Platform(folder).command("upgrade", "--verbosity", "0")
    return folder / DATABASE_FILE


@pytest.fixture
def platform(tmp_path: Path, prepared: Path) -> Iterator[Platform]:
    if prepared.exists():
        shutil.copy(prepared, tmp_path / DATABASE_FILE)
    with Platform(tmp_path) as instance:
        yield instance


def enqueue_nap(platform: Platform, seconds: float) -> Path:
    notes = platform.folder / "notes"
    platform.python(f"from tests.slow_job import nap\nnap.enqueue({seconds}, {str(notes)!r})")
    return notes


def noted(notes: Path) -> list[str]:
    return notes.read_text().split() if notes.exists() else []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_serve_answers_and_ends_within_five_seconds_without_a_traceback(
    platform: Platform, number: int
) -> None:
    platform.start("--web-workers", "2")
    assert platform.ask("/healthz") == (200, b"ok\n")
    assert platform.ask("/readyz")[0] == 200
    assert len(platform.children("web_process")) == 2
    assert len(platform.children("config.cli")) == 1
    assert platform.stop(number) < LONGEST_END
    assert platform.process is not None
    assert platform.process.returncode == 0
    assert "Traceback" not in platform.errors()
    assert platform.children("") == []


def test_serve_leaves_the_jobs_alone_when_told_to(platform: Platform) -> None:
    platform.start("--no-worker")
    assert platform.children("config.cli") == []


def test_an_occupied_port_is_said_in_one_line(platform: Platform, tmp_path: Path) -> None:
    platform.start("--no-worker")
    with Platform(tmp_path) as other:
        other.port = platform.port
        with pytest.raises(AssertionError):
            other.start("--no-worker")
    assert "cannot listen on 127.0.0.1" in other.errors()
    assert "Traceback" not in other.errors()


def test_a_job_that_outlasts_the_end_runs_again_after_the_next_start(platform: Platform) -> None:
    platform.start()
    notes = enqueue_nap(platform, 6)
    wait_until(lambda: noted(notes) == ["begun"])
    assert platform.stop() < LONGEST_END
    assert noted(notes) == ["begun"]
    platform.start()
    wait_until(lambda: noted(notes) == ["begun", "begun", "done"], 30)


def test_a_short_job_is_finished_before_the_end(platform: Platform) -> None:
    platform.start()
    notes = enqueue_nap(platform, 1.5)
    wait_until(lambda: noted(notes) == ["begun"])
    assert platform.stop() < LONGEST_END
    assert noted(notes) == ["begun", "done"]


def test_a_killed_worker_is_replaced_and_its_job_runs_again(platform: Platform) -> None:
    platform.start()
    notes = enqueue_nap(platform, 2)
    wait_until(lambda: noted(notes) == ["begun"])
    for pid in platform.children("config.cli"):
        os.kill(pid, signal.SIGKILL)
    wait_until(lambda: noted(notes) == ["begun", "begun", "done"], 30)


def test_nobody_is_left_alone_when_the_supervisor_is_killed(platform: Platform) -> None:
    platform.start()
    assert platform.process is not None
    platform.process.kill()
    platform.process.wait()
    wait_until(lambda: platform.children("") == [], LONGEST_END)


def test_a_killed_web_process_loses_no_acknowledged_write(platform: Platform) -> None:
    platform.start()
    path, acknowledged = "/de/accessibility/feedback/", []
    for number in range(12):
        text = f"message {number:02}"
        if number == 6:
            for pid in platform.children("web_process"):
                os.kill(pid, signal.SIGKILL)
        try:
            status = platform.submit(path, {"message": text, "page": "", "reply_to": ""})
        except OSError:
            time.sleep(0.5)
            continue
        if status == 302:
            acknowledged.append(text)
    wait_until(lambda: platform.ask("/healthz")[0] == 200)
    assert len(acknowledged) >= 6
    kept = platform.rows(
        "from miteinander.web.models import Feedback\n"
        "print(json.dumps(list(Feedback.objects.values_list('message', flat=True))))"
    )
    assert set(acknowledged) <= set(kept)
