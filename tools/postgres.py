"""A PostgreSQL cluster for one run: in a temporary folder, on a free port of 127.0.0.1."""

import ctypes
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

START_SECONDS = 30
_PR_SET_PDEATHSIG = 1


def programs() -> Path | None:
    """Return the folder of ``initdb`` and ``postgres``, the newest there is, or None."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: path.parent.name)
    for folder in [*reversed(folders), Path("/usr/local/bin"), Path("/usr/bin")]:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    return None


def free_port() -> int:
    """Return a port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def ending_with_parent() -> Callable[[], None]:
    """Return what a child does before its program begins, so that it never outlives us.

    Where Linux finds our process gone, also killed, it sends the child the signal of Ctrl+C:
    PostgreSQL ends its fast way, and pytest cleans up. Elsewhere a child only hears that signal.
    """
    parent = os.getpid()
    libc = ctypes.CDLL(None) if sys.platform == "linux" else None

    def prepare() -> None:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # ignored by whoever runs us in the background
        if libc is not None:
            libc.prctl(_PR_SET_PDEATHSIG, signal.SIGINT)
            if os.getppid() != parent:
                os._exit(1)

    return prepare


def _other_user() -> dict[str, object]:
    """PostgreSQL refuses to run as root; another user owns the cluster then."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name for entry in pwd.getpwall()}
    name = "postgres" if "postgres" in names else "nobody"
    return {"user": name, "group": pwd.getpwnam(name).pw_gid, "extra_groups": []}


def _wait(server: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("PostgreSQL did not start.")


def start(place: Path, port: int, *, is_durable: bool) -> subprocess.Popen[bytes]:
    """Start the server of a cluster that was made before, and wait until it takes connections."""
    options = {
        "listen_addresses": "127.0.0.1", "unix_socket_directories": str(place),
        "max_connections": "120", "fsync": "on" if is_durable else "off",
        "log_min_messages": "fatal",
    }  # fmt: skip
    flags = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
    server = subprocess.Popen(  # type: ignore[call-overload]
        [_folder() / "postgres", "-D", place / "data", "-p", str(port), *flags],
        cwd=place,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=ending_with_parent(),  # noqa: PLW1509 (whoever starts clusters has one thread)
        **_other_user(),
    )
    _wait(server, port)
    return server  # type: ignore[no-any-return]


def _parents() -> dict[int, int]:
    """Map each process of this machine to its parent."""
    found = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if fields[0] != "Z":
            found[int(entry.name)] = int(fields[1])
    return found


def kill(server: subprocess.Popen[bytes]) -> None:
    """Kill a server with all its processes, as a power cut would, and wait until they are gone.

    Each of them leads a session of its own, so a signal to the group reaches only the first.
    """
    own = [server.pid, *(pid for pid, parent in _parents().items() if parent == server.pid)]
    for pid in own:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    server.wait(timeout=START_SECONDS)
    deadline = time.monotonic() + START_SECONDS
    while not _parents().keys().isdisjoint(own):
        if time.monotonic() > deadline:
            raise RuntimeError("PostgreSQL did not end.")
        time.sleep(0.05)


def stop(server: subprocess.Popen[bytes]) -> None:
    """End a server in its fast way."""
    if server.poll() is None:
        server.send_signal(signal.SIGINT)
    server.wait(timeout=30)


@contextmanager
def place_for_cluster() -> Iterator[Path]:
    """Make the files of a cluster in a folder of its own, gone afterwards."""
    place = Path(tempfile.mkdtemp(prefix="miteinander-pg-"))
    who = _other_user()
    if who:
        os.chown(place, pwd.getpwnam(str(who["user"])).pw_uid, int(str(who["group"])))
    make = [_folder() / "initdb", "-D", place / "data", "-U", "postgres", "-A", "trust", "-N"]
    try:
        subprocess.run(  # type: ignore[call-overload]
            [*make, "-E", "UTF8", "--locale=C.UTF-8"],
            check=True,
            cwd=place,
            stdout=subprocess.DEVNULL,
            **who,
        )
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


@contextmanager
def cluster(*, is_durable: bool = False) -> Iterator[str]:
    """Run a cluster and give the address of its database ``postgres``.

    Without ``is_durable`` it does not wait for the disk: faster, and nothing is kept anyway.
    """
    port = free_port()
    with place_for_cluster() as place:
        server = start(place, port, is_durable=is_durable)
        try:
            yield address(port)
        finally:
            stop(server)


def address(port: int) -> str:
    """Return the DATABASE_URL of a cluster."""
    return f"postgres://postgres@127.0.0.1:{port}/postgres"


def _folder() -> Path:
    folder = programs()
    if folder is None:
        raise RuntimeError("PostgreSQL is not installed.")
    return folder
