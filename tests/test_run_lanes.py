"""What runs beside the browser is counted, can fail the run, and ends with it."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.serving import PROJECT, wait_until

pytestmark = pytest.mark.process
RUN = """
import sys
sys.path.insert(0, {tools!r})
import run_tests
from steps import Lane, Step
def step(name, code, lane):
    return Step(name, [["pytest", "-c", code]], lane=lane)
def run_command(command, variables):
    return original([sys.executable, *command[1:]], variables)
original, run_tests.run_command = run_tests.run_command, run_command
run_tests.LOGS = run_tests.Path({folder!r})
run_tests.__file__ = {script!r}
run_tests.steps = lambda: [
    step("seen", {seen!r}, Lane.BROWSER), step("waited", {waited!r}, Lane.WAITING),
]
sys.exit(run_tests.main())
"""
TOLD = "import os, time; open({path!r}, 'w').write(str(os.getpid()) + chr(10)); time.sleep(600)"


def begin(folder: Path, seen: str, waited: str) -> subprocess.Popen[str]:
    """Begin a run with one step beside another."""
    script = folder / "run.py"
    tools = str(PROJECT / "tools")
    script.write_text(
        RUN.format(tools=tools, folder=str(folder), script=str(script), seen=seen, waited=waited)
    )
    return subprocess.Popen(
        [sys.executable, str(script)],
        env={name: value for name, value in os.environ.items() if name != "REQUIRE_ALL"},
        stdout=subprocess.PIPE,
        text=True,
    )


def test_both_are_counted(tmp_path: Path) -> None:
    run = begin(tmp_path, "print('3 passed')", "print('4 passed')")
    output, _none = run.communicate(timeout=60)
    assert run.returncode == 0
    assert output.splitlines()[-1] == "7 passed, 0 failed, 0 skipped"


@pytest.mark.parametrize(
    "waited", ["print('1 failed'); exit(1)", "import os; os.kill(os.getppid(), 9)"]
)
def test_what_fails_beside_fails_the_run(tmp_path: Path, waited: str) -> None:
    run = begin(tmp_path, "print('3 passed')", waited)
    output, _none = run.communicate(timeout=60)
    assert run.returncode == 1
    assert "Not well: " in output
    assert "3 passed, 1 failed" in output


def test_both_end_with_the_run(tmp_path: Path) -> None:
    paths = [tmp_path / "one", tmp_path / "two"]
    run = begin(tmp_path, *(TOLD.format(path=str(path)) for path in paths))
    wait_until(lambda: all(path.exists() and path.read_text() for path in paths), 60)
    run.send_signal(signal.SIGTERM)
    run.communicate(timeout=60)
    assert run.returncode == 128 + signal.SIGTERM
    assert not any(Path(f"/proc/{path.read_text().strip()}").exists() for path in paths)
