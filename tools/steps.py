"""Every guarantee of the test run: what is run for it, and what the machine must have."""

import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

import postgres

BIN = Path(sys.executable).parent
UNIT = "not browser and not concurrency and not process and not crawl and not play"
WALKS = "crawl or play"
Command = list[str]


def tool(name: str, *arguments: str) -> Command:
    """A command of the environment."""
    return [str(BIN / name), *arguments]


def pytest(*arguments: str) -> Command:
    """A pytest run without a cache of its own."""
    return tool(
        "python", "-m", "pytest", "-q", "-p", "no:cacheprovider", "--durations=10", *arguments
    )


class Lane(Enum):
    """Beside what a step runs."""

    ALONE = "alone"
    BROWSER = "browser"
    WAITING = "waiting"


@dataclass(frozen=True)
class Step:
    """One guarantee: what is run, and what the machine must have for it."""

    name: str
    commands: list[Command]
    needs: Callable[[], str] = lambda: ""
    services: tuple[str, ...] = ()
    lane: Lane = Lane.ALONE


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


def waiting_steps() -> list[Step]:
    """List the guarantees whose tests wait more than they compute."""
    concurrency = [pytest("-m", "concurrency")]
    processes = [pytest("-m", "process and not browser")]
    return [
        Step("concurrency on SQLite", concurrency, lane=Lane.WAITING),
        Step(
            "concurrency on PostgreSQL",
            concurrency,
            need_postgresql,
            ("postgresql",),
            Lane.WAITING,
        ),
        Step("processes", processes, lane=Lane.WAITING),
        Step(
            "processes on PostgreSQL and Redis",
            processes,
            lambda: need_postgresql() or need_redis(),
            ("postgresql", "redis"),
            Lane.WAITING,
        ),
    ]


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
                tool("djlint", "--check", "src"),
                tool("djlint", "--lint", "src"),
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
        Step(
            "crawls and plays on PostgreSQL",
            [pytest("-n", "2", "-m", WALKS)],
            need_postgresql,
            ("postgresql",),
        ),
        *waiting_steps(),
        Step("browser", [pytest("-m", "browser")], need_chromium, lane=Lane.BROWSER),
    ]
