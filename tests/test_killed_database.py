"""The database is killed while people write: what was acknowledged is there afterwards."""

import importlib.util
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

import pytest

from tests.serving import PROJECT, Platform, wait_until

pytestmark = pytest.mark.process
PATH = "/de/accessibility/feedback/"
Server = subprocess.Popen[bytes]


def tool(name: str) -> ModuleType:
    """Load one of the scripts of the test run, which are no package."""
    spec = importlib.util.spec_from_file_location(name, PROJECT / "tools" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


postgres = tool("postgres")


def send(platform: Platform, text: str) -> bool:
    """Send a form; tell whether it was acknowledged."""
    try:
        return platform.submit(PATH, {"message": text, "page": "", "reply_to": ""}) == 302
    except OSError:
        return False


@pytest.fixture
def cluster_files() -> Iterator[Path]:
    with postgres.place_for_cluster() as place:
        yield place


@contextmanager
def running(place: Path, port: int) -> Iterator[Server]:
    """Run the database until the block ends, whatever happens in it."""
    server = postgres.start(place, port, is_durable=True)
    try:
        yield server
    finally:
        postgres.stop(server)


@pytest.mark.skipif(postgres.programs() is None, reason="PostgreSQL is not installed")
def test_a_killed_database_loses_no_acknowledged_write_and_pages_stay(
    tmp_path: Path, cluster_files: Path
) -> None:
    port = postgres.free_port()
    with Platform(tmp_path, DATABASE_URL=postgres.address(port)) as platform:
        with running(cluster_files, port) as server:
            platform.command("upgrade", "--verbosity", "0")
            platform.start("--no-worker")
            acknowledged = [
                text for text in map("before {}".format, range(6)) if send(platform, text)
            ]
            assert platform.ask("/de/about/")[0] == 200

            postgres.kill(server)
            assert platform.ask("/de/about/")[0] == 200
            assert platform.ask("/de/privacy/")[0] == 503
            assert not send(platform, "during")

        with running(cluster_files, port):
            wait_until(lambda: send(platform, "after"), 30)
            kept = platform.rows(
                "from miteinander.web.models import Feedback\n"
                "print(json.dumps(list(Feedback.objects.values_list('message', flat=True))))"
            )

    assert len(acknowledged) == 6
    assert {*acknowledged, "after"} <= set(kept)
    assert "during" not in kept
