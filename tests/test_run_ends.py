"""A test run that is ended or killed leaves no server and no test behind."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.serving import PROJECT, wait_until

TOOLS = PROJECT / "tools"
RUN = """
import sys
sys.path.insert(0, {tools!r})
import run_tests
run_tests.LOGS = run_tests.Path({logs!r})
run_tests.end_orderly()
child = "import os, time; print(os.getpid(), os.environ['DATABASE_URL'], file=open({told!r}, 'w'));"
child += "time.sleep(600)"
step = run_tests.Step("sleep", [[sys.executable, "-c", child]], services=("postgresql",))
run_tests.run_step(step, run_tests.Totals())
"""
pytestmark = [
    pytest.mark.process,
    pytest.mark.skipif(
        not any(Path("/usr/lib/postgresql").glob("*/bin/postgres")),
        reason="PostgreSQL is not installed",
    ),
]
Told = tuple[int, int]


@pytest.fixture
def folder() -> Iterator[Path]:
    """Make a folder for clusters that the other user who owns them can reach."""
    with tempfile.TemporaryDirectory(dir="/tmp") as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture
def run(tmp_path: Path, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Begin a run with one long step that needs PostgreSQL."""
    code = RUN.format(tools=str(TOOLS), logs=str(tmp_path), told=str(tmp_path / "told"))
    variables = os.environ | {"TMPDIR": str(folder)}
    process = subprocess.Popen([sys.executable, "-c", code], env=variables)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def begun(tmp_path: Path) -> Told:
    """Wait until the step runs; return its process and the port of the database."""
    told = tmp_path / "told"
    wait_until(lambda: told.exists() and told.read_text().endswith("\n"), 60)
    pid, address = told.read_text().split()
    return int(pid), int(address.rpartition(":")[2].partition("/")[0])


def is_over(told: Told) -> bool:
    pid, port = told
    with socket.socket() as probe:
        is_listening = probe.connect_ex(("127.0.0.1", port)) == 0
    return not is_listening and not Path(f"/proc/{pid}").exists()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_run_that_is_ended_ends_its_services_and_its_tests(
    run: subprocess.Popen[bytes], tmp_path: Path, folder: Path, number: signal.Signals
) -> None:
    told = begun(tmp_path)
    assert not is_over(told)
    assert list(folder.iterdir())
    run.send_signal(number)
    assert run.wait(timeout=60) == 128 + number
    # A test that the signal found half started is not told by the run, but by Linux a moment later.
    wait_until(lambda: is_over(told), 30)
    assert not list(folder.iterdir())


@pytest.mark.skipif(sys.platform != "linux", reason="Only Linux tells children of a killed parent")
def test_a_run_that_is_killed_leaves_no_service_and_no_test(
    run: subprocess.Popen[bytes], tmp_path: Path
) -> None:
    told = begun(tmp_path)
    run.kill()
    run.wait()
    wait_until(lambda: is_over(told), 30)
