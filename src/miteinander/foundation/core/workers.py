"""The job worker: runs jobs, keeps the schedule going, and takes over from workers that died.

A job that runs is a row in state RUNNING with the worker's name. Whoever is killed leaves such
rows behind; a living worker sees that their owner is gone and makes them ready again, so a job
may run twice but is never lost.
"""

import os
import signal
import socket
import threading
import time
from datetime import datetime, timedelta
from pathlib import Path
from types import FrameType
from uuid import UUID

import structlog
from django.db import DatabaseError, close_old_connections, transaction
from django.utils.crypto import get_random_string
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from miteinander.foundation.core import clock
from miteinander.foundation.core.jobs import enqueue_due
from miteinander.foundation.core.models import PublicChange, WorkerProcess

KEEP_RESULTS = timedelta(days=7)
KEEP_MARKS = timedelta(minutes=10)
MANY_MARKS = 200
SILENT_AFTER = timedelta(minutes=2)
TRIES = 5
GRACE_SECONDS = 3.5
_LOG = structlog.get_logger("miteinander.worker")


def _started(pid: int) -> str:
    """Return the moment ``pid`` was started as the kernel counts it, or ``-`` if unknown."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return "-"


def own_name() -> str:
    """Name this process so that others on the same machine can tell whether it still lives."""
    host = socket.gethostname()[:24]
    return f"{host}/{os.getpid()}/{_started(os.getpid())}/{get_random_string(6)}"


def is_gone(name: str, now: datetime, seen: dict[str, datetime]) -> bool:
    """Tell whether the worker ``name`` has died.

    On this machine the process list answers at once; elsewhere two silent minutes do.
    """
    host, _, rest = name.partition("/")
    pid, _, rest = rest.partition("/")
    if host == socket.gethostname()[:24] and pid.isdecimal() and Path("/proc/self").exists():
        return _started(int(pid)) != rest.partition("/")[0]
    return name not in seen or seen[name] < now - SILENT_AFTER


@transaction.atomic
def _make_ready(keys: list[UUID]) -> int:
    rows = DBTaskResult.objects.select_for_update().filter(
        pk__in=keys, status=TaskResultStatus.RUNNING
    )
    for row in rows:
        has_tries_left = len(row.worker_ids) < TRIES
        row.status = TaskResultStatus.READY if has_tries_left else TaskResultStatus.FAILED
        row.finished_at = None if has_tries_left else clock.now()
        row.save(update_fields=["status", "finished_at"])
    return len(rows)


def take_over(now: datetime) -> int:
    """Make the jobs of dead workers ready again and return how many there were.

    A job that was left behind five times is given up: it probably kills its worker.
    """
    running = list(
        DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING).values_list("pk", "worker_ids")
    )
    if not running:
        return 0
    seen = dict(WorkerProcess.objects.values_list("name", "seen_at"))
    left_behind = [pk for pk, names in running if not names or is_gone(names[-1], now, seen)]
    return _make_ready(left_behind) if left_behind else 0


def clear_away(now: datetime) -> None:
    """Delete old job results, marks of public change and workers that are long gone."""
    old = DBTaskResult.objects.finished().filter(finished_at__lt=now - KEEP_RESULTS)
    if old.exists():
        old.delete()
    WorkerProcess.objects.filter(seen_at__lt=now - timedelta(days=1)).delete()


def thin_marks(now: datetime) -> None:
    """Delete old marks of public change once they are many.

    A fresh mark goes with it, so that the newest key and the count never repeat as a pair.
    """
    old = PublicChange.objects.filter(made_at__lt=now - KEEP_MARKS)
    if old.count() >= MANY_MARKS:
        with transaction.atomic():
            old.delete()
            PublicChange.objects.create()


class JobWorker:
    """One worker process: a loop for jobs and a thread that keeps time."""

    def __init__(self, *, interval: float = 0.4) -> None:
        self.name = own_name()
        self.interval = interval
        self.is_stopping = False
        self._ended = threading.Event()
        self._current: Worker | None = None

    def run(self) -> None:
        """Work until told to stop."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.stop)
        keeper = threading.Thread(target=self._keep_time, name="schedule", daemon=True)
        keeper.start()
        while not self.is_stopping:
            close_old_connections()
            if DBTaskResult.objects.ready().exists():
                self._drain()
            close_old_connections()
            time.sleep(self.interval)
        self._ended.set()
        keeper.join(timeout=1)

    def stop(self, _signal: int = 0, _frame: FrameType | None = None) -> None:
        """Finish the job at hand if that takes only a moment, then end.

        After that moment the alarm ends the process; the next worker takes over its job.
        """
        if not self.is_stopping:
            self.is_stopping = True
            signal.setitimer(signal.ITIMER_REAL, GRACE_SECONDS)
        if self._current is not None:
            self._current.running = False

    def _drain(self) -> None:
        self._current = Worker(
            queue_names=["*"], interval=0, batch=True, backend_name="default",
            startup_delay=False, max_tasks=None, worker_id=self.name, excluded_queue_names=[],
        )  # fmt: skip
        self._current.running = not self.is_stopping
        self._current.run()
        self._current = None

    def _keep_time(self) -> None:
        """Every few seconds: sign of life, schedule, take-over; now and then, clearing away."""
        rounds = 0
        while not self._ended.is_set():
            try:
                self._tick(clock.now(), rounds)
            except DatabaseError as error:
                _LOG.warning("schedule_waits", reason=type(error).__name__)
            finally:
                close_old_connections()
            rounds += 1
            self._ended.wait(2)

    def _tick(self, now: datetime, rounds: int) -> None:
        if rounds % 10 == 0:
            WorkerProcess.objects.update_or_create(name=self.name, defaults={"seen_at": now})
        if rounds % 30 == 0:
            clear_away(now)
            thin_marks(now)
        if count := take_over(now):
            _LOG.warning("jobs_taken_over", count=count)
        enqueue_due(now)
