"""Background work on django-tasks: the schedule of recurring jobs.

A job is a row in the same database and transaction as the change that needs it. What recurs
has a row in ``Schedule``; the worker asks every few seconds what is due and enqueues it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django_tasks.base import Task

from miteinander.foundation.core.models import Schedule


@dataclass(frozen=True)
class Recurring:
    """A job that runs again and again, and how often."""

    task: Task[[], None]
    every: timedelta


_RECURRING: dict[str, Recurring] = {}


def recurring(*, every: timedelta) -> Callable[[Task[[], None]], Task[[], None]]:
    """Put the decorated job on the schedule; the row appears when a worker first looks."""

    def register(task: Task[[], None]) -> Task[[], None]:
        _RECURRING[task.module_path] = Recurring(task=task, every=every)
        return task

    return register


def recurring_jobs() -> dict[str, Recurring]:
    """Map the path of every recurring job to its rhythm."""
    return dict(_RECURRING)


def enqueue_due(now: datetime) -> list[str]:
    """Enqueue each recurring job whose time has come and return their paths.

    Looks before it locks: most of the time nothing is due, and on SQLite a lock stops writers.
    """
    waiting = dict(Schedule.objects.values_list("job", "next_run_at"))
    missing = [path for path in _RECURRING if path not in waiting]
    if not missing and all(waiting[path] > now for path in _RECURRING):
        return []
    return _enqueue(now, missing)


@transaction.atomic
def _enqueue(now: datetime, missing: list[str]) -> list[str]:
    """Enqueue what is due, rows locked, so that two workers never enqueue one run twice."""
    Schedule.objects.bulk_create(
        [Schedule(job=path, next_run_at=now) for path in missing], ignore_conflicts=True
    )
    due = list(
        Schedule.objects.select_for_update()
        .filter(job__in=list(_RECURRING), next_run_at__lte=now)
        .order_by("pk")
    )
    for row in due:
        entry = _RECURRING[row.job]
        entry.task.enqueue()
        row.last_run_at = now
        row.next_run_at = now + entry.every
        row.save(update_fields=["last_run_at", "next_run_at"])
    return [row.job for row in due]
