"""The database is killed while people write: what was acknowledged is there afterwards."""

import importlib.util
import os
import signal
import sys
import time
from pathlib import Path
from types import ModuleType

import pytest

from tests.serving import PROJECT, Platform

pytestmark = pytest.mark.process
PATH = "/de/accessibility/feedback/"


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


@pytest.mark.skipif(postgres.programs() is None, reason="PostgreSQL is not installed")
def test_a_killed_database_loses_no_acknowledged_write_and_pages_stay(tmp_path: Path) -> None:
    port = postgres.free_port()
    with postgres.place_for_cluster() as place:
        server = postgres.start(place, port, is_durable=True)
        platform = Platform(tmp_path, DATABASE_URL=postgres.address(port))
        platform.command("upgrade", "--verbosity", "0")
        platform.start("--no-worker")
        acknowledged = [text for text in map("before {}".format, range(6)) if send(platform, text)]
        assert platform.ask("/de/about/")[0] == 200

        os.killpg(server.pid, signal.SIGKILL)
        server.wait(timeout=30)
        time.sleep(0.5)
        assert platform.ask("/de/about/")[0] == 200
        assert platform.ask("/de/privacy/")[0] == 503
        assert not send(platform, "during")

        server = postgres.start(place, port, is_durable=True)
        deadline = time.monotonic() + 20
        while not send(platform, "after"):
            assert time.monotonic() < deadline
            time.sleep(0.3)
        kept = platform.rows(
            "from miteinander.web.models import Feedback\n"
            "print(json.dumps(list(Feedback.objects.values_list('message', flat=True))))"
        )
        platform.close()
        postgres.stop(server)

    assert len(acknowledged) == 6
    assert {*acknowledged, "after"} <= set(kept)
    assert "during" not in kept
