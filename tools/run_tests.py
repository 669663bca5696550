"""Runs everything this machine can test, and prints one line for each guarantee.

With REQUIRE_ALL=1 a part that is missing is a failure, as in the run that decides.
The full output of each step lies in build/tests/.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import postgres

PROJECT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
LOGS = PROJECT / "build" / "tests"
CLEANING_SECONDS = 30
# What is compiled once serves every later step; without it each process compiles all anew.
NOT_PASSED_ON = {"DATABASE_URL", "DEMO", "PYTHONDONTWRITEBYTECODE"}
UNIT = "not browser and not concurrency and not process and not crawl and not play"
WALKS = "crawl or play"
_COUNTS = re.compile(r"(\d+) (passed|failed|errors?|skipped)")
Command = list[str]


def tool(name: str, *arguments: str) -> Command:
    """A command of the environment."""
    return [str(BIN / name), *arguments]


def pytest(*arguments: str) -> Command:
    """A pytest run without a cache of its own."""
    return tool(
        "python", "-m", "pytest", "-q", "-p", "no:cacheprovider", "--durations=10", *arguments
    )


@dataclass(frozen=True)
class Step:
    """One guarantee: what is run, and what the machine must have for it."""

    name: str
    commands: list[Command]
    needs: Callable[[], str] = lambda: ""
    services: tuple[str, ...] = ()


@dataclass
class Totals:
    """What was counted."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    failures: list[str] = field(default_factory=list)

    def count(self, output: str) -> None:
        """Add the counts of a pytest summary."""
        for number, word in _COUNTS.findall(output.strip().rpartition("\n")[2]):
            name = "failed" if word.startswith("error") else word
            setattr(self, name, getattr(self, name) + int(number))


def need_postgresql() -> str:
    """Say what is missing for PostgreSQL."""
    return "" if postgres.programs() else "PostgreSQL is not installed"


def need_redis() -> str:
    """Say what is missing for Redis."""
    return "" if shutil.which("redis-server") else "redis-server is not installed"


def need_gettext() -> str:
    """Say what is missing for collecting messages."""
    return "" if shutil.which("xgettext") else "gettext is not installed"


def need_chromium() -> str:
    """Say what is missing for the browser tests."""
    return "" if shutil.which("chromium") else "Chromium is not installed"


def need_npm() -> str:
    """Say what is missing for the linters of the front end."""
    return "" if shutil.which("npm") or (BIN / "npm").exists() else "npm is not installed"


def steps() -> list[Step]:
    """List every guarantee in the order in which it fails fastest."""
    manage = str(BIN / "miteinander")
    unit = ["-n", "2", "--maxprocesses", "2", "-m", UNIT]
    return [
        Step(
            "lint",
            [
                tool("ruff", "check", "."),
                tool("ruff", "format", "--check", "."),
                tool("djlint", "--quiet", "--check", "src"),
                tool("djlint", "--quiet", "--lint", "src"),
                tool(
                    "codespell", "src", "docs", "tools", "bench", "tests", "frontend", "README.md"
                ),
            ],
        ),
        Step("front end lint", [["npm", "run", "--silent", "lint"]], need_npm),
        Step("types", [tool("mypy", "src", "tests")]),
        Step("imports", [tool("lint-imports")]),
        Step(
            "migrations",
            [
                [manage, "makemigrations", "--check", "--dry-run"],
                [manage, "check", "--fail-level", "WARNING"],
            ],
        ),
        Step("messages", [tool("python", "tools/messages.py", "--check")], need_gettext),
        Step(
            "locks and licences",
            [
                tool("python", "tools/audit_locks.py"),
                tool("python", "tools/licences.py", "--check"),
            ],
        ),
        Step("unit on SQLite", [pytest(*unit)]),
        Step("crawls and plays", [pytest("-n", "2", "-m", WALKS)]),
        Step("unit on PostgreSQL", [pytest(*unit)], need_postgresql, ("postgresql",)),
        Step("concurrency on SQLite", [pytest("-m", "concurrency")]),
        Step(
            "crawls and plays on PostgreSQL",
            [pytest("-n", "2", "-m", WALKS)],
            need_postgresql,
            ("postgresql",),
        ),
        Step(
            "concurrency on PostgreSQL",
            [pytest("-m", "concurrency")],
            need_postgresql,
            ("postgresql",),
        ),
        Step("processes", [pytest("-m", "process and not browser")]),
        Step(
            "processes on PostgreSQL and Redis",
            [pytest("-m", "process and not browser")],
            lambda: need_postgresql() or need_redis(),
            ("postgresql", "redis"),
        ),
        Step("browser", [pytest("-m", "browser")], need_chromium),
    ]


@contextmanager
def redis_server() -> Iterator[str]:
    """Run a Redis on a free port that keeps nothing."""
    port = postgres.free_port()
    flags = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    server = subprocess.Popen(
        ["redis-server", *flags],
        cwd=LOGS,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=postgres.ending_with_parent(),  # noqa: PLW1509 (we have one thread)
    )
    try:
        time.sleep(0.5)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        server.terminate()
        server.wait(timeout=10)


def environment(stack: ExitStack, services: tuple[str, ...]) -> dict[str, str]:
    """Prepare the variables of one step and start what it needs."""
    base = {name: value for name, value in os.environ.items() if name not in NOT_PASSED_ON}
    base |= {
        "SECRET_KEY": "test-only-" + "x" * 40,
        "DATA_DIR": str(LOGS / "data"),
        "PATH": f"{BIN}:{os.environ['PATH']}",
        "PYTHONHASHSEED": "random",
    }
    if "postgresql" in services:
        base["DATABASE_URL"] = stack.enter_context(postgres.cluster())
    if "redis" in services:
        base["REDIS_URL"] = stack.enter_context(redis_server())
    return base


def run_command(command: Command, variables: dict[str, str]) -> tuple[str, int]:
    """Run a command and return what it printed and its exit code.

    It has a session of its own: whoever presses Ctrl+C or ends us is heard by us alone, and we
    tell the command once, so that it can clean up. What is left of it then is killed.
    """
    process = subprocess.Popen(
        command,
        cwd=PROJECT,
        env=variables,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        preexec_fn=postgres.ending_with_parent(),  # noqa: PLW1509 (we have one thread)
    )
    try:
        output, _errors = process.communicate()
    except BaseException:
        process.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            process.communicate(timeout=CLEANING_SECONDS)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        raise
    return output, process.returncode


def run_step(step: Step, totals: Totals) -> bool:
    """Run the commands of one step into its log; tell whether all went well."""
    log = LOGS / f"{step.name.replace(' ', '-')}.log"
    is_well = True
    with ExitStack() as stack, log.open("w") as stream:
        variables = environment(stack, step.services)
        for command in step.commands:
            stream.write(f"$ {' '.join(command)}\n")
            stream.flush()
            output, code = run_command(command, variables)
            stream.write(output)
            is_well = is_well and code == 0
            if "pytest" in command:
                totals.count(output)
    if not is_well:
        totals.failures.append(step.name)
        print("".join(f"    {line}\n" for line in log.read_text().splitlines()[-60:]))
    return is_well


def report(word: str, name: str, text: str) -> None:
    """Print the line of one guarantee."""
    print(f"{word:8}{name:36}{text}", flush=True)


def end_orderly() -> None:
    """Have signals that end us leave through every ``finally``; only the first one counts."""
    numbers = (signal.SIGTERM, signal.SIGINT)

    def leave(number: int, _frame: object) -> None:
        for each in numbers:
            signal.signal(each, signal.SIG_IGN)
        sys.exit(128 + number)

    for number in numbers:
        signal.signal(number, leave)


def main() -> int:
    """Run all steps, or those whose names contain an argument."""
    end_orderly()
    LOGS.mkdir(parents=True, exist_ok=True)
    must_have_all = os.environ.get("REQUIRE_ALL") == "1"
    totals, began = Totals(), time.monotonic()
    wanted = [
        step for step in steps() if not sys.argv[1:] or any(a in step.name for a in sys.argv[1:])
    ]
    for step in wanted:
        start = time.monotonic()
        if missing := step.needs():
            report("MISSING" if must_have_all else "skipped", step.name, missing)
            totals.skipped += 1
            totals.failures += [step.name] if must_have_all else []
            continue
        is_well = run_step(step, totals)
        report("ok" if is_well else "FAILED", step.name, f"{time.monotonic() - start:7.1f} s")
    print(f"Everything took {time.monotonic() - began:.0f} s.")
    if totals.failures:
        print(f"Not well: {', '.join(totals.failures)}")
        totals.failed = max(totals.failed, 1)
    print(f"{totals.passed} passed, {totals.failed} failed, {totals.skipped} skipped")
    return 1 if totals.failures else 0


if __name__ == "__main__":
    sys.exit(main())
