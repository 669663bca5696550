"""Jobs of dead workers, the schedule, and clearing away."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from miteinander.foundation.core import clock, workers
from miteinander.foundation.core.models import PublicChange, WorkerProcess
from miteinander.foundation.core.public import mark_public_change, public_version

pytestmark = pytest.mark.django_db


def running(*names: str) -> DBTaskResult[..., None]:
    row: DBTaskResult[..., None] = DBTaskResult.objects.create(
        id=uuid4(), args_kwargs={"args": [], "kwargs": {}}, task_path="a.b", backend_name="default",
        run_after=get_date_max(), status=TaskResultStatus.RUNNING, worker_ids=list(names),
        started_at=clock.now(),
    )  # fmt: skip
    return row


def test_a_job_whose_worker_died_on_this_machine_runs_again_at_once() -> None:
    name = workers.own_name()
    host = name.split("/")[0]
    row = running(f"{host}/999999999/1/x")
    assert workers.take_over(clock.now()) == 1
    row.refresh_from_db()
    assert row.status == TaskResultStatus.READY


def test_a_job_whose_worker_lives_is_left_alone() -> None:
    row = running(workers.own_name())
    assert workers.take_over(clock.now()) == 0
    row.refresh_from_db()
    assert row.status == TaskResultStatus.RUNNING


def test_a_worker_elsewhere_counts_as_dead_after_two_silent_minutes() -> None:
    now = clock.now()
    WorkerProcess.objects.create(name="elsewhere/1/1/x", seen_at=now - timedelta(seconds=100))
    row = running("elsewhere/1/1/x")
    assert workers.take_over(now) == 0
    assert workers.take_over(now + timedelta(minutes=1)) == 1
    row.refresh_from_db()
    assert row.status == TaskResultStatus.READY


def test_a_job_that_was_left_behind_five_times_is_given_up() -> None:
    row = running(*["gone/1/1/x"] * workers.TRIES)
    workers.take_over(clock.now())
    row.refresh_from_db()
    assert row.status == TaskResultStatus.FAILED


def test_old_results_and_silent_workers_are_cleared_away() -> None:
    now = clock.now()
    old, fresh = running("a"), running("a")
    finished = {"status": TaskResultStatus.SUCCESSFUL}
    DBTaskResult.objects.filter(pk=old.pk).update(finished_at=now - timedelta(days=8), **finished)
    DBTaskResult.objects.filter(pk=fresh.pk).update(finished_at=now, **finished)
    WorkerProcess.objects.create(name="old", seen_at=now - timedelta(days=2))
    workers.clear_away(now)
    assert list(DBTaskResult.objects.values_list("pk", flat=True)) == [fresh.pk]
    assert not WorkerProcess.objects.exists()


def test_thinning_the_marks_never_repeats_a_version() -> None:
    seen = {public_version()}
    for _ in range(workers.MANY_MARKS):
        mark_public_change()
    seen.add(public_version())
    workers.thin_marks(clock.now() + workers.KEEP_MARKS + timedelta(seconds=1))
    assert PublicChange.objects.count() == 1
    assert public_version() not in seen
    assert public_version()[0] > workers.MANY_MARKS
