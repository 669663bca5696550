"""Starts the web processes and the job worker, restarts what crashes, and ends all together.

Knows nothing of Django, so that it stays small; ``miteinander serve`` becomes this process.
"""

import argparse
import ctypes
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field

PR_SET_PDEATHSIG = 1
PATIENCE_SECONDS = 4.4
READY_SECONDS = 60.0
LONGEST_WAIT = 30.0
# What glibc's allocator gives back: few arenas for the threads, whole pages of text at once.
# With the last two a web process holds 10 MB less after 10,000 requests (bench/memory.py).
ALLOCATION = {
    "MALLOC_ARENA_MAX": "2",
    "MALLOC_MMAP_THRESHOLD_": "65536",
    "MALLOC_TRIM_THRESHOLD_": "131072",
}


@dataclass
class Child:
    """One process to keep alive, and how long to wait before it is started again."""

    arguments: list[str]
    wait: float = 0.5
    began: float = 0.0
    retry_at: float = 0.0
    process: subprocess.Popen[bytes] | None = field(default=None)


class Supervisor:
    """Keeps a list of children running until a signal says stop."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.is_stopping = False
        self.listener = listen(options.host, options.port)
        self.ready_read, self.ready_write = os.pipe()
        web = [str(self.listener.fileno()), str(self.ready_write)]
        self.children = [
            Child(["-m", "miteinander.config.web_process", *web])
            for _ in range(max(1, options.web_workers))
        ]
        if not options.no_worker:
            self.children.append(Child(["-m", "miteinander.config.cli", "worker"]))

    def run(self) -> int:
        """Start everything, say where it answers, and wait; return the exit code."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        for child in self.children:
            self._start(child)
        if not self._wait_until_ready():
            self._end_all()
            return 1
        print(f"miteinander is ready: {self._address()}", flush=True)  # noqa: T201
        while not self.is_stopping:
            self._look_after()
            time.sleep(0.2)
        self._end_all()
        return 0

    def _address(self) -> str:
        host, port = self.listener.getsockname()[:2]
        host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)  # noqa: S104
        return os.environ.get("SITE_URL") or f"http://{host}:{port}/"

    def _stop(self, _signal: int, _frame: object) -> None:
        self.is_stopping = True

    def _start(self, child: Child) -> None:
        child.began = time.monotonic()
        child.process = subprocess.Popen(  # noqa: S603 (our own modules)
            [sys.executable, *child.arguments],
            stdin=subprocess.DEVNULL,
            pass_fds=(self.listener.fileno(), self.ready_write),
            env={**ALLOCATION, **os.environ, "SUPERVISOR_PID": str(os.getpid())},
        )

    def _wait_until_ready(self) -> bool:
        """Wait for one word from every web process; one that ends before it is a failure."""
        awaited = max(1, self.options.web_workers)
        deadline = time.monotonic() + READY_SECONDS
        while awaited and not self.is_stopping and time.monotonic() < deadline:
            if select.select([self.ready_read], [], [], 0.05)[0]:
                awaited -= len(os.read(self.ready_read, awaited))
            if any(c.process and c.process.poll() is not None for c in self.children):
                return False
        return awaited == 0 or self.is_stopping

    def _look_after(self) -> None:
        now = time.monotonic()
        for child in self.children:
            if child.process is not None and child.process.poll() is not None:
                # Whoever lived for a minute is restarted at once, others wait longer each time.
                child.wait = 0.5 if now - child.began > 60 else min(child.wait * 2, LONGEST_WAIT)  # noqa: PLR2004
                child.retry_at = now + child.wait
                child.process = None
            if child.process is None and now >= child.retry_at:
                self._start(child)

    def _end_all(self) -> None:
        running = [child.process for child in self.children if child.process]
        for process in running:
            process.terminate()
        deadline = time.monotonic() + PATIENCE_SECONDS
        for process in running:
            try:
                process.wait(timeout=max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def end_with_supervisor() -> None:
    """Ask Linux for SIGTERM when the supervisor dies, so that no process is left alone."""
    supervisor = os.environ.get("SUPERVISOR_PID")
    if supervisor and sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != int(supervisor):
            sys.exit(0)


def listen(host: str, port: int) -> socket.socket:
    """Open the listening socket, or say in one line why that is not possible."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, port), family=family, backlog=1024)
    except OSError as error:
        sys.exit(f"miteinander: cannot listen on {host}:{port}: {error.strerror}. Set PORT.")
    listener.set_inheritable(True)
    return listener


def main() -> int:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(prog="miteinander serve")
    parser.add_argument("--host", required=True, help="address to listen on (HOST)")
    parser.add_argument("--port", type=int, required=True, help="port (PORT)")
    parser.add_argument("--web-workers", type=int, default=1, help="(WEB_WORKERS)")
    parser.add_argument("--no-worker", action="store_true", help="leave out the jobs")
    options = parser.parse_args()
    if options.web_workers < 2:  # noqa: PLR2004
        return Supervisor(options).run()
    with tempfile.TemporaryDirectory(prefix="miteinander-metrics-") as folder:
        os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", folder)
        return Supervisor(options).run()


if __name__ == "__main__":
    sys.exit(main())
