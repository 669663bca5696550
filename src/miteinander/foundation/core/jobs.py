"""Background work on django-tasks: the schedule of recurring jobs and their own housekeeping.

A job is a row in the same database and transaction as the change that needs it. What recurs
has a row in ``Schedule``; the worker asks every few seconds what is due and enqueues it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

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


@transaction.atomic
def enqueue_due(now: datetime) -> list[str]:
    """Enqueue each recurring job whose time has come and return their paths.

    Rows are locked one worker at a time, so that two workers never enqueue one run twice.
    """
    Schedule.objects.bulk_create(
        [Schedule(job=path, next_run_at=now) for path in _RECURRING], ignore_conflicts=True
    )
    due = list(
        Schedule.objects.select_for_update()
        .filter(job__in=list(_RECURRING), next_run_at__lte=now)
        .order_by("pk")
    )
    for row in due:
        entry: Any = _RECURRING[row.job]
        entry.task.enqueue()
        row.last_run_at = now
        row.next_run_at = now + entry.every
        row.save(update_fields=["last_run_at", "next_run_at"])
    return [row.job for row in due]
