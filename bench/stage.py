"""What every benchmark needs: a throw-away instance, and servers on free ports."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(PROJECT / "tools"), str(PROJECT / "bench")]


def prepare(database_url: str = "") -> None:
    """Point this process and its children at an empty instance and set up Django."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that servers end with us
    folder = tempfile.mkdtemp(prefix="miteinander-bench-")
    os.environ.update(
        {
            "DJANGO_SETTINGS_MODULE": "miteinander.config.settings",
            "SECRET_KEY": "bench-only-" + "x" * 40,
            "DATA_DIR": folder,
            "DATABASE_URL": database_url or f"sqlite:///{folder}/bench.sqlite3",
            "LOG_LEVEL": "ERROR",
            "PYTHONPATH": f"{PROJECT / 'src'}:{PROJECT / 'bench'}",
        }
    )
    run_command("upgrade", "--verbosity", "0")
    import django  # noqa: PLC0415 (the environment decides what it sets up)

    django.setup()


def run_command(*arguments: str) -> None:
    """Run a command of the platform in a process of its own."""
    subprocess.run([sys.executable, "-m", "miteinander.config.cli", *arguments], check=True)


def free_port() -> int:
    """Return a port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(port: int) -> None:
    """Wait until somebody listens."""
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("The server did not start.")


@contextmanager
def ours(*, web_workers: int = 2, with_worker: bool = False) -> Iterator[tuple[int, int]]:
    """Run the platform; give its port and the process id of the whole group."""
    port = free_port()
    command = [sys.executable, "-m", "miteinander.config.cli", "serve", "--port", str(port)]
    command += ["--web-workers", str(web_workers), *([] if with_worker else ["--no-worker"])]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        wait_for(port)
        time.sleep(3)
        yield port, server.pid
    finally:
        server.terminate()
        server.wait(timeout=10)


@contextmanager
def raw(application: str, *, web_workers: int = 2) -> Iterator[int]:
    """Run a bare ASGI application under the same server settings."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=1024)
    listener.set_inheritable(True)
    reading, writing = os.pipe()
    command = [sys.executable, "-m", "miteinander.config.web_process", str(listener.fileno())]
    servers = [
        subprocess.Popen(
            [*command, str(writing), application], pass_fds=(listener.fileno(), writing)
        )
        for _ in range(web_workers)
    ]
    try:
        for _ in servers:
            os.read(reading, 1)
        yield listener.getsockname()[1]
    finally:
        for server in servers:
            server.send_signal(signal.SIGTERM)
        for server in servers:
            server.wait(timeout=10)
        listener.close()
