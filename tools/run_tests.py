"""Runs everything this machine can test, and prints one line for each guarantee.

With REQUIRE_ALL=1 a part that is missing is a failure, as in the run that decides.
The full output of each step lies in build/tests/.

What keeps both processors busy runs alone. What waits more than it computes (clients that wait
for locks, servers that start and end) runs at last beside the browser, which waits for pages.
"""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from tempfile import TemporaryFile

import postgres
from steps import BIN, Command, Lane, Step, steps

PROJECT = Path(__file__).resolve().parent.parent
LOGS = PROJECT / "build" / "tests"
CLEANING_SECONDS = 30
# What is compiled once serves every later step; without it each process compiles all anew.
NOT_PASSED_ON = {"DATABASE_URL", "DEMO", "PYTHONDONTWRITEBYTECODE"}
WAITING_ONLY = "--waiting-only"
_COUNTS = re.compile(r"(\d+) (passed|failed|errors?|skipped)")


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

    def add(self, other: "Totals") -> None:
        """Add what was counted in another process."""
        self.passed += other.passed
        self.failed += other.failed
        self.skipped += other.skipped
        self.failures += other.failures


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


def log_name(step: Step) -> str:
    """Name the files of a step."""
    return step.name.replace(" ", "-")


def environment(stack: ExitStack, step: Step) -> dict[str, str]:
    """Prepare the variables of one step and start what it needs."""
    base = {name: value for name, value in os.environ.items() if name not in NOT_PASSED_ON}
    base |= {
        "SECRET_KEY": "test-only-" + "x" * 40,
        "DATA_DIR": str(LOGS / "data" / log_name(step)),
        "PATH": f"{BIN}:{os.environ['PATH']}",
        "PYTHONHASHSEED": "random",
    }
    if "postgresql" in step.services:
        base["DATABASE_URL"] = stack.enter_context(postgres.cluster())
    if "redis" in step.services:
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
    log = LOGS / f"{log_name(step)}.log"
    is_well = True
    with ExitStack() as stack, log.open("w") as stream:
        variables = environment(stack, step)
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


def run_steps(chosen: Iterable[Step], totals: Totals) -> None:
    """Run steps one after the other, with a line for each."""
    must_have_all = os.environ.get("REQUIRE_ALL") == "1"
    for step in chosen:
        start = time.monotonic()
        if missing := step.needs():
            report("MISSING" if must_have_all else "skipped", step.name, missing)
            totals.skipped += 1
            totals.failures += [step.name] if must_have_all else []
            continue
        is_well = run_step(step, totals)
        report("ok" if is_well else "FAILED", step.name, f"{time.monotonic() - start:7.1f} s")


@contextmanager
def waiting_beside(names: list[str], totals: Totals) -> Iterator[None]:
    """Run the waiting steps in a process of their own, and count them at the end.

    It hears once when we are ended, as any command of a step does.
    """
    with TemporaryFile("w+") as counted:
        other = subprocess.Popen(
            [sys.executable, __file__, WAITING_ONLY, str(counted.fileno()), *names],
            stdin=subprocess.DEVNULL,
            pass_fds=[counted.fileno()],
            start_new_session=True,
            preexec_fn=postgres.ending_with_parent(),  # noqa: PLW1509 (we have one thread)
        )
        try:
            yield
            other.wait()
        finally:
            if other.poll() is None:
                other.terminate()
                with suppress(subprocess.TimeoutExpired):
                    other.wait(timeout=2 * CLEANING_SECONDS)
        counted.seek(0)
        if other.returncode == 0:
            totals.add(Totals(**json.load(counted)))
        else:
            totals.failures.append("what runs beside the browser")


def run_waiting(descriptor: int, wanted: list[Step]) -> None:
    """Run the waiting steps, and write what was counted to an open file."""
    totals = Totals()
    run_steps(wanted, totals)
    with os.fdopen(descriptor, "w") as counted:
        json.dump(asdict(totals), counted)


def choose(names: list[str]) -> dict[Lane, list[Step]]:
    """Sort all steps, or those whose names contain one of ``names``, by their lanes."""
    wanted = [step for step in steps() if not names or any(name in step.name for name in names)]
    return {lane: [step for step in wanted if step.lane is lane] for lane in Lane}


def main() -> int:
    """Run all steps, or those whose names contain an argument."""
    end_orderly()
    LOGS.mkdir(parents=True, exist_ok=True)
    names = sys.argv[1:]
    if names[:1] == [WAITING_ONLY]:
        run_waiting(int(names[1]), choose(names[2:])[Lane.WAITING])
        return 0
    totals, began, lanes = Totals(), time.monotonic(), choose(names)
    run_steps(lanes[Lane.ALONE], totals)
    if lanes[Lane.BROWSER] and lanes[Lane.WAITING]:
        with waiting_beside(names, totals):
            run_steps(lanes[Lane.BROWSER], totals)
    else:
        run_steps(lanes[Lane.BROWSER] + lanes[Lane.WAITING], totals)
    print(f"Everything took {time.monotonic() - began:.0f} s.")
    if totals.failures:
        print(f"Not well: {', '.join(totals.failures)}")
        totals.failed = max(totals.failed, 1)
    print(f"{totals.passed} passed, {totals.failed} failed, {totals.skipped} skipped")
    return 1 if totals.failures else 0


if __name__ == "__main__":
    sys.exit(main())
