"""My planning page, a new occasion, its task list, and its way to the public."""

from miteinander.encounters.activities.views.planning.approval import plan_approve, plan_ask_back
from miteinander.encounters.activities.views.planning.discarding import plan_discard
from miteinander.encounters.activities.views.planning.mine import plan_create, plan_list
from miteinander.encounters.activities.views.planning.preview import plan_preview
from miteinander.encounters.activities.views.planning.publishing import plan_publish
from miteinander.encounters.activities.views.planning.task_list import plan_tasks, task_address
from miteinander.encounters.activities.views.planning.visibility import plan_hide, plan_show

__all__ = [
    "plan_approve",
    "plan_ask_back",
    "plan_create",
    "plan_discard",
    "plan_hide",
    "plan_list",
    "plan_preview",
    "plan_publish",
    "plan_show",
    "plan_tasks",
    "task_address",
]
