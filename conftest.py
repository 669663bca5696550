"""Fixtures every test may use."""

import gc
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection, connections
from django.utils import translation
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from hypothesis import HealthCheck, settings

from miteinander.outward.notifications.mails.lines import LINES

# A busy machine is no fault of the code; how fast things are is shown in bench/.
settings.register_profile(
    "miteinander", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("miteinander")


def pytest_collection_finish() -> None:
    """Have the collector pass over what stays for the whole run: thousands of tests and modules."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def run_jobs() -> Callable[[], int]:
    """Return a function that works off every queued job, also those that jobs enqueue."""

    def drain() -> int:
        done = 0
        while waiting := list(
            DBTaskResult.objects.filter(status=TaskResultStatus.READY).order_by("enqueued_at")
        ):
            for row in waiting:
                row.task.call(*row.args_kwargs["args"], **row.args_kwargs["kwargs"])
                row.status = TaskResultStatus.SUCCESSFUL
                row.save(update_fields=["status"])
                done += 1
        return done

    return drain


@pytest.fixture(autouse=True)
def _forget_rate_limits() -> None:
    cache.clear()


@pytest.fixture(autouse=True)
def _forget_lines_of_dates() -> None:
    """A table emptied by a test gives the same keys again."""
    LINES.forget()


@pytest.fixture(autouse=True)
def _begin_in_german() -> None:
    """A request in another language must not decide what the next test reads."""
    translation.activate("de")


@pytest.fixture
def database_for_threads(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    """Put an SQLite database into a file, as in real life; one in memory knows no second writer."""
    if connection.vendor != "sqlite":
        yield
        return
    shared = connections.settings["default"]
    memory, name = connection.connection, shared["NAME"]
    with sqlite3.connect(tmp_path / "threads.sqlite3") as file:
        memory.backup(file)
    file.close()
    connection.connection, shared["NAME"] = None, str(tmp_path / "threads.sqlite3")
    try:
        yield
    finally:
        if connection.connection is not None:
            connection.connection.close()
        connection.connection, shared["NAME"] = memory, name
