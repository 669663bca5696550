"""A PostgreSQL cluster for one run: in a temporary folder, on a free port of 127.0.0.1."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

START_SECONDS = 30


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


@contextmanager
def cluster(*, is_durable: bool = False) -> Iterator[str]:
    """Run a cluster and give the address of its database ``postgres``.

    Without ``is_durable`` it does not wait for the disk: faster, and nothing is kept anyway.
    """
    folder = programs()
    if folder is None:
        raise RuntimeError("PostgreSQL is not installed.")
    place = Path(tempfile.mkdtemp(prefix="miteinander-pg-"))
    who = _other_user()
    if who:
        os.chown(place, pwd.getpwnam(str(who["user"])).pw_uid, int(str(who["group"])))
    port = free_port()
    quiet: dict[str, object] = {"cwd": place, "stdout": subprocess.DEVNULL, **who}
    setup = [
        folder / "initdb",
        "-D",
        place / "data",
        "-U",
        "postgres",
        "-A",
        "trust",
        "-N",
        "-E",
        "UTF8",
    ]
    subprocess.run([*setup, "--locale=C.UTF-8"], check=True, **quiet)  # type: ignore[call-overload]
    options = {
        "listen_addresses": "127.0.0.1", "unix_socket_directories": str(place),
        "max_connections": "120", "fsync": "on" if is_durable else "off",
        "log_min_messages": "fatal",
    }  # fmt: skip
    flags = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
    server = subprocess.Popen(  # type: ignore[call-overload]
        [folder / "postgres", "-D", place / "data", "-p", str(port), *flags],
        stderr=subprocess.DEVNULL,
        **quiet,
    )
    try:
        _wait(server, port)
        yield f"postgres://postgres@127.0.0.1:{port}/postgres"
    finally:
        server.send_signal(2)  # fast shutdown
        server.wait(timeout=30)
        shutil.rmtree(place, ignore_errors=True)
