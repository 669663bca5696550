"""Starts the real command in a process, with a database of its own, and talks to it."""

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlencode

PROJECT = Path(__file__).resolve().parent.parent
DATABASE_FILE = "process.sqlite3"
CSRF = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


def free_port() -> int:
    """Return a port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_until(is_so: Callable[[], bool], seconds: float = 20) -> None:
    """Ask again and again until ``is_so``; fail when it does not happen in time."""
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, "It did not happen in time."
        time.sleep(0.1)


class Platform:
    """One instance: a folder, a database, and the command."""

    def __init__(self, folder: Path, **variables: str) -> None:
        self.folder, self.port = folder, free_port()
        self.process: subprocess.Popen[str] | None = None
        url = os.environ.get("DATABASE_URL") or f"sqlite:///{folder / DATABASE_FILE}"
        kept = ("PATH", "HOME", "REDIS_URL", "LANG")
        self.variables = {
            **{name: os.environ[name] for name in kept if name in os.environ},
            "SECRET_KEY": "process-test-" + "x" * 40,
            "DATA_DIR": str(folder),
            "DATABASE_URL": url,
            "PYTHONPATH": f"{PROJECT / 'src'}:{PROJECT}",
            "DJANGO_SETTINGS_MODULE": "miteinander.config.settings",
            "LOG_LEVEL": "WARNING",
            **variables,
        }

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def command(self, *arguments: str) -> str:
        """Run a command to its end and return what it printed."""
        return self._run("-m", "miteinander.config.cli", *arguments)

    def python(self, code: str) -> str:
        """Run Python with Django set up and return what it printed."""
        return self._run("-c", f"import django\ndjango.setup()\n{code}")

    def _run(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, *arguments], env=self.variables, cwd=PROJECT,
            capture_output=True, text=True, timeout=120, check=True,
        )  # fmt: skip
        return done.stdout

    def start(self, *arguments: str) -> None:
        """Start ``serve`` and wait until it says that it is ready."""
        self.close()
        serve = ["-m", "miteinander.config.cli", "serve", "--port", str(self.port), *arguments]
        with (self.folder / "stderr").open("a") as errors:
            self.process = subprocess.Popen(
                [sys.executable, *serve], env=self.variables, cwd=PROJECT, text=True,
                stdout=subprocess.PIPE, stderr=errors, start_new_session=True,
            )  # fmt: skip
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line.startswith("miteinander is ready: "), (self.folder / "stderr").read_text()

    def close(self) -> None:
        """End what runs and let go of its output."""
        if self.process is not None:
            if self.process.poll() is None:
                self.stop()
            if self.process.stdout is not None:
                self.process.stdout.close()

    def stop(self, number: int = signal.SIGTERM) -> float:
        """Send a signal to the supervisor and return how long the end took."""
        assert self.process is not None
        began = time.monotonic()
        self.process.send_signal(number)
        self.process.wait(timeout=15)
        return time.monotonic() - began

    def children(self, word: str) -> list[int]:
        """Return the processes of this instance whose command line holds ``word``."""
        assert self.process is not None
        found = []
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                session = int((entry / "stat").read_text().rpartition(")")[2].split()[3])
                line = (entry / "cmdline").read_text()
            except (OSError, ValueError):
                continue
            if session == self.process.pid and word in line:
                found.append(int(entry.name))
        return found

    def errors(self) -> str:
        """Return what was written to standard error."""
        return (self.folder / "stderr").read_text()

    def ask(self, path: str, **headers: str) -> tuple[int, bytes]:
        """Ask for a page."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)) as connection:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            return answer.status, answer.read()

    def submit(self, path: str, fields: dict[str, str]) -> int:
        """Fetch a form and send it filled in; return the status of the answer."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)) as connection:
            connection.request("GET", path)
            answer = connection.getresponse()
            page = answer.read().decode()
            given = answer.headers.get_all("Set-Cookie") or []
            token = CSRF.search(page)
            body = urlencode({"csrfmiddlewaretoken": token[1] if token else "", **fields})
            headers = {
                "Cookie": "; ".join(cookie.partition(";")[0] for cookie in given),
                "Content-Type": "application/x-www-form-urlencoded",
            }
            connection.request("POST", path, body, headers)
            return connection.getresponse().status

    def rows(self, code: str) -> Any:
        """Evaluate an expression with Django set up and return its value, by way of JSON."""
        return json.loads(self.python(f"import json\n{code}"))
