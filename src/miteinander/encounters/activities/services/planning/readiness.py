"""What an occasion needs before the public may see it, and must not lose afterwards."""

from django.core.exceptions import ValidationError

from miteinander.encounters.activities.enums import ActivityStatus
from miteinander.encounters.activities.models import Activity
from miteinander.encounters.activities.queries.tasks import PlanningTask, TaskKey, missing_tasks
from miteinander.foundation.core import clock


class NotReady(ValidationError):
    """Something is missing before the public may see the occasion; ``missing`` says what."""

    def __init__(self, missing: list[PlanningTask]) -> None:
        self.missing = missing
        sentences = [str(sentence) for task in missing for sentence in task.missing]
        super().__init__(sentences, code="not_ready")


def require_ready(activity: Activity) -> None:
    """Refuse an occasion that lacks something.

    Raises:
        NotReady: something is missing.
    """
    if missing := missing_tasks(activity, clock.now()):
        raise NotReady(missing)


def gaps_of(activity: Activity) -> set[TaskKey]:
    """Return the tasks that lack something now."""
    return {task.key for task in missing_tasks(activity, clock.now())}


def require_no_new_gap(activity: Activity, gaps: set[TaskKey]) -> None:
    """Refuse that a published occasion lacks more than the ``gaps`` it had.

    Raises:
        NotReady: something it had is missing now.
    """
    if activity.status != ActivityStatus.PUBLISHED:
        return
    missing = [task for task in missing_tasks(activity, clock.now()) if task.key not in gaps]
    if missing:
        raise NotReady(missing)
